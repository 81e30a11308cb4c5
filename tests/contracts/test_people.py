"""An address belongs to one person, and a first contact makes one."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

import pytest
from switchboard.adapters.dynamo.people.people import DynamoPeople
from switchboard.adapters.dynamo.table.items import pack
from switchboard.core.people.address import Address, People

from tests.examples import ADAS_PAGE, ADAS_PHONE, BABBAGES_PHONE
from tests.fakes.people import FakePeople
from tests.tables import CONVERSATIONS, PEOPLE

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient


@pytest.fixture
def people(kind: str, dynamodb: DynamoDBClient) -> People:
    numbers = count(1)
    return (
        FakePeople()
        if kind == "fake"
        else DynamoPeople(dynamodb, PEOPLE, CONVERSATIONS, lambda: f"id-{next(numbers)}")
    )


def test_a_first_contact_makes_a_person(people: People) -> None:
    assert people.behind(ADAS_PHONE)


def test_the_same_address_is_the_same_person(people: People) -> None:
    assert people.behind(ADAS_PHONE) == people.behind(ADAS_PHONE)


def test_two_addresses_are_two_people(people: People) -> None:
    assert len({people.behind(each) for each in (ADAS_PHONE, BABBAGES_PHONE, ADAS_PAGE)}) == 3


def test_the_same_value_on_two_channels_is_two_people(people: People) -> None:
    assert people.behind(Address("sms", "+12065550150")) != people.behind(Address("web", "+12065550150"))


def test_whoever_loses_the_race_to_introduce_somebody_takes_the_winner(dynamodb: DynamoDBClient) -> None:
    winner = DynamoPeople(dynamodb, PEOPLE, CONVERSATIONS, lambda: "winner")

    def late() -> str:
        winner.behind(ADAS_PHONE)
        return "loser"

    assert DynamoPeople(dynamodb, PEOPLE, CONVERSATIONS, late).behind(ADAS_PHONE) == "winner"


def test_a_person_lists_the_way_back_to_their_address(dynamodb: DynamoDBClient) -> None:
    DynamoPeople(dynamodb, PEOPLE, CONVERSATIONS, lambda: "ada").behind(ADAS_PHONE)
    key = pack({"pk": "PERSON#ada", "sk": "ADDRESS#sms#+12065550150"})
    assert "Item" in dynamodb.get_item(TableName=PEOPLE, Key=key)
