"""The tables in memory, with Ada and her phone in them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING

import boto3
import pytest
from moto import mock_aws
from switchboard.adapters.dynamo.people.people import DynamoPeople
from switchboard.adapters.dynamo.spend.charges import DynamoBills
from switchboard.adapters.dynamo.spend.daily_totals import DynamoDays
from switchboard.adapters.dynamo.spend.ledger import DynamoLedger

from tests.examples import ADAS_PHONE
from tests.fakes.clock import ManualClock
from tests.tables import CONVERSATIONS, PEOPLE, create_conversations, create_people

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient
    from switchboard.core.people.address import PersonId


@dataclass
class Town:
    dynamodb: DynamoDBClient
    clock: ManualClock
    ada: PersonId

    @property
    def bills(self) -> DynamoBills:
        return DynamoBills(self.dynamodb, PEOPLE)

    @property
    def ledger(self) -> DynamoLedger:
        return DynamoLedger(self.dynamodb, PEOPLE)

    @property
    def days(self) -> DynamoDays:
        return DynamoDays(self.dynamodb, PEOPLE)


@pytest.fixture
def town() -> Iterator[Town]:
    with mock_aws():
        dynamodb, clock = boto3.client("dynamodb"), ManualClock()
        create_people(dynamodb)
        create_conversations(dynamodb)
        ids = (f"person-{number}" for number in count(1))
        people = DynamoPeople(dynamodb, PEOPLE, CONVERSATIONS, lambda: next(ids), clock.now_ms)
        yield Town(dynamodb, clock, people.behind(ADAS_PHONE))
