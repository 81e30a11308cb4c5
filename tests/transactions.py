"""Transactions of moto that copy what they change.

moto keeps a deep copy of every table of a transaction, to go back to if it fails: with hundreds of items in a
table that was most of the time of the tests that fill one.
"""

import copy
from collections import defaultdict
from typing import Any

from moto.dynamodb.models import DynamoDBBackend
from moto.dynamodb.models.dynamo_type import Item
from moto.dynamodb.models.table import Table

_update_item = DynamoDBBackend.update_item


def copy_only_what_changes() -> None:
    """From now on items are replaced and never changed, so that a table and its copy may share them."""
    Table.__deepcopy__ = _copied  # type: ignore[attr-defined]
    DynamoDBBackend.update_item = _updated  # type: ignore[method-assign, assignment]


def _copied(table: Table, _memo: dict[int, Any]) -> Table:
    made = copy.copy(table)
    made.items = defaultdict(dict, {key: dict(items) for key, items in table.items.items()})
    return made


def _updated(backend: DynamoDBBackend, table_name: str, key: dict[str, Any], **rest: Any) -> Item:  # noqa: ANN401 - moto's own
    table = backend.get_table(table_name)
    hash_value, range_value = backend.get_keys_value(table, key)
    if item := table.get_item(hash_value, range_value):
        table.items[hash_value][range_value] = copy.deepcopy(item)
    return _update_item(backend, table_name, key, **rest)
