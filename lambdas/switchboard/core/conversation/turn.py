"""A turn: what a person said, taken together, and the reply to it."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from switchboard.core.messages.keywords import Keyword, keyword
from switchboard.core.messages.message import Inbound, Origin
from switchboard.core.model.types import ToolCall, Usage
from switchboard.core.people.address import Address, PersonId
from switchboard.core.skills.commands import asked
from switchboard.core.spend.ledger import Reservation, Verdict

MERGE_LIMIT = 20
MAX_ATTEMPTS = 3


class TurnState(StrEnum):
    THINKING = "thinking"
    ANSWERED = "answered"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Turn:
    """`beats` replays the stream: an int is a delta of that many characters, a str a tool's name.

    `page` is what was sent and `rest` what the person has not seen yet. `stream` says where the words
    go now, `resume_after` what its listener already has, and `redirects` how often that changed.
    A `silent` turn says nothing: the person opted out, or knows already that today's money is spent.
    One that `greets` begins with the disclosure. `heard_ms` is when the person last wrote from there; what
    we tell them by ourselves is `asked` until it was said. `home` is the conversation it was moved from by a
    link, where its parts still are. `quoted` names where words in it came from that are neither the person's
    nor the assistant's, and `withheld` are the calls that wait for the person's yes
    (docs/decisions/0017-somebody-elses-words.md).
    """

    id: str
    asked: str
    person: PersonId
    address: Address
    message_id: str
    at_ms: int
    stream: str = ""
    state: TurnState = TurnState.THINKING
    text: str = ""
    page: str = ""
    rest: str = ""
    beats: tuple[int | str, ...] = ()
    usage: Usage = field(default_factory=Usage)
    cost: str = ""
    stop: bool = False
    resume_after: int = 0
    redirects: int = 0
    attempts: int = 1
    keyword: Keyword | None = None
    silent: bool = False
    greets: bool = False
    origin: Origin = Origin.PERSON
    zone: str = "UTC"
    heard_ms: int = 0
    reservation: Reservation = field(default_factory=Reservation)
    home: str = ""
    quoted: str = ""
    withheld: tuple[ToolCall, ...] = ()

    @property
    def finished(self) -> bool:
        return self.state is not TurnState.THINKING

    @property
    def given_up(self) -> bool:
        """Its workers vanished as often as may be, or there was no room for another attempt."""
        return self.attempts > MAX_ATTEMPTS or self.reservation.verdict is Verdict.ABANDONED

    @property
    def said(self) -> str:
        """What the person said; nothing, where we began."""
        return self.asked if self.origin is Origin.PERSON else ""


def follow(turn: Turn, stored: Turn) -> Turn:
    """A turn with its words going where the stored one wants them."""
    return replace(turn, stream=stored.stream, resume_after=stored.resume_after, redirects=stored.redirects)


def is_command(text: str) -> bool:
    """Commands are answered one by one, never merged into what was said beside them."""
    return asked(text) is not None or bare(text) == "more" or keyword(text) is not None


def bare(text: str) -> str:
    """A message without case, surrounding space and punctuation."""
    return text.strip(" \t\r\n.,;:!?\"'()").casefold()


def batch(waiting: Sequence[Inbound]) -> Sequence[Inbound]:
    """The waiting messages (oldest first) that make the next turn.

    Texts from one address that piled up are taken together. A prompt with a stream of its own
    is answered on its own, and so is a command, and so is what we tell by ourselves.
    """
    first = waiting[0]
    if first.stream or not _merges(first):
        return waiting[:1]
    taken = 1
    while taken < min(len(waiting), MERGE_LIMIT) and _joins(first, waiting[taken]):
        taken += 1
    return waiting[:taken]


def _joins(first: Inbound, other: Inbound) -> bool:
    return other.address == first.address and not other.stream and _merges(other)


def _merges(message: Inbound) -> bool:
    return message.origin is Origin.PERSON and not is_command(message.text)


def heard(turn: Turn, earlier: Sequence[Turn]) -> Turn:
    """With the time at which the person last wrote from its address; `earlier` are newest first."""
    before = next((other.heard_ms for other in earlier if other.address == turn.address), 0)
    return replace(turn, heard_ms=turn.at_ms if turn.origin is Origin.PERSON else before)


def turn_of(messages: Sequence[Inbound]) -> Turn:
    first, last = messages[0], messages[-1]
    return Turn(
        id=first.key,
        asked="\n".join(message.text for message in messages),
        person=first.person,
        address=first.address,
        message_id=last.message_id,
        at_ms=first.at_ms,
        stream=last.stream,
        stop=last.stop,
        keyword=first.keyword,
        origin=first.origin,
        quoted=first.quoted,
    )
