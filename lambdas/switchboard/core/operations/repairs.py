"""What an operator may do by hand about a part or a turn that went wrong, and when it is refused."""

from dataclasses import dataclass
from typing import Protocol

from switchboard.core.channels.delivery import PartKey
from switchboard.core.conversation.store import Mailbox, StoredMessage
from switchboard.core.conversation.turn import Turn
from switchboard.core.errors import Permanent
from switchboard.core.messages.message import Inbound
from switchboard.core.messages.ports import Replies, Signals

IN_FLIGHT_MS = 60_000


class NotRepairable(Permanent):
    """It does not stand as the repair asks for; nothing was changed."""


class InvalidItemId(Permanent):
    """What was given has the shape of no name."""


class ActionNotAllowed(Permanent):
    """This is never done to a thing of that kind."""


class ItemNotFound(Permanent):
    """There is nothing of that name."""


@dataclass(frozen=True, slots=True)
class AuditStamp:
    """Whose decision it was, and when (Unix milliseconds)."""

    who: str
    at_ms: int


class Repairs(Protocol):
    """The operator's side of parts and turns. False means that it stood otherwise and was left alone."""

    def turn(self, key: PartKey) -> Turn | None:
        """The turn that a part belongs to."""

    def failed(self, key: PartKey) -> Turn | None:
        """The turn, if it failed and was not closed."""

    def withdraw(self, key: PartKey, hand: AuditStamp) -> bool:
        """Give an open part back for sending; never one that may just be on its way (IN_FLIGHT_MS)."""

    def close_part(self, key: PartKey, hand: AuditStamp) -> bool:
        """Give up a part whose fate is open."""

    def close_turn(self, key: PartKey, hand: AuditStamp, *, rerun_as: str = "") -> bool:
        """A failed turn is waited for no longer; `rerun_as` is the key of the message that replaces it."""


def resend(key: PartKey, *, repairs: Repairs, replies: Replies, hand: AuditStamp) -> None:
    """Publish a reply's stored page again. Errors: NotRepairable.

    The part stays open until it was sent: when the process dies before it publishes, this is done again.
    A delivery event of the first send that comes in time still keeps the second from going out.
    """
    from switchboard.core.conversation.worker import reply_of  # noqa: PLC0415 - all that answers turns loads with it

    turn = repairs.turn(key)
    if turn is None:
        raise NotRepairable("there is no such turn")
    if not repairs.withdraw(key, hand):
        raise NotRepairable(
            "it was sent, given up or closed, or may be on its way: wait a minute and look again"
        )
    replies.publish(reply_of(turn, key.conversation))


def rerun(
    key: PartKey, *, repairs: Repairs, mailbox: Mailbox, signals: Signals, hand: AuditStamp
) -> StoredMessage:
    """Ask again what a failed turn was asked, as a new message of the same person. Errors: NotRepairable.

    The message's id is made of the turn's, so that doing this twice, or again after a crash, asks once.
    """
    turn = repairs.failed(key)
    if turn is None:
        raise NotRepairable("there is no such failed turn, or it was closed")
    if turn.stream:
        raise NotRepairable("it was asked on a page, which has been told; a new answer would reach nobody")
    kept = mailbox.keep(key.conversation, _again(turn, hand))
    signals.signal(kept.conversation)
    repairs.close_turn(key, hand, rerun_as=kept.key)
    return kept


def _again(turn: Turn, hand: AuditStamp) -> Inbound:
    return Inbound(
        address=turn.address,
        message_id=f"rerun-{turn.id}",
        text=turn.asked,
        at_ms=hand.at_ms,
        person=turn.person,
    )
