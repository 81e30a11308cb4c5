"""Every contract runs twice: against the fake and against the tables."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import boto3
import pytest
from moto import mock_aws
from switchboard.adapters.dynamo.conversation.conversations import DynamoConversations
from switchboard.adapters.dynamo.conversation.mailbox import DynamoMailbox
from switchboard.adapters.dynamo.spend.ledger import DynamoLedger

from tests.contracts.conversing import Both
from tests.fakes.conversations import FakeConversations
from tests.tables import CONVERSATIONS, PEOPLE, create_conversations, create_people

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient


@pytest.fixture(params=["fake", "dynamo"])
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def dynamodb() -> Iterator[DynamoDBClient]:
    with mock_aws():
        client = boto3.client("dynamodb")
        create_people(client)
        create_conversations(client)
        yield client


@pytest.fixture
def both(kind: str, request: pytest.FixtureRequest) -> Both:
    if kind == "fake":
        fake = FakeConversations()
        return Both(fake, fake, fake.ledger)
    dynamodb = request.getfixturevalue("dynamodb")
    return Both(
        DynamoMailbox(dynamodb, CONVERSATIONS),
        DynamoConversations(dynamodb, CONVERSATIONS, PEOPLE),
        DynamoLedger(dynamodb, PEOPLE),
    )
