"""Many people who text: mostly when they were answered, sometimes at once, sometimes because nothing came.

The next text of a phone leaves only after its last one is in the mailbox: then the order of its texts is
certain, whatever queues do, and their replies have to come in that order.
"""

import random
import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import product

from tests.e2e.outside import World

AREAS = (212, 312, 415, 617, 713)
IMPATIENT = 0.15
PATIENCE_SECONDS, HURRY_SECONDS = 40.0, 4.0


@dataclass(slots=True)
class Said:
    """A text on its way: its token comes back with its reply, unless that is an apology.

    `waits` is how many seconds its sender waits for a reply before the next text.
    """

    token: str
    sent: "Future[str]"
    at: float
    waits: float
    heard: bool = False

    @property
    def waiting(self) -> bool:
        return not self.heard and time.monotonic() - self.at < self.waits

    @property
    def message_id(self) -> str:
        return self.sent.result() if self.sent.done() else ""


@dataclass(slots=True)
class Caller:
    """`received` is how many texts its thread had when it was looked at, `before` its replies so far."""

    number: str
    place: int
    said: list[Said] = field(default_factory=list)
    received: int = 0
    before: int = 0

    def next_token(self) -> str:
        return f"t{self.place:04d}x{len(self.said):02d}"


@dataclass(slots=True)
class Crowd:
    """`at_once` is how many texts may be under way without an answer."""

    world: World
    callers: list[Caller]
    at_once: int
    chance: random.Random
    pool: ThreadPoolExecutor

    def listen(self) -> None:
        """Look at the phones on which something happened."""
        counts = {phone["number"]: phone["texts"] for phone in self.world.http.get("/phones").json()}
        for caller in self.callers:
            if counts.get(caller.number, 0) != caller.received:
                caller.received = counts[caller.number]
                told = self.received(caller)
                for said in caller.said:
                    said.heard = said.heard or any(said.token in text for text in told)
                caller.said[-1].heard |= len(told) > caller.before

    def speak(self, kept: set[str]) -> None:
        """As many as may wait at once; those first who got no reply and ask again."""
        waiting = sum(caller.said[-1].waiting for caller in self.callers if caller.said)
        free = [caller for caller in self.callers if self._speaks(caller, kept)]
        self.chance.shuffle(free)
        free.sort(key=lambda caller: not caller.said or caller.said[-1].heard)
        for caller in free[: max(0, self.at_once - waiting)]:
            self._text(caller)

    def received(self, caller: Caller) -> list[str]:
        """What this phone got, oldest first."""
        thread = self.world.http.get(f"/phones/{caller.number}/texts").json()
        return [text["text"] for text in thread if text["direction"] == "in"]

    def texts(self) -> Iterator[tuple[Caller, Said]]:
        return ((caller, said) for caller in self.callers for said in caller.said)

    def _speaks(self, caller: Caller, kept: set[str]) -> bool:
        if not caller.said:
            return True
        last = caller.said[-1]
        return last.message_id in kept and not last.waiting

    def _text(self, caller: Caller) -> None:
        token = caller.next_token()
        words = f"say {token} and then these few words, one after the other"
        sent = self.pool.submit(self._post, caller.number, words)
        waits = HURRY_SECONDS if self.chance.random() < IMPATIENT else PATIENCE_SECONDS
        caller.before = len(self.received(caller)) if caller.received else 0
        caller.said.append(Said(token, sent, time.monotonic(), waits))

    def _post(self, number: str, words: str) -> str:
        answer = self.world.http.post(f"/phones/{number}/texts", json={"text": words})
        return str(answer.raise_for_status().json()["inboundMessageId"])


def callers(wanted: int) -> list[Caller]:
    """With numbers that are reserved for fiction."""
    numbers = (f"+1{area}55501{line:02d}" for area, line in product(AREAS, range(100)))
    return [Caller(number, place) for place, number in zip(range(wanted), numbers, strict=False)]
