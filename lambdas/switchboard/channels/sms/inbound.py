"""What the carrier tells us: texts from people, and what became of ours.

Shapes: https://docs.aws.amazon.com/sms-voice/latest/userguide/two-way-sms-payload.html and
https://docs.aws.amazon.com/end-user-messaging/latest/userguide/nx-features-messaging-events.html
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, NoReturn

from switchboard.core.well_formed import read_json

_MAX_BODY: Final = 65_536
_MAX_TEXT: Final = 4_096
_MAX_ID: Final = 256
_MAX_CONTEXT: Final = 5
_MAX_CONTEXT_VALUE: Final = 800
_MAX_PARTS: Final = 100
_MAX_PRICE: Final = Decimal(1000)
_FAILED: Final = frozenset(
    {
        *("INVALID", "INVALID_MESSAGE", "UNREACHABLE", "CARRIER_UNREACHABLE", "BLOCKED", "CARRIER_BLOCKED"),
        *("SPAM", "TTL_EXPIRED", "PROTECT_BLOCKED"),
    }
)
E164: Final = re.compile(r"\+[1-9][0-9]{6,14}")


class BadPayload(ValueError):
    """The carrier's message is not what it should be; the reason repeats nothing from it."""


@dataclass(frozen=True, slots=True)
class CarrierText:
    """`sender` need not be a number; `answers` is our message that it replies to, where the carrier knows."""

    message_id: str
    sender: str
    to_number: str
    text: str
    keyword: str
    answers: str | None


@dataclass(frozen=True, slots=True)
class DeliveryEvent:
    """What became of a message we sent; `context` are the ids that we sent along."""

    message_id: str
    status: str
    final: bool
    parts: int
    price_usd: Decimal
    context: Mapping[str, str]

    @property
    def failed(self) -> bool:
        """The carrier gave it up. UNKNOWN, its word when a phone's network never answered, is not that."""
        return self.status in _FAILED


def parse(body: str) -> CarrierText:
    """A text as the carrier publishes it. Errors: BadPayload."""
    payload = _object(body)
    return CarrierText(
        message_id=_id(payload, "inboundMessageId"),
        sender=_text(payload, "originationNumber", longest=_MAX_ID),
        to_number=_number(payload, "destinationNumber"),
        text=_text(payload, "messageBody", longest=_MAX_TEXT),
        keyword=_text(payload, "messageKeyword", longest=_MAX_ID, default=""),
        answers=_text(payload, "previousPublishedMessageId", longest=_MAX_ID, default="") or None,
    )


def delivery_event(body: str) -> DeliveryEvent:
    """A delivery event as the carrier publishes it. Errors: BadPayload."""
    payload = _object(body)
    return DeliveryEvent(
        message_id=_id(payload, "messageId"),
        status=_id(payload, "messageStatus"),
        final=_flag(payload, "isFinal"),
        parts=_count(payload, "totalMessageParts"),
        price_usd=_money(payload, "totalMessagePrice") + _money(payload, "totalCarrierFee"),
        context=_context(payload),
    )


def _no_number(_: str) -> NoReturn:
    raise BadPayload("a number is not finite")


def _object(body: str) -> dict[str, object]:
    if len(body) > _MAX_BODY:
        raise BadPayload("the payload is too large")
    try:
        payload = read_json(body, parse_float=Decimal, parse_constant=_no_number)
    except BadPayload:
        raise
    except (ValueError, ArithmeticError, RecursionError):
        raise BadPayload("the payload is not JSON") from None
    if not isinstance(payload, dict):
        raise BadPayload("the payload is not an object")
    return payload


def _text(payload: Mapping[str, object], key: str, *, longest: int, default: str | None = None) -> str:
    value = payload.get(key)
    if value is None and default is not None:
        return default
    if not isinstance(value, str):
        raise BadPayload(f"{key} is missing or not text")
    if len(value) > longest:
        raise BadPayload(f"{key} is too long")
    return value


def _id(payload: Mapping[str, object], key: str) -> str:
    value = _text(payload, key, longest=_MAX_ID)
    if not (value and value.isascii() and value.isprintable()):
        raise BadPayload(f"{key} is not an id")
    return value


def _number(payload: Mapping[str, object], key: str) -> str:
    value = _text(payload, key, longest=_MAX_ID)
    if not E164.fullmatch(value):
        raise BadPayload(f"{key} is not a number in E.164")
    return value


def _flag(payload: Mapping[str, object], key: str) -> bool:
    value = payload.get(key)
    if not isinstance(value, bool):
        raise BadPayload(f"{key} is missing or not true or false")
    return value


def _count(payload: Mapping[str, object], key: str) -> int:
    value = payload.get(key, 0)
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= _MAX_PARTS:
        raise BadPayload(f"{key} is not a count")
    return value


def _money(payload: Mapping[str, object], key: str) -> Decimal:
    """Absent while the carrier has not priced the message yet."""
    value = payload.get(key, 0)
    if isinstance(value, bool) or not isinstance(value, int | Decimal) or not 0 <= value <= _MAX_PRICE:
        raise BadPayload(f"{key} is not a price")
    return Decimal(value)


def _context(payload: Mapping[str, object]) -> Mapping[str, str]:
    value = payload.get("context") or {}
    if not isinstance(value, dict) or len(value) > _MAX_CONTEXT:
        raise BadPayload("context is not an object of a few ids")
    return {str(key): _text(value, key, longest=_MAX_CONTEXT_VALUE) for key in value}
