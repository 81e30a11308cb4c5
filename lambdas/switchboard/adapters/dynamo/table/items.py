"""Plain values to DynamoDB's typed attributes and back."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from boto3.dynamodb.types import TypeDeserializer, TypeSerializer
from botocore.exceptions import ClientError

_SERIALIZE = TypeSerializer().serialize
_DESERIALIZE = TypeDeserializer().deserialize

Item = dict[str, Any]

REFUSED = "ConditionalCheckFailed"


def pack(values: Mapping[str, object]) -> Item:
    return {name: _SERIALIZE(value) for name, value in values.items()}


def unpack(item: Mapping[str, Any]) -> Item:
    """Whole numbers come back as int."""
    return {name: _whole(_DESERIALIZE(value)) for name, value in item.items()}


def standing(error: ClientError) -> Item:
    """The item that refused a conditional write, as it stands; empty when there is none."""
    response: Mapping[str, Any] = error.response
    return unpack(response.get("Item", {}))


def reasons(error: ClientError) -> Sequence[Mapping[str, Any]]:
    """Why a transaction was cancelled, write by write, in their order."""
    response: Mapping[str, Any] = error.response
    return response["CancellationReasons"]  # type: ignore[no-any-return]


def _whole(value: Any) -> Any:  # noqa: ANN401 - an attribute may be anything
    if isinstance(value, Decimal) and value == value.to_integral_value():
        return int(value)
    if isinstance(value, list):
        return [_whole(element) for element in value]
    if isinstance(value, dict):
        return {name: _whole(element) for name, element in value.items()}
    return value
