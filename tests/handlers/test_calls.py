"""The functions that work on a call, one after the other, as the machine calls them."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import boto3
import pytest
from switchboard.adapters.blobs import S3Blobs
from switchboard.adapters.dynamo.people.people import DynamoPeople
from switchboard.adapters.dynamo.skill_records import DynamoRecords
from switchboard.core.errors import ModelUnavailable
from switchboard.skills.calls.domain.call import Call, Status
from switchboard.skills.calls.domain.failure_reasons import Reason
from switchboard.skills.calls.domain.files import upload_key
from switchboard.skills.calls.handlers import analyze as analyze_call
from switchboard.skills.calls.handlers import fail as fail_call
from switchboard.skills.calls.handlers import finish as finish_call
from switchboard.skills.calls.handlers import plan as plan_call
from switchboard.skills.calls.handlers import poll_transcript as look_for_transcript
from switchboard.skills.calls.handlers import receive_transcript
from switchboard.skills.calls.handlers import start as start_call
from switchboard.skills.calls.handlers import transcribe as transcribe_call
from switchboard.skills.calls.store.repository import CallBook
from switchboard.skills.calls.transcription.webhook import sign
from switchboard.skills.calls.wiring import transcription
from switchboard.skills.calls.workflow.context import forget

from tests.examples import ADAS_PHONE
from tests.handlers import events
from tests.handlers.cloud import SETTINGS, Cloud
from tests.handlers.conftest import Logs
from tests.skills.calls import examples
from tests.skills.calls.fakes import FakeTranscriber, Reader
from tests.tables import CALLS, CONVERSATIONS, PEOPLE, RECORDINGS

SAID = examples.elevenlabs("anna: Hello Ben.", "ben: I will send the zeppelin report on Friday.")
ANSWER = '{"summary": "Ben will send a report."}'


@dataclass
class Waiting:
    """Who was answered, and how."""

    went_on: list[str] = field(default_factory=list)
    gave_up: list[tuple[str, str]] = field(default_factory=list)

    def go_on(self, token: str) -> bool:
        self.went_on.append(token)
        return True

    def give_up(self, token: str, error: str) -> bool:
        self.gave_up.append((token, error))
        return True


@dataclass
class Shop:
    """Everything that stands around the functions."""

    cloud: Cloud
    secret: str
    waiting: Waiting = field(default_factory=Waiting)
    transcriber: FakeTranscriber = field(default_factory=FakeTranscriber)
    model: Reader = field(default_factory=lambda: Reader([ANSWER]))

    def __post_init__(self) -> None:
        self.book = CallBook(DynamoRecords(self.cloud.dynamodb, CALLS))
        self.blobs = S3Blobs(boto3.client("s3"), RECORDINGS)

    def uploaded(self) -> tuple[Call, dict[str, Any]]:
        """A call of Ada's, and what the queue says of its recording."""
        people = DynamoPeople(self.cloud.dynamodb, PEOPLE, CONVERSATIONS, lambda: "ada")
        made = replace(examples.call(), person=people.behind(ADAS_PHONE), tell=("sms", ADAS_PHONE.value))
        self.book.add(made)
        key = upload_key(made.id, made.file_name)
        self.blobs.put(key, examples.WAV, content_type="audio/wav")
        there = self.blobs.stat(key)
        assert there
        thing = {"key": key, "size": there.size, "versionId": there.version}
        return made, {"Records": [{"eventName": "ObjectCreated:Post", "s3": {"object": thing}}]}

    def started(self) -> Call:
        made, event = self.uploaded()
        assert start_call.handler(events.sqs(json.dumps(event)), None) == {"batchItemFailures": []}
        return made

    def transcribing(self) -> Call:
        made = self.started()
        for token in ("", "token-1"):
            told = transcribe_call.handler({"call": made.id, "longest_ms": 60_000, "token": token}, None)
            assert told["state"] == "pending"
        return made

    def brought(self, call: Call, result: object, *, secret: str = "", job: str = "job-1") -> int:
        """The status that the transcriber is answered with."""
        data = {"request_id": job, "webhook_metadata": {"call": call.id}, "transcription": result}
        raw = json.dumps({"data": data})
        signature = sign(raw.encode(), secret=secret or self.secret, now=int(time.time()))
        answer = receive_transcript.handler(
            {"body": raw, "headers": {"elevenlabs-signature": signature}}, None
        )
        return int(answer["statusCode"])

    def planned(self, call: Call) -> Mapping[str, Any]:
        given = {"call": call.id, "analysis": "a1", "profile": "", "version": 0, "trial": False}
        told: Mapping[str, Any] = plan_call.handler(given, None)
        return told


