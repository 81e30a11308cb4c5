"""Tables of moto that copy and look through less: that was most of the time of the tests that fill them.

moto keeps a deep copy of every table of a transaction, to go back to if it fails, and walks through every
value of every item in its answers, though it keeps them in the form in which they are answered.
"""

import copy
from collections import defaultdict
from functools import cache
from typing import Any

from moto.core import responses
from moto.core.model import StructureShape
from moto.core.serialize import JSONSerializer
from moto.core.utils import method_names_from_class
from moto.dynamodb.models import DynamoDBBackend
from moto.dynamodb.models.dynamo_type import Item
from moto.dynamodb.models.table import Table

BYTES = {"B", "BS"}
_update_item = DynamoDBBackend.update_item
_serialize_structure = JSONSerializer._serialize_type_structure


def hurry() -> None:
    """From now on items are replaced and never changed, so that a table and its copy may share them."""
    Table.__deepcopy__ = _copied  # type: ignore[attr-defined]
    DynamoDBBackend.update_item = _updated  # type: ignore[method-assign, assignment]
    JSONSerializer._serialize_type_structure = _serialized  # type: ignore[method-assign, assignment]
    responses.method_names_from_class = cache(method_names_from_class)  # type: ignore[attr-defined]


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


def _serialized(made: JSONSerializer, into: Any, value: Any, shape: StructureShape, key: str) -> None:  # noqa: ANN401 - moto's own
    if shape.name == "AttributeValue" and key and not BYTES & value.keys():
        into[key] = value
    else:
        _serialize_structure(made, into, value, shape, key)
