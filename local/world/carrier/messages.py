"""A text on its way out, and the JSON that the carrier publishes about it and about what people send."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from local.world.carrier.countries import Cost, Country
from local.world.carrier.parts import Size

Progress = Literal["QUEUED", "DELIVERED"]
DESCRIPTIONS: Mapping[Progress, str] = {
    "QUEUED": "The text waits for its turn.",
    "DELIVERED": "The phone has the text.",
}


@dataclass(frozen=True, slots=True)
class Outgoing:
    id: str
    origin: str
    number: str
    body: str
    message_type: str
    context: Mapping[str, str]
    country: Country
    size: Size
    cost: Cost
    at: datetime


def delivery_event(sent: Outgoing, *, progress: Progress, now: datetime) -> dict[str, object]:
    """The event destination's JSON; times are milliseconds since 1970."""
    return {
        "eventType": f"TEXT_{progress}",
        "eventVersion": "1.0",
        "eventTimestamp": milliseconds(now),
        "isFinal": progress == "DELIVERED",
        "originationPhoneNumber": sent.origin,
        "destinationPhoneNumber": sent.number,
        "isInternationalSend": sent.country.iso != "US",
        "isoCountryCode": sent.country.iso,
        "mcc": sent.country.mcc,
        "mnc": sent.country.mnc,
        "messageId": sent.id,
        "messageRequestTimestamp": milliseconds(sent.at),
        "messageEncoding": sent.size.encoding,
        "messageType": sent.message_type,
        "messageStatus": progress,
        "messageStatusDescription": DESCRIPTIONS[progress],
        "context": dict(sent.context),
        "totalMessageParts": sent.size.parts,
        "totalMessagePrice": float(sent.cost.message),
        "totalCarrierFee": float(sent.cost.carrier),
    }


def inbound_message(
    *, message_id: str, sender: str, receiver: str, body: str, answered: str | None
) -> dict[str, object]:
    """The two-way topic's JSON; what is answered is left out when nothing was sent to that phone before."""
    message: dict[str, object] = {
        "originationNumber": sender,
        "destinationNumber": receiver,
        "messageKeyword": keyword(body),
        "messageBody": body,
        "inboundMessageId": message_id,
    }
    return message | ({"previousPublishedMessageId": answered} if answered else {})


def keyword(body: str) -> str:
    return next(iter(body.upper().split()), "")[:30]


def milliseconds(moment: datetime) -> int:
    return int(moment.timestamp() * 1000)
