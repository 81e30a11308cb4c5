"""The one write that brings a message in: claim, message, count, pace and consent, all or nothing."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from switchboard.adapters.dynamo.conversation.codec import CLAIM, CONSENT, waiting_item
from switchboard.adapters.dynamo.conversation.overdue_index import OverdueKind
from switchboard.adapters.dynamo.table.items import Item, pack
from switchboard.core.conversation.store import BURST, PACE_MS
from switchboard.core.messages.keywords import Keyword
from switchboard.core.messages.message import Inbound
from switchboard.core.people.address import Address, ConversationId, PersonId

CLAIM_SECONDS = 30 * 24 * 3600
NEW = "attribute_not_exists(pk)"


class Pace(Enum):
    """A leaky bucket in one attribute, the time until which it is taken; FREE leaves it alone."""

    CALM = "paced = :now + :pace"
    BURST = "paced = paced + :pace"
    FREE = ""


OPEN = "attribute_not_exists(gone)"
"""A conversation that is being erased takes nothing in."""
HERE = "attribute_not_exists(merged_into) AND attribute_not_exists(#left)"
"""An address whose person became another, or which left them, is at home in another conversation."""
CONDITIONS = {
    Pace.CALM: "(attribute_not_exists(paced) OR paced <= :now)",
    Pace.BURST: "paced <= :brim",
    Pace.FREE: "",
}


@dataclass(slots=True)
class StateChange:
    """An update expression in the making; each clause is added where it is decided."""

    sets: list[str] = field(default_factory=list)
    adds: list[str] = field(default_factory=list)
    deletes: list[str] = field(default_factory=list)
    values: Item = field(default_factory=dict)

    @property
    def expression(self) -> str:
        clauses = (("SET", self.sets), ("ADD", self.adds), ("DELETE", self.deletes))
        return " ".join(f"{verb} {', '.join(parts)}" for verb, parts in clauses if parts)


def left(address: Address) -> str:
    """The attribute of a state that names who an address belongs to since it left."""
    return f"left:{address}"


def heir_of(state: Item, address: Address) -> PersonId | None:
    """Who an address belongs to, when it is at home here no more."""
    heir = state.get(left(address)) or state.get("merged_into")
    return PersonId(heir) if heir else None


def keeping(
    table: str,
    conversation: ConversationId,
    message: Inbound,
    pace: Pace,
    echoes: Iterable[ConversationId] = (),
) -> list[Any]:
    """The claim comes first and the state second, so that a refusal tells by its place what it means.

    `echoes` are conversations from which something may still be on its way to that address.
    """
    pk = {"pk": f"CONV#{conversation}"}
    claim = {"TableName": table, "Item": pack(pk | _claim(message)), "ConditionExpression": NEW}
    return [
        {"Put": claim | {"ReturnValuesOnConditionCheckFailure": "ALL_OLD"}},
        {"Update": {"TableName": table, "Key": pack(pk | {"sk": "STATE"}), **_state(message, pace)}},
        {"Put": {"TableName": table, "Item": pack(pk | waiting_item(message))}},
        *({"Put": {"TableName": table, "Item": pack(pk | entry)}} for entry in _ledger(message)),
        *({"Update": _echo(table, other, message)} for other in echoes),
    ]


def _claim(message: Inbound) -> Item:
    return {
        "sk": f"{CLAIM}{message.address.channel}#{message.message_id}",
        "key": message.key,
        "address": str(message.address),
        "expires": message.at_ms // 1000 + CLAIM_SECONDS,
    }


def _state(message: Inbound, pace: Pace) -> dict[str, Any]:
    change = StateChange(
        sets=[
            "taken = if_not_exists(taken, :zero)",
            "waiting = :waiting",
            "waiting_since = if_not_exists(waiting_since, :now)",
        ],
        adds=["came :one"],
        values={":one": 1, ":zero": 0, ":waiting": OverdueKind.CONVERSATION.value, ":now": message.at_ms},
    )
    condition = _pace(change, message, pace)
    _consent(change, message)
    return {
        "UpdateExpression": change.expression,
        "ConditionExpression": " AND ".join(filter(None, (OPEN, HERE, condition))),
        "ExpressionAttributeNames": {"#left": left(message.address)},
        "ExpressionAttributeValues": pack(change.values),
        "ReturnValuesOnConditionCheckFailure": "ALL_OLD",
    }


def _pace(change: StateChange, message: Inbound, pace: Pace) -> str:
    if pace is Pace.FREE:
        return CONDITIONS[pace]
    change.sets.append(pace.value)
    change.values[":pace"] = PACE_MS
    if pace is Pace.BURST:
        change.values[":brim"] = message.at_ms + (BURST - 1) * PACE_MS
    return CONDITIONS[pace]


def _consent(change: StateChange, message: Inbound) -> None:
    address = {":address": {str(message.address)}}
    if message.keyword is Keyword.STOP:
        change.adds.append("opted_out :address")
        change.values |= address
    if message.keyword is Keyword.START:
        change.deletes += ["opted_out :address", "told :address"]
        change.values |= address


def _echo(table: str, conversation: ConversationId, message: Inbound) -> dict[str, Any]:
    change = StateChange()
    _consent(change, message)
    return {
        "TableName": table,
        "Key": pack({"pk": f"CONV#{conversation}", "sk": "STATE"}),
        "UpdateExpression": change.expression,
        "ExpressionAttributeValues": pack(change.values),
    }


def _ledger(message: Inbound) -> list[Item]:
    """Who agreed or revoked, when, by which words, on which number: the proof that consent law asks for."""
    if message.keyword not in {Keyword.STOP, Keyword.START}:
        return []
    return [
        {
            "sk": CONSENT + message.key,
            "keyword": message.keyword.value,
            "address": str(message.address),
            "words": message.text,
            "on": message.to,
            "at_ms": message.at_ms,
            "message_id": message.message_id,
        }
    ]
