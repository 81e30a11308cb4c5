"""What a call costs by profile and length, the AWS calls it takes, and the memory that its steps need."""

import json
import tracemalloc
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import redirect_stdout
from dataclasses import dataclass, replace
from io import StringIO
from time import time
from typing import Any

import boto3
from switchboard.adapters.blobs import S3Blobs
from switchboard.adapters.dynamo.skill_records import DynamoRecords
from switchboard.adapters.dynamo.table.items import pack
from switchboard.adapters.s3 import make_client
from switchboard.core.model.token_estimates import estimate_tokens, request_tokens
from switchboard.core.model.types import Completion, Request, Usage
from switchboard.core.spend.ledger import dollars
from switchboard.skills.calls.domain.call import Call, Moment, Status, Wish, call_id
from switchboard.skills.calls.domain.files import upload_key
from switchboard.skills.calls.profiles.builtin import STANDARD
from switchboard.skills.calls.profiles.profile import Mode
from switchboard.skills.calls.profiles.repository import ProfileBook
from switchboard.skills.calls.store.repository import CallBook
from switchboard.skills.calls.wiring import analysis, transcription
from switchboard.skills.calls.wiring.outcomes import Outcome

from bench.account import PERSON, REGION, Account, account
from local.recordings.long_call import long_call
from local.world.model.schemas import answer_of
from stacks.settings import Spend

MODEL = "gpt-6-luna"
SMALLEST_MB = 1024
"""Of the functions that read a whole transcript."""
LENGTHS: Mapping[str, float] = {"10 minutes": 1 / 6, "3 hours": 3}


@dataclass
class Grammar:
    """Answers as the laptop's model does; counts tokens as they are reserved."""

    def complete(self, request: Request) -> Completion:
        found = answer_of(request.messages[-1].text, request.schema or {})
        text = found.text if found else ""
        usage = Usage(MODEL, prompt=request_tokens(request), completion=estimate_tokens(text))
        return Completion(text, usage=usage)


@dataclass
class Stenographer:
    """Has the result of the only recording there is."""

    heard: Mapping[str, Any]
    name: str = "scribe"

    def start(self, call: str, audio_url: str) -> str:  # noqa: ARG002 - a transcriber's
        return "job"

    def result(self, job: str) -> Mapping[str, Any] | None:  # noqa: ARG002 - a transcriber's
        return self.heard

    def forget(self, job: str) -> None:
        """It keeps nothing of its own."""


@dataclass(frozen=True, slots=True)
class Measured:
    listening: int
    reading: int
    requests: int
    calls: Counter[str]
    peak_mb: float


def rows() -> Iterator[str]:
    for length, hours in LENGTHS.items():
        heard = transcribed(hours)
        for mode in Mode:
            found = measured(heard, mode)
            whole = dollars(found.listening + found.reading)
            yield (
                f"{length}, {mode.value}: ${whole} (listening {dollars(found.listening)}, reading "
                f"{dollars(found.reading)}), {found.requests} requests, {found.calls.total()} AWS calls"
            )
        mark = "✓" if found.peak_mb < SMALLEST_MB / 4 else "✗"
        yield f"  memory for the data of it (a function has {SMALLEST_MB} MB): {mark} {found.peak_mb:.0f} MB"
    yield "  " + ", ".join(f"{count} {name}" for name, count in sorted(found.calls.items()))


def transcribed(hours: float) -> Mapping[str, Any]:
    """As ElevenLabs writes it."""
    made = long_call(hours=hours).sidecar
    words = [
        {"text": word.text, "start": word.start, "end": word.end, "type": "word", "speaker_id": word.speaker}
        for word in made.words
    ]
    spaced = [each for word in words for each in (word, {**word, "text": " ", "type": "spacing"})]
    return {"language_code": "eng", "audio_duration_secs": made.seconds, "words": spaced}


