"""A page that writes down what it hears."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple

from switchboard.core.model.types import Usage


class Heard(NamedTuple):
    kind: str
    seq: int
    text: str


@dataclass
class FakeListener:
    heard: list[Heard] = field(default_factory=list)
    usage: Usage | None = None
    cost: str = ""

    def delta(self, seq: int, text: str) -> None:
        self.heard.append(Heard("delta", seq, text))

    def tool(self, seq: int, name: str) -> None:
        self.heard.append(Heard("tool", seq, name))

    def restarted(self) -> None:
        self.heard.append(Heard("restarted", 0, ""))

    def done(self, seq: int, *, text: str, usage: Usage, cost: str) -> None:
        self.heard.append(Heard("done", seq, text))
        self.usage, self.cost = usage, cost

    @property
    def words(self) -> str:
        return "".join(text for kind, _, text in self.heard if kind == "delta")

    @property
    def shown(self) -> list[Heard]:
        """What a page makes of it: a restart voids what it had, and what it has already is not news."""
        shown: list[Heard] = []
        for each in self.heard:
            if each.kind == "restarted":
                shown.clear()
            elif not shown or each.seq > shown[-1].seq:
                shown.append(each)
        return shown

    @property
    def kinds(self) -> list[str]:
        return [kind for kind, _, _ in self.heard]

    @property
    def numbers(self) -> list[int]:
        return [seq for kind, seq, _ in self.heard if kind != "restarted"]


@dataclass
class Watched(FakeListener):
    """A page with somebody in front of it, who acts on the words that they see."""

    on: dict[str, Callable[[], object]] = field(default_factory=dict)
    at_the_end: Callable[[], object] = lambda: None

    def delta(self, seq: int, text: str) -> None:
        super().delta(seq, text)
        self.on.pop(text, lambda: None)()

    def done(self, seq: int, *, text: str, usage: Usage, cost: str) -> None:
        self.at_the_end()
        super().done(seq, text=text, usage=usage, cost=cost)
