"""Everybody's days count each turn once, when it ends, with what it did cost."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest
from switchboard.adapters.dynamo.conversation.conversations import DynamoConversations
from switchboard.adapters.dynamo.conversation.mailbox import DynamoMailbox
from switchboard.adapters.dynamo.spend.daily_totals import DynamoDays
from switchboard.adapters.dynamo.spend.ledger import DynamoLedger
from switchboard.core.spend.daily_totals import DailyTotal, DateRange
from switchboard.core.spend.ledger import Reservation, day_of

from tests.contracts.conversing import MINE, Both, answered, begun
from tests.examples import text
from tests.fakes.clock import EPOCH_MS
from tests.tables import CONVERSATIONS, PEOPLE

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient
    from switchboard.core.conversation.turn import Turn

TODAY = day_of(EPOCH_MS)
SPAN = DateRange(date(2026, 12, 1), date(2027, 1, 31))


@pytest.fixture
def desk(dynamodb: DynamoDBClient) -> Both:
    return Both(
        DynamoMailbox(dynamodb, CONVERSATIONS),
        DynamoConversations(dynamodb, CONVERSATIONS, PEOPLE),
        DynamoLedger(dynamodb, PEOPLE),
    )


def done(desk: Both, *, cost: str = "0.000010") -> Turn:
    return replace(answered(begun(desk, text(1))), reservation=Reservation(TODAY), cost=cost)


@pytest.mark.parametrize(("cost", "spent"), [("0.000010", 10), ("0", 0)])
def test_a_turn_that_ends_is_counted(dynamodb: DynamoDBClient, desk: Both, cost: str, spent: int) -> None:
    desk.desk.finish(MINE, done(desk, cost=cost))
    assert DynamoDays(dynamodb, PEOPLE).tallies(SPAN) == {TODAY: DailyTotal(1, spent)}


def test_a_turn_that_is_finished_twice_is_counted_once(dynamodb: DynamoDBClient, desk: Both) -> None:
    ended = done(desk)
    desk.desk.finish(MINE, ended)
    desk.desk.finish(MINE, ended)
    assert DynamoDays(dynamodb, PEOPLE).tallies(SPAN) == {TODAY: DailyTotal(1, 10)}


def test_days_outside_of_the_months_asked_for_are_not_read(dynamodb: DynamoDBClient, desk: Both) -> None:
    desk.desk.finish(MINE, done(desk))
    assert DynamoDays(dynamodb, PEOPLE).tallies(DateRange(date(2026, 12, 1), date(2026, 12, 31))) == {}