def measured(heard: Mapping[str, Any], mode: Mode) -> Measured:
    with redirect_stdout(StringIO()), account(history=0) as ours:
        call = prepared(mode)
        steps = Steps(places(ours), heard)
        ours.meter.reset()
        tracemalloc.start()
        requests = steps.run(call)
        peak = tracemalloc.get_traced_memory()[1] / 1e6
        tracemalloc.stop()
        calls = Counter(ours.meter.calls)
        done = book().find(call.id)
        reading = done.findings[-1].cost
        return Measured(done.cost - reading, reading, requests, calls, peak)


def prepared(mode: Mode) -> Call:
    """A call that is queued, and the profile that it is to be read by."""
    dynamodb, s3 = boto3.client("dynamodb"), boto3.client("s3", region_name=REGION)
    dynamodb.create_table(
        TableName="calls",
        KeySchema=[
            {"AttributeName": "pk", "KeyType": "HASH"},
            {"AttributeName": "sk", "KeyType": "RANGE"},
        ],
        AttributeDefinitions=[{"AttributeName": each, "AttributeType": "S"} for each in ("pk", "sk")],
        BillingMode="PAY_PER_REQUEST",
    )
    s3.create_bucket(Bucket="recordings")
    dynamodb.put_item(TableName="people", Item=pack({"pk": f"PERSON#{PERSON}", "sk": "PROFILE"}))
    made = ProfileBook(book().records, PERSON).save(replace(STANDARD, id="measured", mode=mode))
    at_ms = int(time() * 1000)
    moments = (Moment(Status.UPLOADING, at_ms), Moment(Status.QUEUED, at_ms))
    call = Call(
        id=call_id(at_ms, "0" * 16),
        person=PERSON,
        file_name="call.wav",
        content_type="audio/wav",
        size=1,
        created_ms=at_ms,
        history=moments,
        wish=Wish(made.id, made.version),
        object_version="v1",
    )
    book().add(call)
    S3Blobs(make_client(), "recordings").put(
        upload_key(call.id, call.file_name), b"x", content_type="audio/wav"
    )
    return call


def book() -> CallBook:
    return CallBook(DynamoRecords(boto3.client("dynamodb"), "calls"))


def places(ours: Account) -> dict[str, str]:
    return {
        "calls_table": "calls",
        "recordings_bucket": "recordings",
        "people_table": "people",
        "conversations_table": "conversations",
        "connections_url": "http://127.0.0.1:9/prod",
        "spend": Spend(person_day="100", person_month="100", deployment_day="1000").to_json(),
        "turns_topic": ours.topics["turns"],
    }


@dataclass(frozen=True, slots=True)
class Steps:
    """The functions of the machine, in order."""

    where: Mapping[str, str]
    heard: Mapping[str, Any]

    def run(self, call: Call) -> int:
        """How often the model was asked."""
        listens, transcriber = Stenographer(self.heard), json.dumps({"name": "scribe"})
        begun = {"call": call.id, "longest_ms": 1, "token": ""}
        self._done(transcription.transcribing(listens=listens, **self.where)(begun))
        self._done(transcription.looking(listens=listens, **self.where)({"call": call.id}))
        model = json.dumps({"providers": [{"models": {"small": MODEL, "large": MODEL}}]})
        plan = analysis.planning(transcriber=transcriber, model=model, **self.where)
        order = {"call": call.id, "analysis": "a1", "profile": "", "version": 0, "trial": False}
        task = self._done(plan(order))["task"]
        read = analysis.analysing(thinks=Grammar(), transcriber=transcriber, **self.where)
        for number in range(task["works"]):
            self._done(read({"task": task, "number": number}))
        finish = analysis.finishing(thinks=Grammar(), transcriber=transcriber, **self.where)
        self._done(finish({"task": task}))
        return int(task["works"])

    def _done(self, outcome: Outcome) -> Outcome:
        if outcome["state"] not in {"pending", "ready", "Completed"}:
            raise ValueError(outcome["reason"])
        return outcome
