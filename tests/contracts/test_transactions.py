"""Transactions in the tests' tables fail whole, as AWS's do, though their tables are not copied whole."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.tables import PEOPLE

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

BEFORE: list[Any] = [
    {
        "pk": {"S": "a"},
        "sk": {"S": "changed"},
        "list": {"L": [{"N": "1"}]},
        "map": {"M": {"one": {"N": "1"}}},
    },
    {"pk": {"S": "a"}, "sk": {"S": "deleted"}},
    {"pk": {"S": "a"}, "sk": {"S": "replaced"}, "is": {"S": "old"}},
]
UPDATE = {
    "TableName": PEOPLE,
    "Key": {"pk": {"S": "a"}, "sk": {"S": "changed"}},
    "UpdateExpression": "SET #list[0] = :two, #map.#one = :two, more = :two",
    "ExpressionAttributeNames": {"#list": "list", "#map": "map", "#one": "one"},
    "ExpressionAttributeValues": {":two": {"N": "2"}},
}
WRITES: list[Any] = [
    {"Update": UPDATE},
    {"Delete": {"TableName": PEOPLE, "Key": {"pk": {"S": "a"}, "sk": {"S": "deleted"}}}},
    {"Put": {"TableName": PEOPLE, "Item": {"pk": {"S": "a"}, "sk": {"S": "replaced"}, "is": {"S": "new"}}}},
    {"Put": {"TableName": PEOPLE, "Item": {"pk": {"S": "b"}, "sk": {"S": "new"}}}},
    {
        "Update": {
            "TableName": PEOPLE,
            "Key": {"pk": {"S": "c"}, "sk": {"S": "made by an update"}},
            "UpdateExpression": "SET more = :two",
            "ExpressionAttributeValues": {":two": {"N": "2"}},
        }
    },
]
REFUSED: Any = {
    "ConditionCheck": {
        "TableName": PEOPLE,
        "Key": {"pk": {"S": "a"}, "sk": {"S": "not there"}},
        "ConditionExpression": "attribute_exists(pk)",
    }
}


@pytest.fixture
def filled(dynamodb: DynamoDBClient) -> DynamoDBClient:
    for item in BEFORE:
        dynamodb.put_item(TableName=PEOPLE, Item=item)
    return dynamodb


def everything(client: DynamoDBClient) -> list[Any]:
    return sorted(client.scan(TableName=PEOPLE)["Items"], key=str)


def test_a_transaction_that_fails_leaves_everything_as_it_was(filled: DynamoDBClient) -> None:
    with pytest.raises(filled.exceptions.TransactionCanceledException):
        filled.transact_write_items(TransactItems=[*WRITES, REFUSED])
    assert everything(filled) == sorted(BEFORE, key=str)


def test_one_that_does_not_fail_does_all_of_it(filled: DynamoDBClient) -> None:
    filled.transact_write_items(TransactItems=WRITES)
    two = {"N": "2"}
    changed = {**BEFORE[0], "list": {"L": [two]}, "map": {"M": {"one": two}}, "more": two}
    others = [each["Put"]["Item"] for each in WRITES if "Put" in each]
    made = {"pk": {"S": "c"}, "sk": {"S": "made by an update"}, "more": two}
    assert everything(filled) == sorted([changed, *others, made], key=str)
