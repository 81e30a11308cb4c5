"""What each phone shows: texts in both directions, oldest first, and how far each has come."""

from collections import deque
from dataclasses import asdict, dataclass, replace
from typing import Literal

from local.world.errors import Unprocessable

KEPT_TEXTS = 1000
MOST_PHONES = 500

State = Literal["sending", "sent", "held", "failed", "queued", "delivered"]


@dataclass(frozen=True, slots=True)
class Text:
    """`out` is what the person sent, `in` what the person received."""

    id: str
    direction: Literal["out", "in"]
    text: str
    parts: int
    encoding: str
    price: str | None
    state: State
    at: str


class Threads:
    def __init__(self) -> None:
        self._threads: dict[str, deque[Text]] = {}

    def add(self, number: str, text: Text) -> None:
        if number not in self._threads and len(self._threads) >= MOST_PHONES:
            raise Unprocessable(f"There are {MOST_PHONES} phones already.")
        self._threads.setdefault(number, deque(maxlen=KEPT_TEXTS)).append(text)

    def mark(self, number: str, text_id: str, state: State) -> None:
        thread = self._threads.get(number, deque())
        for place, text in enumerate(thread):
            if text.id == text_id:
                thread[place] = replace(text, state=state)

    def show(self, number: str) -> list[dict[str, object]]:
        return [asdict(text) for text in self._threads.get(number, ())]

    def last_received(self, number: str) -> str | None:
        thread = self._threads.get(number, deque())
        return next((text.id for text in reversed(thread) if text.direction == "in"), None)

    def phones(self) -> list[dict[str, object]]:
        return [
            {"number": number, "texts": len(thread), "latest": asdict(thread[-1])}
            for number, thread in self._threads.items()
        ]
