"""A ticket opens one socket, once, while it is fresh."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from switchboard.adapters.dynamo.people.tickets import DynamoTickets
from switchboard.core.people.address import Address, PersonId
from switchboard.core.people.tickets import Principal, Tickets

from tests.examples import ADA, ADAS_PAGE
from tests.fakes.people import FakeTickets
from tests.tables import PEOPLE

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

BEARER = Principal(ADA, ADAS_PAGE)


@pytest.fixture
def tickets(kind: str, dynamodb: DynamoDBClient) -> Tickets:
    return FakeTickets() if kind == "fake" else DynamoTickets(dynamodb, PEOPLE)


def test_a_ticket_names_its_bearer(tickets: Tickets) -> None:
    tickets.issue("t-1", BEARER, expires=1060)
    assert tickets.redeem("t-1", now=1000) == BEARER


def test_a_ticket_is_good_once(tickets: Tickets) -> None:
    tickets.issue("t-1", BEARER, expires=1060)
    tickets.redeem("t-1", now=1000)
    assert tickets.redeem("t-1", now=1000) is None


def test_a_withdrawn_ticket_opens_nothing_and_others_are_left(tickets: Tickets) -> None:
    others = Principal(PersonId("ben"), Address("web", "ben-account"))
    for ticket, bearer in {"t-1": BEARER, "t-2": BEARER, "t-3": others}.items():
        tickets.issue(ticket, bearer, expires=1060)
    tickets.withdraw(ADA)
    assert [tickets.redeem(each, now=1000) for each in ("t-1", "t-2", "t-3")] == [None, None, others]


def test_an_unknown_ticket_opens_nothing(tickets: Tickets) -> None:
    assert tickets.redeem("t-1", now=1000) is None


@pytest.mark.parametrize(("now", "opens"), [(1059, True), (1060, False), (2000, False)])
def test_a_ticket_is_good_until_it_expires(tickets: Tickets, now: int, *, opens: bool) -> None:
    tickets.issue("t-1", BEARER, expires=1060)
    assert (tickets.redeem("t-1", now=now) is not None) is opens


def test_an_expired_ticket_is_gone_once_it_was_tried(tickets: Tickets) -> None:
    tickets.issue("t-1", BEARER, expires=1060)
    tickets.redeem("t-1", now=1060)
    assert tickets.redeem("t-1", now=1000) is None


def test_of_a_withdrawn_ticket_no_record_is_left(dynamodb: DynamoDBClient) -> None:
    store = DynamoTickets(dynamodb, PEOPLE)
    store.issue("t-1", BEARER, expires=1060)
    store.withdraw(ADA)
    assert dynamodb.scan(TableName=PEOPLE)["Items"] == []


def test_the_table_never_holds_a_ticket_that_could_be_used(dynamodb: DynamoDBClient) -> None:
    DynamoTickets(dynamodb, PEOPLE).issue("secret-ticket", BEARER, expires=1060)
    assert "secret-ticket" not in str(dynamodb.scan(TableName=PEOPLE)["Items"])