@pytest.fixture
def shop(cloud: Cloud, monkeypatch: pytest.MonkeyPatch) -> Shop:
    secrets = boto3.client("secretsmanager")
    arn = secrets.create_secret(Name="one", SecretString="of nobody")["ARN"]
    secrets.put_secret_value(SecretId=arn, SecretString="wsec_1", VersionStages=["transcripts"])
    monkeypatch.setenv("TRANSCRIPTS_SECRET", arn)
    monkeypatch.setenv("MACHINE", machine())
    made = Shop(cloud, "wsec_1")
    monkeypatch.setattr(transcription, "TaskTokens", lambda _client: made.waiting)
    for module in (transcribe_call, look_for_transcript):
        monkeypatch.setattr(module, "transcriber_of", lambda *_args, **_kwargs: made.transcriber)
    for module in (analyze_call, finish_call):
        monkeypatch.setattr(module, "model_asked_once", lambda *_args, **_kwargs: made.model)
    return made


def machine() -> str:
    """One that ends at once."""
    definition = json.dumps({"StartAt": "End", "States": {"End": {"Type": "Succeed"}}})
    states = boto3.client("stepfunctions")
    role = "arn:aws:iam::123456789012:role/machine"
    return states.create_state_machine(name="calls", definition=definition, roleArn=role)["stateMachineArn"]


def test_a_recording_goes_from_its_upload_to_its_insights(shop: Shop) -> None:
    made = shop.transcribing()
    assert shop.brought(made, SAID) == 200
    assert shop.waiting.went_on == ["token-1"]
    assert look_for_transcript.handler({"call": made.id}, None)["state"] == "ready"
    assert shop.transcriber.forgotten == ["job-1"]
    shop.model.replies = [json.dumps(STANDARD_ANSWER)]
    planned = shop.planned(made)
    assert planned["state"] == "ready"
    task = planned["task"]
    for number in range(task["works"]):
        assert analyze_call.handler({"task": task, "number": float(number)}, None)["state"] == "ready"
    assert finish_call.handler({"task": task}, None)["state"] == "Completed"
    done = shop.book.find(made.id)
    assert done.status is Status.COMPLETED
    (news,) = shop.cloud.items("WAIT#")
    assert '"call.wav" is done' in news["text"]


STANDARD_ANSWER = {
    "summary": "Ben will send a report.",
    **{name: [] for name in ("topics", "sentiment", "action_items", "scorecard")},
    "quotes": [{"quote": "I will send the zeppelin report on Friday.", "why": "It is promised.", "line": 1}],
}


def test_a_machine_is_started_once_however_often_its_upload_is_told_of(shop: Shop) -> None:
    made, event = shop.uploaded()
    body = json.dumps(event)
    wrapped = json.dumps({"Type": "Notification", "Message": body})
    told = events.sqs(body, wrapped, body, wrapped, body, json.dumps({"Event": "s3:TestEvent"}))
    assert start_call.handler(told, None) == {"batchItemFailures": []}
    states = boto3.client("stepfunctions")
    (arn,) = (each["stateMachineArn"] for each in states.list_state_machines()["stateMachines"])
    runs = states.list_executions(stateMachineArn=arn)["executions"]
    assert [each["name"] for each in runs] == [f"{made.id}-{shop.book.find(made.id).object_version}"]


def test_what_is_no_event_of_a_bucket_comes_again_and_ends_as_a_dead_letter(shop: Shop) -> None:
    assert events.failed(start_call.handler(events.sqs("{}"), None)) == ["record-0"]


@pytest.mark.parametrize(("secret", "status"), [("another", 401), ("wsec_1", 200)])
def test_a_webhook_is_believed_by_its_signature_alone(secret: str, status: int, shop: Shop) -> None:
    made = shop.transcribing()
    assert shop.brought(made, SAID, secret=secret) == status
    assert shop.book.find(made.id).has_transcript is (status == 200)


def test_bad_news_that_nobody_waits_for_yet_has_to_be_brought_again(shop: Shop) -> None:
    made = shop.started()
    transcribe_call.handler({"call": made.id, "longest_ms": 60_000, "token": ""}, None)
    assert shop.brought(made, None) == 503
    transcribe_call.handler({"call": made.id, "longest_ms": 60_000, "token": "token-1"}, None)
    assert shop.brought(made, None) == 200
    assert shop.waiting.gave_up == [("token-1", "BAD_AUDIO")]


def test_a_transcript_that_came_before_anybody_waited_is_told_to_who_comes(shop: Shop) -> None:
    made = shop.started()
    transcribe_call.handler({"call": made.id, "longest_ms": 60_000, "token": ""}, None)
    assert shop.brought(made, SAID) == 200
    assert shop.waiting.went_on == []
    transcribe_call.handler({"call": made.id, "longest_ms": 60_000, "token": "token-2"}, None)
    assert shop.waiting.went_on == ["token-2"]


