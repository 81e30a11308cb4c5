"""What was said in a person's private conversation, as they read it again."""

from dataclasses import dataclass
from typing import Protocol

from switchboard.core.conversation.turn import TurnState
from switchboard.core.messages.message import Origin
from switchboard.core.pages import Page
from switchboard.core.people.address import PersonId


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """A turn; while it is thinking, `answered` are the words so far. `cost` is in US dollars."""

    id: str
    message_id: str
    at_ms: int
    channel: str
    origin: Origin
    asked: str
    answered: str
    state: TurnState
    cost: str


class Timeline(Protocol):
    def page(self, person: PersonId, *, limit: int, after: str = "") -> Page[TimelineEntry]:
        """Newest first, from what follows the position. Errors: BadPosition."""
