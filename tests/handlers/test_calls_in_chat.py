"""A person asks about their calls in chat, and has tasks made of what was promised there."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import boto3
import pytest
from handlers.converse import handler
from switchboard.adapters.blobs import S3Blobs
from switchboard.adapters.dynamo.conversation.mailbox import DynamoMailbox
from switchboard.adapters.dynamo.skill_records import DynamoRecords
from switchboard.adapters.dynamo.table.items import unpack
from switchboard.adapters.s3 import make_client
from switchboard.channels import CHANNELS
from switchboard.core.channels.policy import PolicyBroken, check
from switchboard.core.conversation.tool_guard import WAITS
from switchboard.core.messages.quoting import marked
from switchboard.core.model.types import ToolCall, ToolResult
from switchboard.runtime import conversation, toolboxes
from switchboard.skills import SKILLS
from switchboard.skills.calls.domain import insights
from switchboard.skills.calls.domain.files import analysis_key
from switchboard.skills.calls.store.repository import CallBook

from tests.api.recorded import ANALYSIS, done, keep
from tests.examples import ADA, CONVERSATION, text
from tests.fakes.model import FakeModel
from tests.handlers.events import failed, sqs
from tests.handlers.test_converse import SIGNAL, Context
from tests.tables import CALLS, CONVERSATIONS, RECORDINGS, TASKS

if TYPE_CHECKING:
    from switchboard.core.messages.message import Inbound

    from tests.handlers.cloud import Cloud

PROMISED = {
    "action_items": [{"task": "Send the offer", "owner": "Anna", "due": "Friday", "start_ms": 65_000}]
}
NEW_TASK: dict[str, Any] = {
    **dict.fromkeys(("title", "amount", "unit", "cadence", "times_a_week", "total", "due", "minutes_each")),
    "sentence": "send the offer by Friday",
    "weekdays": [],
}


def called(name: str, **arguments: object) -> list[ToolCall]:
    return [ToolCall(f"call-{name}", name, json.dumps(arguments))]


def recorded() -> None:
    book = CallBook(DynamoRecords(boto3.client("dynamodb"), CALLS))
    blobs = S3Blobs(make_client(), RECORDINGS)
    made = done(ADA, 1)
    keep(made, book, blobs)
    found = insights.unpacked(blobs.get(analysis_key(made.id, ANALYSIS)))
    kept = insights.packed(replace(found, values=PROMISED))
    blobs.put(analysis_key(made.id, ANALYSIS), kept, content_type="application/json")


def answered(
    cloud: Cloud,
    monkeypatch: pytest.MonkeyPatch,
    asked: str,
    *scripts: list[ToolCall] | list[str],
) -> FakeModel:
    model = FakeModel(scripts)
    monkeypatch.setattr(conversation, "chat_model", lambda *_args, **_kwargs: model, raising=False)
    say(cloud, text(1, asked))
    return model


def say(cloud: Cloud, message: Inbound) -> None:
    DynamoMailbox(cloud.dynamodb, CONVERSATIONS).keep(CONVERSATION, message)
    assert failed(handler(sqs(SIGNAL), Context())) == []


def results(model: FakeModel) -> list[str]:
    return [each.text for each in model.requests[-1].messages if isinstance(each, ToolResult)]


def test_action_items_become_tasks_on_the_persons_yes(cloud: Cloud, monkeypatch: pytest.MonkeyPatch) -> None:
    recorded()
    model = answered(
        cloud,
        monkeypatch,
        "Turn the action items of my last call into tasks",
        called("action_items", call="last"),
        called("add_task", **NEW_TASK),
        ["It waits for you."],
        ["It is on your list."],
    )
    promised, waits = results(model)
    assert "1. Send the offer, owner Anna, due Friday, at 1:05" in promised
    assert waits == WAITS
    (asked,) = map(json.loads, cloud.replies())
    assert asked["text"].endswith('- add task "send the offer by Friday"\nReply yes to do it, or no.')
    say(cloud, text(2, "Yes please"))
    assert results(model) == [marked("Added 1 send the offer: by Fri.", "tasks")]
    kept = [unpack(item) for item in cloud.dynamodb.scan(TableName=TASKS)["Items"]]
    assert any(item["sk"].startswith("TASK#") and "offer" in repr(item["body"]) for item in kept)


def test_what_was_asked_for_in_a_call_is_told(cloud: Cloud, monkeypatch: pytest.MonkeyPatch) -> None:
    recorded()
    model = answered(
        cloud,
        monkeypatch,
        "What did the client ask for?",
        called("search_calls", words="ten percent", call="last"),
        ["Ten percent off."],
    )
    (found,) = results(model)
    assert "ben: I would like ten percent off." in found


def test_calls_are_listed_by_a_command(cloud: Cloud, monkeypatch: pytest.MonkeyPatch) -> None:
    recorded()
    model = answered(cloud, monkeypatch, "/calls", ["never asked"])
    (reply,) = map(json.loads, cloud.replies())
    assert "They renew" in reply["text"]
    assert model.requests == []


def test_a_turn_that_asks_for_no_call_makes_no_client_of_the_bucket(
    cloud: Cloud, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[str] = []
    monkeypatch.setattr(toolboxes, "make_client", lambda: made.append("s3"))
    answered(cloud, monkeypatch, "Hello", ["Hello Ada."])
    assert made == []


def test_calls_are_offered_in_private_and_never_in_a_group() -> None:
    assert all(spec.policy.offers("calls") for spec in CHANNELS.values())
    open_to_groups = replace(CHANNELS["sms"].policy, groups=frozenset({"calls"}))
    with pytest.raises(PolicyBroken, match="never offered in a group"):
        check({"sms": open_to_groups}, SKILLS)
