"""Every contract runs twice: against the fake and against the tables."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from switchboard.adapters.dynamo.conversation.conversations import DynamoConversations
from switchboard.adapters.dynamo.conversation.mailbox import DynamoMailbox
from switchboard.adapters.dynamo.spend.ledger import DynamoLedger

from tests.account import Account, shared_account
from tests.contracts.conversing import Both
from tests.fakes.conversations import FakeConversations
from tests.tables import CONVERSATIONS, PEOPLE

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient


@pytest.fixture(params=["fake", "dynamo"])
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def account() -> Iterator[Account]:
    with shared_account() as made:
        yield made


@pytest.fixture
def dynamodb(account: Account) -> Iterator[DynamoDBClient]:
    yield account.dynamodb
    account.empty()


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
