"""What goes in and out of a conversation."""

from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256

from switchboard.core.messages.keywords import Keyword
from switchboard.core.people.address import NOBODY, Address, ConversationId, PersonId


class Origin(StrEnum):
    """Who begins a turn: the PERSON, or we: with NEWS of what they asked for, or a PUSH unasked."""

    PERSON = "person"
    NEWS = "news"
    PUSH = "push"


@dataclass(frozen=True, slots=True)
class Inbound:
    """One thing a person said, as a channel handed it over, or that we tell them by ourselves.

    `message_id` is the channel's own and is claimed once. `at_ms` is when it came in (Unix
    milliseconds). `stream` is the socket that wants the words as they are made, or "".
    `to` is our own number, where a channel has one. `person` is filled in once the address is known,
    and `keyword` where STOP, START and HELP rule. `quoted` names whose words are in what we tell by
    ourselves, if they are somebody else's.
    """

    address: Address
    message_id: str
    text: str
    at_ms: int
    stream: str = ""
    stop: bool = False
    person: PersonId = NOBODY
    to: str = ""
    keyword: Keyword | None = None
    origin: Origin = Origin.PERSON
    quoted: str = ""

    @property
    def key(self) -> str:
        """Sorts by time of arrival; a repeated delivery at the same time has the same key."""
        digest = sha256(f"{self.address}#{self.message_id}".encode()).hexdigest()[:16]
        return f"{self.at_ms:013d}-{digest}"


@dataclass(frozen=True, slots=True)
class Reply:
    """What goes back to an address; `text` is the page that is sent now.

    `asked_ms` is when the person last wrote; `asked` is false for what they did not ask for, which the
    quiet hours of their `zone` hold back. `always` marks what may go to somebody who opted out:
    the confirmation of just that, and help. `after` is the turn whose reply goes first, if there is one.
    """

    conversation: ConversationId
    turn: str
    address: Address
    text: str
    asked_ms: int = 0
    always: bool = False
    after: str = ""
    asked: bool = True
    zone: str = "UTC"
