"""Whoever waits although nobody was told of it is signalled for again."""

import json
import time
from dataclasses import replace

import pytest
from handlers.sweep_overdue import handler
from switchboard.adapters.dynamo.conversation.conversations import DynamoConversations
from switchboard.adapters.dynamo.conversation.deliveries import DynamoDeliveries
from switchboard.adapters.dynamo.conversation.mailbox import DynamoMailbox
from switchboard.core.channels.delivery import PartKey
from switchboard.core.conversation.store import Lease
from switchboard.core.conversation.turn import TurnState, turn_of
from switchboard.core.messages.message import Inbound
from switchboard.core.people.address import ConversationId

from tests.examples import ADAS_PHONE
from tests.handlers.cloud import Cloud
from tests.tables import CONVERSATIONS, PEOPLE


def wait(cloud: Cloud, conversation: str, *, minutes: float) -> Inbound:
    at_ms = time.time_ns() // 1_000_000 - round(minutes * 60_000)
    message = Inbound(ADAS_PHONE, f"{conversation}-{minutes}", "Hello?", at_ms)
    DynamoMailbox(cloud.dynamodb, CONVERSATIONS).keep(ConversationId(conversation), message)
    return message


def doubt(cloud: Cloud, *, minutes: int) -> None:
    then = time.time_ns() // 1_000_000 - minutes * 60_000
    deliveries = DynamoDeliveries(cloud.dynamodb, CONVERSATIONS, lambda: then)
    deliveries.intend(PartKey(ConversationId("one"), f"turn-{minutes}"))


def test_only_those_who_have_waited_too_long_are_signalled_for(cloud: Cloud) -> None:
    for conversation, minutes in (("new", 0.5), ("old", 10.0), ("older", 60.0)):
        wait(cloud, conversation, minutes=minutes)
    assert handler({}, None) == {"waiting": 2}
    assert sorted(cloud.signals()) == ["old", "older"]


def test_whoever_waits_again_and_again_waits_since_the_first_time(cloud: Cloud) -> None:
    wait(cloud, "one", minutes=10)
    wait(cloud, "one", minutes=1)
    assert handler({}, None) == {"waiting": 1}


def test_whoever_was_answered_is_left_in_peace(cloud: Cloud) -> None:
    message = wait(cloud, "one", minutes=10)
    desk = DynamoConversations(cloud.dynamodb, CONVERSATIONS, PEOPLE)
    lease = Lease(ConversationId("one"), "worker")
    desk.acquire(lease, now_ms=0, until_ms=1)
    desk.begin(lease, turn_of([message]), [message])
    desk.release(lease)
    assert handler({}, None) == {"waiting": 0}
    assert cloud.signals() == []


def test_the_alarm_counts_those_who_wait(cloud: Cloud, capsys: pytest.CaptureFixture[str]) -> None:
    wait(cloud, "one", minutes=10)
    handler({}, None)
    metrics = [json.loads(line) for line in capsys.readouterr().out.splitlines() if "_aws" in line]
    assert [each["ConversationsWaiting"] for each in metrics] == [[1.0]]
    assert metrics[0]["_aws"]["CloudWatchMetrics"][0]["Namespace"] == "Switchboard"


def test_of_what_there_is_none_nothing_is_published(
    cloud: Cloud, capsys: pytest.CaptureFixture[str], recwarn: pytest.WarningsRecorder
) -> None:
    handler({}, None)
    assert "_aws" not in capsys.readouterr().out
    wait(cloud, "one", minutes=10)
    handler({}, None)
    (metrics,) = (json.loads(line) for line in capsys.readouterr().out.splitlines() if "_aws" in line)
    assert "ConversationsWaiting" in metrics
    assert not {"PartsInDoubt", "TurnsFailed"} & metrics.keys()
    assert not recwarn.list


def test_parts_in_doubt_and_failed_turns_are_counted_for_their_alarms(
    cloud: Cloud, capsys: pytest.CaptureFixture[str]
) -> None:
    for minutes in (5, 11, 60):
        doubt(cloud, minutes=minutes)
    message = wait(cloud, "one", minutes=1)
    desk = DynamoConversations(cloud.dynamodb, CONVERSATIONS, PEOPLE)
    lease = Lease(ConversationId("one"), "worker")
    desk.acquire(lease, now_ms=0, until_ms=1)
    desk.begin(lease, turn_of([message]), [message])
    desk.finish(lease, replace(turn_of([message]), state=TurnState.FAILED))
    handler({}, None)
    (metrics,) = (json.loads(line) for line in capsys.readouterr().out.splitlines() if "_aws" in line)
    assert (metrics["PartsInDoubt"], metrics["TurnsFailed"]) == ([2.0], [1.0])
