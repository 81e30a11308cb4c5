"""A signal is acknowledged only when what waited was answered."""

import json
from dataclasses import dataclass, replace
from typing import Any

import pytest
from handlers.converse import handler
from switchboard.adapters.dynamo.conversation.connections import DynamoConnections
from switchboard.adapters.dynamo.conversation.conversations import DynamoConversations
from switchboard.adapters.dynamo.conversation.mailbox import DynamoMailbox
from switchboard.adapters.dynamo.spend.ledger import settling
from switchboard.adapters.queues import Queue
from switchboard.channels.sms import SPEC as SMS
from switchboard.channels.web.handlers import receive as receive_web
from switchboard.core.conversation.reply import Limits
from switchboard.core.conversation.store import Lease
from switchboard.core.errors import ModelUnavailable
from switchboard.core.messages.message import Inbound, Origin
from switchboard.core.model.types import ToolCall
from switchboard.core.people.sockets import Socket
from switchboard.core.spend.ledger import Reservation, day_of
from switchboard.platform.clock import SystemClock
from switchboard.runtime import conversation

from tests.examples import ADA, ADAS_PAGE, CONVERSATION, prompt, text
from tests.fakes.clock import EPOCH_MS
from tests.fakes.model import FakeModel
from tests.handlers.cloud import Cloud
from tests.handlers.conftest import Logs
from tests.handlers.events import failed, frame, sqs
from tests.tables import CONVERSATIONS, PEOPLE

SIGNAL = json.dumps({"conversation": CONVERSATION})


@dataclass
class Context:
    seconds: float = 120

    def get_remaining_time_in_millis(self) -> int:
        return round(self.seconds * 1000)


@pytest.fixture
def model(monkeypatch: pytest.MonkeyPatch) -> FakeModel:
    made = FakeModel([["Hello", " Ada."]])
    monkeypatch.setattr(conversation, "chat_model", lambda *_args, **_kwargs: made, raising=False)
    return made


def keep(cloud: Cloud, *messages: Inbound) -> None:
    mailbox = DynamoMailbox(cloud.dynamodb, CONVERSATIONS)
    for message in messages:
        mailbox.keep(CONVERSATION, message)


def test_a_text_is_answered_on_the_replies_topic(cloud: Cloud, model: FakeModel) -> None:
    keep(cloud, text(1))
    assert failed(handler(sqs(SIGNAL), Context())) == []
    (reply,) = [json.loads(body) for body in cloud.replies()]
    assert reply == {
        "conversation": CONVERSATION,
        "turn": text(1).key,
        "address": {"channel": "sms", "value": "+12065550150"},
        "text": f"{SMS.policy.disclosure}\n\nHello Ada.",
        "asked_ms": text(1).at_ms,
        "always": False,
        "after": "",
        "asked": True,
        "zone": "UTC",
    }
    assert cloud.items("TURN#")[0]["state"] == "answered"


def test_replies_carry_the_attribute_that_delivery_queues_filter_by(cloud: Cloud, model: FakeModel) -> None:
    only = cloud.sqs.create_queue(QueueName="only-sms")["QueueUrl"]
    cloud.sns.subscribe(
        TopicArn=cloud.replies_topic,
        Protocol="sqs",
        Endpoint="arn:aws:sqs:us-east-1:123456789012:only-sms",
        Attributes={"RawMessageDelivery": "true", "FilterPolicy": '{"channel": ["sms"]}'},
    )
    keep(cloud, text(1))
    receive_web.handler(frame("sendprompt", msgid="m-1", text="Hi"), None)
    handler(sqs(SIGNAL), Context())
    found = cloud.sqs.receive_message(QueueUrl=only, MaxNumberOfMessages=10)["Messages"]
    assert [json.loads(message["Body"])["address"]["channel"] for message in found] == ["sms"]


def test_a_prompt_streams_to_its_socket(cloud: Cloud, model: FakeModel) -> None:
    receive_web.handler(frame("sendprompt", msgid="m-1", text="Hi"), None)
    handler(sqs(SIGNAL), Context())
    accepted, *deltas, done = cloud.frames()
    assert accepted["type"] == "accepted"
    assert {each["type"] for each in deltas} == {"delta"}
    assert "".join(each["text"] for each in deltas) == done["text"] == "Hello Ada."
    assert [each["seq"] for each in (*deltas, done)] == list(range(1, len(deltas) + 2))
    assert done["usage"] == {"model": "grammar", "prompt": 10, "cached": 4, "completion": 5}
    assert done["cost"] == "0.000000"


def test_a_signal_too_many_finds_nothing_to_do(cloud: Cloud, model: FakeModel) -> None:
    keep(cloud, text(1))
    for _ in range(3):
        assert failed(handler(sqs(SIGNAL), Context())) == []
    assert len(cloud.replies()) == len(model.requests) == 1


