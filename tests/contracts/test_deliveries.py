"""The fate of a part: claimed once, given back when withdrawn, settled by the first final event."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from switchboard.adapters.dynamo.conversation.deliveries import DynamoDeliveries
from switchboard.adapters.dynamo.table.items import pack, unpack
from switchboard.core.channels.delivery import (
    IN_THE_AIR_MS,
    Deliveries,
    DeliveryEvent,
    Overtaking,
    PartKey,
    PartState,
)

from tests.examples import CONVERSATION
from tests.fakes.clock import EPOCH_MS
from tests.fakes.deliveries import FakeDeliveries
from tests.tables import CONVERSATIONS

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

KEY = PartKey(CONVERSATION, "turn-1")
NEXT = PartKey(CONVERSATION, "turn-2")


@pytest.fixture
def deliveries(kind: str, dynamodb: DynamoDBClient) -> Deliveries:
    return FakeDeliveries() if kind == "fake" else DynamoDeliveries(dynamodb, CONVERSATIONS)


def event(status: str, *, final: bool, key: PartKey = KEY) -> DeliveryEvent:
    return DeliveryEvent(key, status, final, 2, Decimal("0.02"))


def stored(dynamodb: DynamoDBClient, key: PartKey = KEY) -> dict[str, Any]:
    found = dynamodb.get_item(
        TableName=CONVERSATIONS, Key=pack({"pk": f"CONV#{key.conversation}", "sk": f"PART#{key.turn}"})
    )
    return unpack(found.get("Item", {}))


def settled(deliveries: Deliveries, dynamodb: DynamoDBClient) -> str | None:
    if isinstance(deliveries, FakeDeliveries):
        return deliveries.events[KEY].status if KEY in deliveries.events else None
    return stored(dynamodb).get("carrier_status")


def test_the_first_to_intend_may_send(deliveries: Deliveries) -> None:
    assert deliveries.intend(KEY) is None


def test_the_second_to_intend_learns_how_the_first_stands(deliveries: Deliveries) -> None:
    deliveries.intend(KEY)
    assert deliveries.intend(KEY) is PartState.INTENDED


def test_parts_of_two_turns_are_claimed_apart(deliveries: Deliveries) -> None:
    deliveries.intend(KEY)
    assert deliveries.intend(PartKey(CONVERSATION, "turn-2")) is None


@pytest.mark.parametrize("state", [PartState.SENT, PartState.UNDELIVERABLE, PartState.UNKNOWN_AFTER_SEND])
def test_what_was_recorded_stands(deliveries: Deliveries, state: PartState) -> None:
    deliveries.intend(KEY)
    deliveries.record(KEY, state, detail="m-1")
    assert deliveries.intend(KEY) is state


def test_a_withdrawn_intent_can_be_claimed_again_once(deliveries: Deliveries) -> None:
    deliveries.intend(KEY)
    deliveries.record(KEY, PartState.WITHDRAWN)
    assert (deliveries.intend(KEY), deliveries.intend(KEY)) == (None, PartState.INTENDED)


def test_the_latest_event_stands_until_one_is_final(deliveries: Deliveries, dynamodb: DynamoDBClient) -> None:
    deliveries.intend(KEY)
    for status, final in (("QUEUED", False), ("DELIVERED", True), ("PENDING", False), ("UNKNOWN", True)):
        deliveries.settle(event(status, final=final))
    assert settled(deliveries, dynamodb) == "DELIVERED"


def test_an_event_may_overtake_the_receipt(deliveries: Deliveries, dynamodb: DynamoDBClient) -> None:
    deliveries.intend(KEY)
    deliveries.settle(event("DELIVERED", final=True))
    deliveries.record(KEY, PartState.SENT, detail="m-1")
    assert deliveries.intend(KEY) is PartState.SENT
    assert settled(deliveries, dynamodb) == "DELIVERED"


def test_an_event_of_a_part_that_nobody_sent_changes_nothing(
    deliveries: Deliveries, dynamodb: DynamoDBClient
) -> None:
    deliveries.settle(event("DELIVERED", final=True))
    assert settled(deliveries, dynamodb) is None
    assert deliveries.intend(KEY) is None


FAILED = replace(event("BLOCKED", final=True), failed=True)


def unknown(deliveries: Deliveries) -> None:
    deliveries.intend(KEY)
    deliveries.record(KEY, PartState.UNKNOWN_AFTER_SEND, detail="no answer")


@pytest.mark.parametrize(
    ("told", "state"),
    [
        (event("QUEUED", final=False), PartState.SENT),
        (event("DELIVERED", final=True), PartState.SENT),
        (event("UNKNOWN", final=True), PartState.SENT),
        (FAILED, PartState.UNDELIVERABLE),
        (replace(FAILED, final=False), PartState.SENT),
    ],
)
def test_an_event_makes_an_unknown_part_known(
    deliveries: Deliveries, told: DeliveryEvent, state: PartState
) -> None:
    unknown(deliveries)
    deliveries.settle(told)
    assert deliveries.intend(KEY) is state


@pytest.mark.parametrize("late", [event("QUEUED", final=False), event("DELIVERED", final=True)])
def test_a_final_failure_stands_whatever_comes_late(deliveries: Deliveries, late: DeliveryEvent) -> None:
    unknown(deliveries)
    for told in (FAILED, FAILED, late):
        deliveries.settle(told)
    assert deliveries.intend(KEY) is PartState.UNDELIVERABLE


def test_a_part_that_is_known_to_be_sent_is_not_doubted_again(deliveries: Deliveries) -> None:
    deliveries.intend(KEY)
    deliveries.settle(event("QUEUED", final=False))
    deliveries.record(KEY, PartState.UNKNOWN_AFTER_SEND, detail="interrupted")
    assert deliveries.intend(KEY) is PartState.SENT


def test_a_receipt_does_not_undo_the_carriers_last_word(deliveries: Deliveries) -> None:
    deliveries.intend(KEY)
    deliveries.settle(FAILED)
    deliveries.record(KEY, PartState.SENT, detail="m-1")
    assert deliveries.intend(KEY) is PartState.UNDELIVERABLE


def test_a_sender_that_was_doubted_too_soon_still_says_how_it_ended(deliveries: Deliveries) -> None:
    unknown(deliveries)
    deliveries.record(KEY, PartState.WITHDRAWN)
    assert deliveries.intend(KEY) is None
    deliveries.record(KEY, PartState.UNKNOWN_AFTER_SEND)
    deliveries.record(KEY, PartState.SENT, detail="m-1")
    assert deliveries.intend(KEY) is PartState.SENT


def test_price_parts_and_receipt_are_kept_for_the_operator(dynamodb: DynamoDBClient) -> None:
    deliveries = DynamoDeliveries(dynamodb, CONVERSATIONS, lambda: 1_800_000_000_000)
    deliveries.intend(KEY)
    deliveries.record(KEY, PartState.SENT, detail="m-1")
    deliveries.settle(event("DELIVERED", final=True))
    kept = stored(dynamodb)
    assert (kept["detail"], kept["parts"], kept["price"]) == ("m-1", 2, "0.02")
    assert kept["at_ms"] == 1_800_000_000_000


def test_a_reply_does_not_overtake_one_that_has_not_come_to_delivery_yet(deliveries: Deliveries) -> None:
    with pytest.raises(Overtaking):
        deliveries.intend(NEXT, after=KEY.turn)


@pytest.mark.parametrize("state", [PartState.INTENDED, PartState.WITHDRAWN])
def test_a_reply_does_not_overtake_one_that_may_still_leave(deliveries: Deliveries, state: PartState) -> None:
    deliveries.intend(KEY)
    if state is PartState.WITHDRAWN:
        deliveries.record(KEY, state)
    with pytest.raises(Overtaking):
        deliveries.intend(NEXT, after=KEY.turn)
    deliveries.intend(KEY)
    deliveries.record(KEY, PartState.SENT)
    assert deliveries.intend(NEXT, after=KEY.turn) is None


def test_a_reply_lets_one_arrive_of_which_nobody_knows_whether_it_left(
    kind: str, dynamodb: DynamoDBClient
) -> None:
    moments = iter([EPOCH_MS, EPOCH_MS + IN_THE_AIR_MS, EPOCH_MS + IN_THE_AIR_MS + 1])
    deliveries: Deliveries = (
        FakeDeliveries(now_ms=lambda: next(moments))
        if kind == "fake"
        else DynamoDeliveries(dynamodb, CONVERSATIONS, lambda: next(moments))
    )
    deliveries.intend(KEY)
    deliveries.record(KEY, PartState.UNKNOWN_AFTER_SEND)
    with pytest.raises(Overtaking):
        deliveries.intend(NEXT, after=KEY.turn)
    assert deliveries.intend(NEXT, after=KEY.turn) is None


@pytest.mark.parametrize("state", [PartState.SENT, PartState.UNDELIVERABLE])
def test_a_reply_follows_one_whose_send_is_over(deliveries: Deliveries, state: PartState) -> None:
    deliveries.intend(KEY)
    deliveries.record(KEY, state)
    assert deliveries.intend(NEXT, after=KEY.turn) is None


def test_how_a_part_stands_comes_before_its_turn_to_leave(deliveries: Deliveries) -> None:
    deliveries.intend(NEXT)
    deliveries.record(NEXT, PartState.SENT)
    assert deliveries.intend(NEXT, after=KEY.turn) is PartState.SENT
