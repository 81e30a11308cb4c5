"""Sending a reply: the intent is stored before the send and the receipt after it."""

import logging
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Protocol

from switchboard.core.channels.policy import DeliveryContext, Policy, refusal
from switchboard.core.channels.spec import Outgoing, Sender
from switchboard.core.errors import Permanent, Retryable, Unconfirmed, Undeliverable
from switchboard.core.messages.message import Reply
from switchboard.core.people.address import Address, ConversationId

_log = logging.getLogger(__name__)


class PartState(StrEnum):
    """INTENDED until the channel answers; a crash in between leaves UNKNOWN_AFTER_SEND.

    WITHDRAWN certainly did not leave and may still be sent; CLOSED was given up by the operator. GONE is
    what a part of an erased conversation is: nothing is sent, and nothing written down.
    """

    INTENDED = "intended"
    WITHDRAWN = "withdrawn"
    SENT = "sent"
    UNDELIVERABLE = "undeliverable"
    REFUSED = "refused"
    UNKNOWN_AFTER_SEND = "unknown_after_send"
    CLOSED = "closed"
    GONE = "gone"


MAY_LEAVE = frozenset({PartState.INTENDED, PartState.WITHDRAWN})
IN_THE_AIR_MS = 30_000
"""A send that nobody confirmed may still arrive for so long after it was begun."""
OPEN_FATES = frozenset({PartState.INTENDED, PartState.WITHDRAWN, PartState.UNKNOWN_AFTER_SEND})


class Overtaking(Retryable):
    """An earlier reply may still leave; this one comes again."""


@dataclass(frozen=True, slots=True)
class PartKey:
    """One part of a reply; travels with the send as its context and comes back in delivery events."""

    conversation: ConversationId
    turn: str

    @property
    def context(self) -> dict[str, str]:
        return {"conversation": self.conversation, "turn": self.turn}


@dataclass(frozen=True, slots=True)
class DeliveryEvent:
    """What the carrier says of a part: its status, and what it cost (US dollars).

    `failed` means that the status is one of those that no phone will see the part after.
    """

    key: PartKey
    status: str
    final: bool
    parts: int
    price: Decimal
    failed: bool = False

    @property
    def tells(self) -> PartState:
        """Only what had left is reported on, so any event settles the question whether it had."""
        return PartState.UNDELIVERABLE if self.final and self.failed else PartState.SENT


class Deliveries(Protocol):
    """Where the fate of each part is written down, and which fates are open (OPEN_FATES)."""

    def intend(
        self, key: PartKey, *, unless_opted_out: Address | None = None, after: str = ""
    ) -> PartState | None:
        """Claim the send; None when it is ours to make, else how it stands.

        REFUSED when that address has opted out, which is looked up in the same write, and so is whether
        the conversation is GONE, and the part of the turn `after`. Errors: Overtaking, while that one may
        still come, leave (MAY_LEAVE) or, if nobody knows whether it left, be in the air.
        """

    def refuse(self, key: PartKey, reason: str) -> None:
        """Policy or consent forbids a part that has not left: why is written down, and it is never sent."""

    def record(self, key: PartKey, state: PartState, *, detail: str = "") -> None:
        """What came of a send. What a final event said stands; doubt never replaces what is known."""

    def settle(self, event: DeliveryEvent) -> None:
        """Take the carrier's word for what left; after its final one, and for strangers, nothing changes."""


def deliver(
    reply: Reply, *, policy: Policy, sender: Sender, deliveries: Deliveries, now_ms: int
) -> PartState:
    """Send a reply once, however often it is handed over; returns how it stands.

    Errors: Overtaking; Retryable or Permanent when the channel certainly did not take it; the intent is
    withdrawn first, so that a later attempt, or a redrive, sends it.
    """
    key = PartKey(reply.conversation, reply.turn)
    occasion = DeliveryContext(now_ms=now_ms, asked_ms=reply.asked_ms, asked=reply.asked, zone=reply.zone)
    reason = refusal(policy, occasion)
    if reason:
        return _refused(deliveries, key, reason)
    address = None if reply.always else reply.address
    earlier = deliveries.intend(key, unless_opted_out=address, after=reply.after)
    if earlier is None:
        return _send(key, reply, sender, deliveries)
    if earlier is PartState.REFUSED:
        return _refused(deliveries, key, "opted_out")
    if earlier is not PartState.INTENDED:
        return earlier
    return _note(deliveries, key, PartState.UNKNOWN_AFTER_SEND, "interrupted")


def _send(key: PartKey, reply: Reply, sender: Sender, deliveries: Deliveries) -> PartState:
    try:
        sent = sender.send(Outgoing(to=reply.address.value, text=reply.text, context=key.context))
    except Undeliverable as error:
        return _note(deliveries, key, PartState.UNDELIVERABLE, str(error))
    except Unconfirmed as error:
        return _note(deliveries, key, PartState.UNKNOWN_AFTER_SEND, str(error))
    except (Retryable, Permanent):
        deliveries.record(key, PartState.WITHDRAWN)
        raise
    deliveries.record(key, PartState.SENT, detail=sent.channel_message_id)
    return PartState.SENT


def _refused(deliveries: Deliveries, key: PartKey, reason: str) -> PartState:
    """Policy or consent forbids it: nothing is sent, now or by a retry."""
    _log.warning("part refused", extra={"reason": reason, "turn": key.turn})
    deliveries.refuse(key, reason)
    return PartState.REFUSED


def _note(deliveries: Deliveries, key: PartKey, state: PartState, detail: str) -> PartState:
    _log.warning("part not delivered", extra={"state": state.value, "turn": key.turn})
    deliveries.record(key, state, detail=detail)
    return state