def test_a_busy_conversation_puts_its_signal_back_until_the_lease_runs_out(
    cloud: Cloud, model: FakeModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(cloud, text(1))
    now = SystemClock().now_ms()
    desk = DynamoConversations(cloud.dynamodb, CONVERSATIONS, PEOPLE)
    desk.acquire(Lease(CONVERSATION, "other"), now_ms=now, until_ms=now + 20_000)
    cloud.sqs.send_message(QueueUrl=cloud.turns_queue, MessageBody=SIGNAL)
    receipt = cloud.sqs.receive_message(QueueUrl=cloud.turns_queue)["Messages"][0]["ReceiptHandle"]
    waits, put_back = [], Queue.put_back

    def watched(queue: Queue, receipt: str, *, seconds: int) -> None:
        waits.append(seconds)
        put_back(queue, receipt, seconds=seconds)

    monkeypatch.setattr(Queue, "put_back", watched)
    assert failed(handler(sqs(SIGNAL, receipts=(receipt,)), Context())) == ["record-0"]
    assert waits[0] in (20, 21)
    assert model.requests == []


def test_a_worker_without_time_signals_again_and_acknowledges(cloud: Cloud, model: FakeModel) -> None:
    keep(cloud, text(1))
    assert failed(handler(sqs(SIGNAL), Context(seconds=Limits().seconds - 1))) == []
    assert cloud.signals() == [CONVERSATION]
    assert model.requests == []


def test_a_signal_that_cannot_be_read_fails(cloud: Cloud, model: FakeModel) -> None:
    assert failed(handler(sqs("nonsense"), Context())) == ["record-0"]


def test_a_reply_that_cannot_be_published_is_published_the_next_time(cloud: Cloud, model: FakeModel) -> None:
    keep(cloud, text(1))
    cloud.sns.delete_topic(TopicArn=cloud.replies_topic)
    assert failed(handler(sqs(SIGNAL), Context())) == ["record-0"]
    cloud.sns.create_topic(Name="replies")
    cloud.sns.subscribe(
        TopicArn=cloud.replies_topic,
        Protocol="sqs",
        Endpoint="arn:aws:sqs:us-east-1:123456789012:replies",
        Attributes={"RawMessageDelivery": "true"},
    )
    assert failed(handler(sqs(SIGNAL), Context())) == []
    assert [json.loads(body)["turn"] for body in cloud.replies()] == [text(1).key]
    assert len(model.requests) == 1


def test_a_model_that_is_down_is_an_honest_reply_and_a_line_in_the_log(
    cloud: Cloud, model: FakeModel, logs: Logs
) -> None:
    model.scripts = [ModelUnavailable("about my secret")]
    keep(cloud, text(1))
    assert failed(handler(sqs(SIGNAL), Context())) == []
    assert "can't reach" in json.loads(cloud.replies()[0])["text"]
    assert [line["error"] for line in logs.lines if line["message"] == "model failed"] == ["ModelUnavailable"]
    assert "my secret" not in logs.written


def test_the_log_names_the_conversation(cloud: Cloud, model: FakeModel, logs: Logs) -> None:
    keep(cloud, text(1))
    handler(sqs(SIGNAL), Context())
    (line,) = [line for line in logs.lines if line["message"] == "conversation"]
    assert (line["conversation"], line["turns"], line["message_id"]) == (CONVERSATION, 1, "record-0")


def test_what_a_turn_cost_is_counted_by_channel_and_skill_and_by_nothing_else(
    cloud: Cloud, model: FakeModel, capsys: pytest.CaptureFixture[str]
) -> None:
    model.scripts = [[ToolCall("c-1", "current_time", '{"place": "Lisbon"}')], ["Noon."]]
    keep(cloud, text(1))
    handler(sqs(SIGNAL), Context())
    (cost,) = metrics(capsys, "TurnCost")
    assert cost["TurnCost"] == [0.013]
    assert set(cost) - {"_aws", "TurnCost"} == {"service", "channel", "skill"}
    assert (cost["channel"], cost["skill"]) == ("sms", "everyday")


def test_a_person_who_has_spent_it_all_is_told_once_and_counted_each_time(
    cloud: Cloud, model: FakeModel, capsys: pytest.CaptureFixture[str]
) -> None:
    day = day_of(SystemClock().now_ms())
    spent = settling(PEOPLE, ADA, Reservation(day), 960_000)
    cloud.dynamodb.transact_write_items(TransactItems=[spent])  # type: ignore[list-item]
    for number in (1, 2):
        keep(cloud, text(number))
        assert failed(handler(sqs(SIGNAL), Context())) == []
    (reply,) = cloud.replies()
    assert "You have used up what I may spend on you" in json.loads(reply)["text"]
    assert [each["reason"] for each in metrics(capsys, "TurnsRefused")] == ["refused", "refused"]
    assert model.requests == []


def metrics(capsys: pytest.CaptureFixture[str], name: str) -> list[dict[str, Any]]:
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines() if name in line]
    return [line for line in lines if "_aws" in line]


def test_news_reaches_every_open_page(cloud: Cloud, model: FakeModel) -> None:
    connections = DynamoConnections(cloud.dynamodb, CONVERSATIONS)
    for socket in ("socket-1", "socket-2"):
        connections.opened(Socket(socket, CONVERSATION, ADAS_PAGE), at_ms=EPOCH_MS)
    keep(cloud, replace(prompt(1, "Your phone is linked.", stream=""), origin=Origin.NEWS))
    handler(sqs(SIGNAL), Context())
    notice = {"type": "notice", "turn": prompt(1).key, "text": "Your phone is linked."}
    assert [cloud.frames(socket) for socket in ("socket-1", "socket-2")] == [[notice], [notice]]
    assert model.requests == []
