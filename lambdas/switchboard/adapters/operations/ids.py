"""How one thing is named to an operator, who gives the name back to have it put right."""

from __future__ import annotations

import re
from dataclasses import dataclass

from switchboard.adapters.dynamo.conversation.codec import PART, TURN
from switchboard.adapters.dynamo.conversation.overdue_index import OverdueItem, OverdueKind
from switchboard.core.channels.delivery import PartKey
from switchboard.core.operations.repairs import InvalidItemId
from switchboard.core.people.address import ConversationId

SHAPES = {
    OverdueKind.PART: re.compile(r"part/(?P<conversation>[^/]+)/(?P<turn>[^/]+)"),
    OverdueKind.TURN: re.compile(r"turn/(?P<conversation>[^/]+)/(?P<turn>[^/]+)"),
    OverdueKind.CONVERSATION: re.compile(r"conversation/(?P<conversation>[^/]+)"),
}
LETTER = re.compile(r"letters?/(?P<queue>[^/]+)(?:/(?P<message>[^/]+))?")
HOW = "part/CONVERSATION/TURN, turn/CONVERSATION/TURN, conversation/CONVERSATION or letters/QUEUE[/MESSAGE]"


@dataclass(frozen=True, slots=True)
class Stored:
    """A part, a turn or a conversation; `sk` is where it is kept."""

    kind: OverdueKind
    conversation: ConversationId
    sk: str

    @property
    def key(self) -> PartKey:
        return PartKey(self.conversation, self.sk.partition("#")[2])

    def __str__(self) -> str:
        turn = f"/{self.key.turn}" if self.key.turn else ""
        return f"{self.kind}/{self.conversation}{turn}"


@dataclass(frozen=True, slots=True)
class Letters:
    """The dead letters of a queue, or one of them."""

    queue: str
    message: str | None = None

    def __str__(self) -> str:
        return f"letters/{self.queue}" + (f"/{self.message}" if self.message else "")


def parse(text: str) -> Stored | Letters:
    """Errors: InvalidItemId."""
    if letter := LETTER.fullmatch(text):
        return Letters(letter["queue"], letter["message"])
    for kind, shape in SHAPES.items():
        if found := shape.fullmatch(text):
            names = found.groupdict()
            return Stored(kind, ConversationId(names["conversation"]), _sk(kind, names.get("turn", "")))
    raise InvalidItemId(f"{text!r} names nothing. A name looks like {HOW}.")


def stored(kind: OverdueKind, found: OverdueItem) -> Stored:
    return Stored(kind, found.conversation, found.sk)


def _sk(kind: OverdueKind, turn: str) -> str:
    prefix = {OverdueKind.PART: PART, OverdueKind.TURN: TURN, OverdueKind.CONVERSATION: "STATE"}
    return prefix[kind] + turn
