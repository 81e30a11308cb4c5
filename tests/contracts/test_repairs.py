"""An operator reaches what is open and nothing else; what was repaired is open no longer."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pytest
from switchboard.adapters.dynamo.conversation.conversations import DynamoConversations
from switchboard.adapters.dynamo.conversation.deliveries import DynamoDeliveries
from switchboard.adapters.dynamo.conversation.mailbox import DynamoMailbox
from switchboard.adapters.dynamo.conversation.overdue_index import DynamoWaiting, OverdueKind
from switchboard.adapters.dynamo.operations.repairs import DynamoRepairs
from switchboard.adapters.dynamo.spend.ledger import DynamoLedger
from switchboard.core.channels.delivery import Deliveries, PartKey, PartState
from switchboard.core.conversation.turn import TurnState
from switchboard.core.operations.repairs import IN_FLIGHT_MS, AuditStamp, Repairs

from tests.contracts.conversing import MINE, Both, answered, begun
from tests.examples import CONVERSATION, text
from tests.fakes.clock import EPOCH_MS
from tests.fakes.conversations import FakeConversations
from tests.fakes.deliveries import FakeDeliveries
from tests.fakes.repairs import FakeRepairs
from tests.tables import CONVERSATIONS, PEOPLE

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

KEY = PartKey(CONVERSATION, text(1).key)
LATER = AuditStamp("the operator", EPOCH_MS + IN_FLIGHT_MS + 1)


@dataclass
class Shop:
    """Everything that a repair touches, on one store."""

    both: Both
    deliveries: Deliveries
    repairs: Repairs
    dynamodb: DynamoDBClient | None = None

    def waiting(self, kind: OverdueKind) -> set[str]:
        """What the index has of a kind; fakes have no index, only what it is made of."""
        if self.dynamodb:
            found = DynamoWaiting(self.dynamodb, CONVERSATIONS).of(kind, before=LATER.at_ms, limit=10)
            return {each.sk.partition("#")[2] for each in found}
        assert isinstance(self.repairs, FakeRepairs)
        if kind is OverdueKind.PART:
            return {key.turn for key in self.repairs.deliveries.open}
        turns = self.repairs.conversations.box(CONVERSATION).turns
        return {key for key in turns if self.repairs.failed(PartKey(CONVERSATION, key))}


@pytest.fixture
def shop(kind: str, request: pytest.FixtureRequest) -> Shop:
    if kind == "fake":
        fake, parts = FakeConversations(), FakeDeliveries(now_ms=lambda: EPOCH_MS)
        return Shop(Both(fake, fake, fake.ledger), parts, FakeRepairs(fake, parts))
    client = request.getfixturevalue("dynamodb")
    return Shop(
        Both(
            DynamoMailbox(client, CONVERSATIONS),
            DynamoConversations(client, CONVERSATIONS, PEOPLE),
            DynamoLedger(client, PEOPLE),
        ),
        DynamoDeliveries(client, CONVERSATIONS, lambda: EPOCH_MS),
        DynamoRepairs(client, CONVERSATIONS),
        client,
    )


def stand(shop: Shop, state: PartState) -> None:
    shop.deliveries.intend(KEY)
    if state is not PartState.INTENDED:
        shop.deliveries.record(KEY, state)


def end(shop: Shop, state: TurnState) -> None:
    shop.both.desk.finish(MINE, replace(answered(begun(shop.both, text(1))), state=state, cost=""))
    shop.both.desk.release(MINE)


OPEN = [PartState.INTENDED, PartState.WITHDRAWN, PartState.UNKNOWN_AFTER_SEND]
KNOWN = [PartState.SENT, PartState.UNDELIVERABLE]


@pytest.mark.parametrize("state", OPEN)
def test_a_part_is_waited_for_while_its_fate_is_open(shop: Shop, state: PartState) -> None:
    stand(shop, state)
    assert shop.waiting(OverdueKind.PART) == {KEY.turn}


@pytest.mark.parametrize("state", KNOWN)
def test_nobody_waits_for_a_part_whose_fate_is_known(shop: Shop, state: PartState) -> None:
    stand(shop, state)
    assert shop.waiting(OverdueKind.PART) == set()


@pytest.mark.parametrize("state", OPEN)
def test_an_open_part_can_be_given_back_and_stays_open_until_it_is_sent(shop: Shop, state: PartState) -> None:
    stand(shop, state)
    assert shop.repairs.withdraw(KEY, LATER)
    assert shop.waiting(OverdueKind.PART) == {KEY.turn}
    assert shop.deliveries.intend(KEY) is None


@pytest.mark.parametrize("state", [PartState.INTENDED, PartState.UNKNOWN_AFTER_SEND])
def test_what_may_just_be_on_its_way_is_not_given_back(shop: Shop, state: PartState) -> None:
    stand(shop, state)
    assert not shop.repairs.withdraw(KEY, replace(LATER, at_ms=LATER.at_ms - 1))
    assert shop.deliveries.intend(KEY) is state


@pytest.mark.parametrize("state", KNOWN)
def test_a_part_whose_fate_is_known_can_neither_be_given_back_nor_closed(
    shop: Shop, state: PartState
) -> None:
    stand(shop, state)
    assert not shop.repairs.withdraw(KEY, LATER)
    assert not shop.repairs.close_part(KEY, LATER)
    assert shop.deliveries.intend(KEY) is state


@pytest.mark.parametrize("state", OPEN)
def test_a_closed_part_is_waited_for_no_longer_and_never_sent(shop: Shop, state: PartState) -> None:
    stand(shop, state)
    assert shop.repairs.close_part(KEY, LATER)
    assert shop.waiting(OverdueKind.PART) == set()
    assert shop.deliveries.intend(KEY) is PartState.CLOSED
    assert not shop.repairs.withdraw(KEY, LATER)
    assert not shop.repairs.close_part(KEY, LATER)


def test_doubt_does_not_reopen_what_was_closed(shop: Shop) -> None:
    stand(shop, PartState.INTENDED)
    shop.repairs.close_part(KEY, LATER)
    shop.deliveries.record(KEY, PartState.UNKNOWN_AFTER_SEND)
    assert shop.waiting(OverdueKind.PART) == set()


def test_a_part_that_nobody_made_can_neither_be_given_back_nor_closed(shop: Shop) -> None:
    assert not shop.repairs.withdraw(KEY, LATER)
    assert not shop.repairs.close_part(KEY, LATER)
    assert shop.deliveries.intend(KEY) is None


def test_a_failed_turn_is_waited_for_until_it_is_closed(shop: Shop) -> None:
    end(shop, TurnState.FAILED)
    assert shop.waiting(OverdueKind.TURN) == {KEY.turn}
    assert shop.repairs.failed(KEY) == shop.repairs.turn(KEY)
    assert shop.repairs.close_turn(KEY, LATER)
    assert shop.waiting(OverdueKind.TURN) == set()
    assert shop.repairs.failed(KEY) is None
    assert shop.repairs.turn(KEY) is not None
    assert not shop.repairs.close_turn(KEY, LATER)


def test_an_answered_turn_is_not_waited_for(shop: Shop) -> None:
    end(shop, TurnState.ANSWERED)
    assert shop.waiting(OverdueKind.TURN) == set()
    assert shop.repairs.failed(KEY) is None
    assert not shop.repairs.close_turn(KEY, LATER)


def test_an_unknown_turn_is_no_turn(shop: Shop) -> None:
    assert shop.repairs.turn(KEY) is None
    assert shop.repairs.failed(KEY) is None
    assert not shop.repairs.close_turn(KEY, LATER)


def test_a_repair_leaves_a_name_and_a_time(dynamodb: DynamoDBClient) -> None:
    DynamoDeliveries(dynamodb, CONVERSATIONS, lambda: EPOCH_MS).intend(KEY)
    repairs = DynamoRepairs(dynamodb, CONVERSATIONS)
    repairs.withdraw(KEY, LATER)
    repairs.close_part(KEY, LATER)
    item = repairs.item(CONVERSATION, f"PART#{KEY.turn}")
    assert (item["resent_by"], item["resent_at"]) == (LATER.who, LATER.at_ms)
    assert (item["closed_by"], item["closed_at"]) == (LATER.who, LATER.at_ms)
    assert (item["closed_as"], item["attempts"]) == ("withdrawn", 1)
