"""Sending a reply: the intent is stored before the send and the receipt after it."""

import logging
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Protocol

from switchboard.core.channel import Outgoing, Sender
from switchboard.core.errors import Permanent, Retryable, Unconfirmed, Undeliverable
from switchboard.core.messages import Reply
from switchboard.core.people import ConversationId

_log = logging.getLogger(__name__)


class PartState(StrEnum):
    """INTENDED until the channel answers; a crash in between leaves UNKNOWN_AFTER_SEND."""

    INTENDED = "intended"
    WITHDRAWN = "withdrawn"
    SENT = "sent"
    UNDELIVERABLE = "undeliverable"
    UNKNOWN_AFTER_SEND = "unknown_after_send"


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
    """What the carrier says of a part: its status, and what it cost (US dollars)."""

    key: PartKey
    status: str
    final: bool
    parts: int
    price: Decimal


class Deliveries(Protocol):
    """Where the fate of each part is written down."""

    def intend(self, key: PartKey) -> PartState | None:
        """Claim the send; None when it is ours to make, else how an earlier one stands."""

    def record(self, key: PartKey, state: PartState, *, detail: str = "") -> None: ...

    def settle(self, event: DeliveryEvent) -> None: ...


def deliver(reply: Reply, *, sender: Sender, deliveries: Deliveries) -> PartState:
    """Send a reply once, however often it is handed over; returns how it stands.

    Errors: Retryable or Permanent when the channel certainly did not take it; the intent is withdrawn
    first, so that a later attempt, or a redrive, sends it.
    """
    key = PartKey(reply.conversation, reply.turn)
    earlier = deliveries.intend(key)
    if earlier is None:
        return _send(key, reply, sender, deliveries)
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


def _note(deliveries: Deliveries, key: PartKey, state: PartState, detail: str) -> PartState:
    _log.warning("part not delivered", extra={"state": state.value, "turn": key.turn})
    deliveries.record(key, state, detail=detail)
    return state