def test_silence_is_told_when_it_is_looked_at(shop: Shop) -> None:
    made = shop.transcribing()
    shop.brought(made, {"words": [], "audio_duration_secs": 3})
    assert shop.waiting.went_on == ["token-1"]
    assert look_for_transcript.handler({"call": made.id}, None)["reason"] == "SILENT"


def test_a_transcript_that_nobody_brought_is_asked_for(shop: Shop) -> None:
    made = shop.transcribing()
    assert look_for_transcript.handler({"call": made.id}, None)["state"] == "pending"
    shop.transcriber.results["job-1"] = SAID
    assert look_for_transcript.handler({"call": made.id}, None)["state"] == "ready"


def test_a_call_that_is_deleted_on_the_way_is_gone_and_nothing_of_it_is_left(shop: Shop) -> None:
    made = shop.transcribing()
    forget(shop, made.id)
    gone = {"call": made.id, "longest_ms": 1, "token": ""}
    assert transcribe_call.handler(gone, None)["state"] == "gone"
    assert look_for_transcript.handler({"call": made.id}, None)["state"] == "gone"
    assert shop.planned(made)["state"] == "gone"
    assert fail_call.handler({**failing(made), "error": "States.Timeout"}, None)["state"] == "gone"
    assert "Versions" not in boto3.client("s3").list_object_versions(Bucket=RECORDINGS)


def test_of_a_recording_that_failed_no_version_is_left(shop: Shop) -> None:
    """Not even an upload in parts that was begun beside it."""
    made, s3 = shop.transcribing(), boto3.client("s3")
    key = upload_key(made.id, made.file_name)
    shop.blobs.put(key, b"another", content_type="audio/wav")
    shop.blobs.begin(key, content_type="audio/wav")
    fail_call.handler(failing(made, "BAD_AUDIO"), None)
    assert "Versions" not in s3.list_object_versions(Bucket=RECORDINGS)
    assert "Uploads" not in s3.list_multipart_uploads(Bucket=RECORDINGS)


def failing(call: Call, error: str = "MODEL_DOWN") -> dict[str, Any]:
    return {"call": call.id, "analysis": "a1", "task": {}, "error": error, "cause": ""}


def test_a_call_that_something_stopped_says_why(shop: Shop) -> None:
    made = shop.transcribing()
    assert fail_call.handler(failing(made, "ModelUnavailable"), None)["state"] == "Failed"
    assert fail_call.handler(failing(made, "States.Timeout"), None)["state"] == "Failed"
    assert shop.book.find(made.id).reason is Reason.MODEL_DOWN


@pytest.mark.parametrize(
    ("error", "concerns"),
    [("ModelUnavailable", True), ("KeyError", True), ("SILENT", False), ("States.Timeout", False)],
)
def test_the_last_step_says_whether_the_operator_has_to_hear_of_it(
    error: str,
    concerns: bool,  # noqa: FBT001 - a column of the table above
    shop: Shop,
) -> None:
    told = fail_call.handler(failing(shop.transcribing(), error), None)
    assert told["concerns_the_operator"] is concerns


def test_what_a_failed_analysis_has_cost_is_paid(shop: Shop) -> None:
    made = shop.transcribing()
    shop.brought(made, SAID)
    shop.model.replies = ["no JSON"]
    task = shop.planned(made)["task"]
    told = analyze_call.handler({"task": task, "number": 0}, None)
    assert (told["state"], told["reason"]) == ("failed", "ANSWER_UNFIT")
    before = shop.book.find(made.id).cost
    fail_call.handler({**failing(made, told["reason"]), "task": task}, None)
    failed = shop.book.find(made.id)
    assert failed.reason is Reason.ANSWER_UNFIT
    assert failed.cost > before


def test_of_an_error_that_is_tried_again_the_machine_sees_the_name_alone(shop: Shop) -> None:
    made = shop.transcribing()
    shop.brought(made, SAID)
    task = shop.planned(made)["task"]
    shop.model.replies = [ModelUnavailable("somebody said zeppelin")]
    with pytest.raises(Exception, match=r"\AModelUnavailable\Z") as raised:
        analyze_call.handler({"task": task, "number": 0}, None)
    assert raised.type.__name__ == "ModelUnavailable"


def test_what_is_said_on_a_call_is_in_no_log(shop: Shop, logs: Logs) -> None:
    made = shop.transcribing()
    shop.brought(made, SAID)
    shop.planned(made)
    fail_call.handler(failing(made), None)
    assert len(logs.lines) > 4
    told = (SETTINGS["TRANSCRIBER_SECRET"], "zeppelin", "Hello Ben", shop.secret, ADAS_PHONE.value)
    assert [each for each in told if each in logs.written] == []
