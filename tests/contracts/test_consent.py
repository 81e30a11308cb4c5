"""Consent and pace ride on the write that keeps a message, in memory and in the table alike."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from switchboard.adapters.dynamo.conversation.deliveries import DynamoDeliveries
from switchboard.adapters.dynamo.table.items import pack, unpack
from switchboard.core.channels.delivery import PartKey, PartState
from switchboard.core.conversation.store import BURST, PACE_MS, RateLimited
from switchboard.core.conversation.turn import turn_of
from switchboard.core.messages.keywords import Keyword

from tests.contracts.conversing import MINE, Both, acquired, answered
from tests.examples import ADAS_PHONE, CONVERSATION, text
from tests.tables import CONVERSATIONS

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

STOP = replace(text(1, "STOP"), keyword=Keyword.STOP, to="+12065550100")
START = replace(text(2, "start"), keyword=Keyword.START, to="+12065550100")
ADDRESS = frozenset({str(ADAS_PHONE)})


def test_a_stop_is_known_to_the_next_holder_and_a_start_undoes_it(both: Both) -> None:
    both.box.keep(CONVERSATION, STOP)
    assert acquired(both).opted_out == ADDRESS
    both.desk.let_go(MINE)
    both.box.keep(CONVERSATION, START)
    assert acquired(both).opted_out == frozenset()


def test_a_confirmed_stop_is_remembered_until_the_next_start(both: Both) -> None:
    both.box.keep(CONVERSATION, STOP)
    acquired(both)
    turn = turn_of([STOP])
    both.desk.begin(MINE, turn, [STOP])
    both.desk.checkpoint(MINE, answered(turn))
    both.desk.release(MINE)
    both.box.keep(CONVERSATION, replace(text(3, "stop"), keyword=Keyword.STOP))
    assert acquired(both).told == ADDRESS
    both.desk.let_go(MINE)
    both.box.keep(CONVERSATION, replace(START, message_id="again"))
    assert acquired(both).told == frozenset()


def test_who_was_greeted_is_remembered(both: Both) -> None:
    both.box.keep(CONVERSATION, text(1))
    acquired(both)
    turn = replace(turn_of([text(1)]), greets=True)
    both.desk.begin(MINE, turn, [text(1)])
    both.desk.checkpoint(MINE, answered(turn))
    both.desk.release(MINE)
    both.box.keep(CONVERSATION, text(2))
    assert acquired(both).greeted == ADDRESS


def test_a_burst_is_kept_and_what_exceeds_it_is_not(both: Both) -> None:
    for number in range(BURST):
        both.box.keep(CONVERSATION, replace(text(1), message_id=str(number)))
    with pytest.raises(RateLimited):
        both.box.keep(CONVERSATION, replace(text(1), message_id="over"))
    assert acquired(both).waiting == BURST


def test_a_repeated_delivery_is_recognized_even_when_the_pace_is_used_up(both: Both) -> None:
    for number in range(BURST):
        both.box.keep(CONVERSATION, replace(text(1), message_id=str(number)))
    assert both.box.keep(CONVERSATION, replace(text(1), message_id="0")).new is False


def test_the_pace_recovers_with_time(both: Both) -> None:
    for number in range(BURST):
        both.box.keep(CONVERSATION, replace(text(1), message_id=str(number)))
    later = replace(text(1), message_id="later", at_ms=text(1).at_ms + PACE_MS)
    assert both.box.keep(CONVERSATION, later).new


def test_a_keyword_costs_no_pace_and_is_never_too_fast(both: Both) -> None:
    for number in range(BURST):
        both.box.keep(CONVERSATION, replace(text(1), message_id=str(number)))
    assert both.box.keep(CONVERSATION, replace(STOP, message_id="stop")).new


@pytest.mark.parametrize("kind", ["dynamo"], indirect=True)
def test_the_ledger_says_who_when_by_which_words_and_on_which_number(
    both: Both, dynamodb: DynamoDBClient
) -> None:
    both.box.keep(CONVERSATION, STOP)
    proof = _item(dynamodb, f"CONSENT#{STOP.key}")
    assert proof == {
        "pk": f"CONV#{CONVERSATION}",
        "sk": f"CONSENT#{STOP.key}",
        "keyword": "stop",
        "address": str(ADAS_PHONE),
        "words": "STOP",
        "on": "+12065550100",
        "at_ms": STOP.at_ms,
        "message_id": "text-1",
    }


@pytest.mark.parametrize("kind", ["dynamo"], indirect=True)
def test_a_send_is_refused_in_the_write_that_would_claim_it(both: Both, dynamodb: DynamoDBClient) -> None:
    deliveries, key = DynamoDeliveries(dynamodb, CONVERSATIONS), PartKey(CONVERSATION, "turn-1")
    both.box.keep(CONVERSATION, STOP)
    assert deliveries.intend(key, unless_opted_out=ADAS_PHONE) is PartState.REFUSED
    deliveries.refuse(key, "opted_out")
    assert _item(dynamodb, "PART#turn-1")["part_state"] == "refused"
    assert deliveries.intend(key) is PartState.REFUSED


@pytest.mark.parametrize("kind", ["dynamo"], indirect=True)
def test_a_send_to_somebody_who_never_opted_out_is_claimed(both: Both, dynamodb: DynamoDBClient) -> None:
    both.box.keep(CONVERSATION, text(1))
    deliveries = DynamoDeliveries(dynamodb, CONVERSATIONS)
    assert deliveries.intend(PartKey(CONVERSATION, "turn-1"), unless_opted_out=ADAS_PHONE) is None


def _item(dynamodb: DynamoDBClient, sk: str) -> dict[str, Any]:
    found = dynamodb.get_item(TableName=CONVERSATIONS, Key=pack({"pk": f"CONV#{CONVERSATION}", "sk": sk}))
    return unpack(found["Item"])
