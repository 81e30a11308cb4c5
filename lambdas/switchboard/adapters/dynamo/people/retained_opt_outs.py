"""Whoever was erased and writes again is somebody new, to whom what consent law keeps still applies."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Any, Protocol

from switchboard.adapters.dynamo.table.items import Item, pack
from switchboard.core.people.address import Address, PersonId, private_conversation

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient


class Tables(Protocol):
    @property
    def client(self) -> DynamoDBClient: ...
    @property
    def table(self) -> str: ...
    @property
    def conversations(self) -> str: ...


def retained_opt_out(tables: Tables, address: Address, person: PersonId) -> list[Any]:
    """The writes that put a kept opt-out in the conversation of somebody who is introduced."""
    key = pack({"pk": f"ADDRESS#{address}", "sk": "STANDING"})
    found = tables.client.get_item(TableName=tables.table, Key=key, ConsistentRead=True)
    if "Item" not in found:
        return []
    state = {
        "pk": f"CONV#{private_conversation(person)}",
        "sk": "STATE",
        "came": 0,
        "taken": 0,
        "opted_out": {str(address)},
        "told": {str(address)},
    }
    return [
        {"Delete": {"TableName": tables.table, "Key": key, "ConditionExpression": "attribute_exists(pk)"}},
        {"Put": {"TableName": tables.conversations, "Item": pack(state)}},
    ]


def account_closed(table: str, address: Address) -> dict[str, Any]:
    """Refuses the introduction of an account that was erased, while a token of it may be good."""
    key, new = pack(closed_key(address)), "attribute_not_exists(pk)"
    return {"ConditionCheck": {"TableName": table, "Key": key, "ConditionExpression": new}}


def closed_key(address: Address) -> Item:
    return {"pk": f"CLOSED#{sha256(str(address).encode()).hexdigest()}", "sk": "CLOSED"}
