"""The mailbox of a conversation and the lease on it: the port, and what it speaks of.

A conversation counts what came in and what was taken. One worker at a time holds it by a lease;
every write of a holder carries its token, so that a holder which was only slow is fenced off.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from switchboard.core.conversation.turn import Turn
from switchboard.core.errors import Retryable, UserFacing
from switchboard.core.messages.message import Inbound, Origin
from switchboard.core.people.address import ConversationId
from switchboard.core.spend.ledger import Reservation, ReservationLimits

HISTORY_TURNS = 10
PACE_MS, BURST = 2_000, 20


class RateLimited(UserFacing):
    """More messages than a person writes; this one was not kept."""

    def __init__(self) -> None:
        super().__init__("That is faster than I can answer. Please wait a little and send it again.")


class Busy(Retryable):
    """Somebody else holds the lease, until the time given (Unix milliseconds)."""

    def __init__(self, until_ms: int) -> None:
        super().__init__("the conversation is held")
        self.until_ms = until_ms


class ConversationErased(Retryable):
    """The conversation is being erased; its person's addresses soon lead to somebody new."""

    def __init__(self) -> None:
        super().__init__("the conversation is being erased")


@dataclass(frozen=True, slots=True)
class Lease:
    conversation: ConversationId
    token: str


@dataclass(frozen=True, slots=True)
class LeaseState:
    """What a holder knows: how many messages wait, the turn that is open, if one is, and of consent.

    `opted_out`, `told` (that they opted out) and `greeted` are addresses of this conversation. `zone` is
    the person's time zone.
    """

    waiting: int
    open_turn: str = ""
    opted_out: frozenset[str] = frozenset()
    told: frozenset[str] = frozenset()
    greeted: frozenset[str] = frozenset()
    zone: str = "UTC"


@dataclass(frozen=True, slots=True)
class ConversationSnapshot:
    """The waiting messages, oldest first, and the latest turns, newest first."""

    waiting: Sequence[Inbound]
    turns: Sequence[Turn]


@dataclass(frozen=True, slots=True)
class StoredMessage:
    """Where a message stands; `new` is false when it had been claimed before."""

    key: str
    conversation: ConversationId
    new: bool


def paced(message: Inbound) -> bool:
    """Whether it can come too fast: not what the law has us hear, and not what we say ourselves."""
    return message.keyword is None and message.origin is Origin.PERSON


class Mailbox(Protocol):
    """The side of those who bring messages."""

    def keep(self, conversation: ConversationId, message: Inbound) -> StoredMessage:
        """Store a message, durably and once, before anybody acknowledges it.

        A keyword changes consent in the same write, so that it rules from this moment on, and is
        written into the ledger. An address that was linked or unlinked meanwhile has its message kept
        where it is at home now. Errors: RateLimited, for what is `paced`; ConversationErased.
        """

    def find(self, conversation: ConversationId, channel: str, message_id: str) -> StoredMessage | None:
        """A message that was kept for this conversation, or before a link for one that is part of it now."""

    def redirect(self, conversation: ConversationId, key: str, *, stream: str, after: int) -> Turn | None:
        """Send the words of a turn elsewhere from now on; a finished turn comes back for replay."""

    def stop(self, conversation: ConversationId, key: str) -> bool:
        """Ask the turn's holder to stop; False when it had already finished."""


class Conversations(Protocol):
    """The side of the one who holds the lease. Errors: LeaseLost on every write."""

    def acquire(self, lease: Lease, *, now_ms: int, until_ms: int) -> LeaseState | None:
        """Take the lease; None when nothing waits. Errors: Busy."""

    def renew(self, lease: Lease, *, until_ms: int) -> None: ...

    def read(self, lease: Lease, held: LeaseState) -> ConversationSnapshot:
        """Everything that waits, and the latest turns; the open one is always among them."""

    def begin(
        self, lease: Lease, turn: Turn, taken: Sequence[Inbound], terms: ReservationLimits | None = None
    ) -> bool:
        """Move messages from the mailbox into an open turn; False when one changed since it was read.

        Its reservation is written along, on those terms, or whatever was spent when there are none.
        Errors: BudgetExceeded.
        """

    def adopt(
        self, lease: Lease, turn: Turn, reservation: Reservation, terms: ReservationLimits | None = None
    ) -> Turn:
        """Take over a turn whose holder vanished; counts the attempt. A finished one comes back as it is.

        Its reservation becomes the one given, and what that is more is written along, on those terms, or
        whatever was spent when there are none. Errors: BudgetExceeded.
        """

    def checkpoint(self, lease: Lease, turn: Turn) -> Turn:
        """Store a turn as it stands; it comes back with `stop` and `stream` as wished meanwhile."""

    def finish(self, lease: Lease, turn: Turn) -> Turn:
        """Store a turn that is finished, once, and settle `turn.cost` instead of what was reserved.

        It comes back with `stream` as wished meanwhile.
        """

    def release(self, lease: Lease) -> LeaseState | None:
        """Close the turn; let go if nothing waits, otherwise say how much does and keep the lease."""

    def let_go(self, lease: Lease) -> None:
        """Let go whatever waits; the turn, if one is open, stays open."""
