"""A town with its tables, new for each test; the account it is in is made once, for that takes longest."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import boto3
import pytest
from moto import mock_aws

from tests.links.town import Town
from tests.tables import CONVERSATIONS, PEOPLE, create_conversations, create_people

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient


@pytest.fixture(scope="module")
def account() -> Iterator[DynamoDBClient]:
    with mock_aws():
        yield boto3.client("dynamodb")


@pytest.fixture
def town(account: DynamoDBClient) -> Iterator[Town]:
    create_people(account)
    create_conversations(account)
    yield Town(account)
    for table in (PEOPLE, CONVERSATIONS):
        account.delete_table(TableName=table)
