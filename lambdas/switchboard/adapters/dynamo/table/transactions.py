"""The writes of one transaction, as the client takes them."""

from collections.abc import Mapping
from typing import Any

from switchboard.adapters.dynamo.table.items import Item, pack

Write = dict[str, Any]


def put(table: str, item: Item, *, only_if: str = "") -> Write:
    return {"Put": {"TableName": table, "Item": pack(item), **_condition(only_if)}}


def delete(table: str, key: Item, *, only_if: str = "", values: Item | None = None) -> Write:
    return {"Delete": {"TableName": table, "Key": pack(key), **_condition(only_if), **_values(values)}}


def check(table: str, key: Item, *, only_if: str, values: Item | None = None) -> Write:
    found = {"TableName": table, "Key": pack(key), **_condition(only_if), **_values(values)}
    return {"ConditionCheck": found}


def update(
    table: str,
    key: Item,
    change: str,
    *,
    only_if: str = "",
    values: Item | None = None,
    names: Mapping[str, str] | None = None,
) -> Write:
    named = {"ExpressionAttributeNames": dict(names)} if names else {}
    changed = {"TableName": table, "Key": pack(key), "UpdateExpression": change}
    return {"Update": {**changed, **_condition(only_if), **_values(values), **named}}


def as_read(item: Item, *attributes: str) -> tuple[str, Item]:
    """The condition that these attributes are as they were, and its values."""
    conditions = [
        f"{name} = :{name}_read" if name in item else f"attribute_not_exists({name})" for name in attributes
    ]
    values = {f":{name}_read": item[name] for name in attributes if name in item}
    return " AND ".join(conditions), values


def _condition(only_if: str) -> Write:
    return {"ConditionExpression": only_if} if only_if else {}


def _values(values: Item | None) -> Write:
    return {"ExpressionAttributeValues": pack(values)} if values else {}
