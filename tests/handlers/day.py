"""A day on which every function runs under Lambda's runtime, and whatever is private is an unusual word."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from typing import TYPE_CHECKING, Any

import boto3
from switchboard.adapters.blobs import S3Blobs
from switchboard.adapters.dynamo.people.people import DynamoPeople
from switchboard.adapters.dynamo.skill_records import DynamoRecords
from switchboard.adapters.model.settings import Models, ModelSettings, Provider, to_json
from switchboard.core.jobs import Job
from switchboard.core.people.address import Address
from switchboard.core.secret_labels import SecretLabel
from switchboard.skills.calls.domain.call import Call, call_id
from switchboard.skills.calls.domain.files import upload_key
from switchboard.skills.calls.store.repository import CallBook
from switchboard.skills.calls.transcription.webhook import sign

from tests.handlers import events
from tests.handlers.cloud import EXPORTS, SETTINGS, Cloud
from tests.handlers.lambda_runtime import Invocation, LambdaRuntime
from tests.handlers.test_calls import STANDARD_ANSWER, machine
from tests.handlers.vendors import Vendors, open_for_business
from tests.skills.calls import examples
from tests.tables import CALLS, CONVERSATIONS, PEOPLE, RECORDINGS

if TYPE_CHECKING:
    import pytest
    from switchboard.core.people.address import PersonId

SAID, TOLD, SPOKEN, FOUND = "my xylophone hurts", "your zeppelin is ready", "the quokka leaks", "a narwhal"
NUMBER, PAGE = "+12065550177", Address("web", "account-okapi")
USERNAME, PASSWORD, BEARER = "axolotl", "Pangolin-7-pangolin", "tapir-of-a-token"
MODEL_KEY, TRANSCRIBER_KEY, WEBHOOK_SECRET = "sk-wombat", "xi-dugong", "wsec_gibbon"
CANARIES = (
    *("xylophone", "zeppelin", "quokka", "narwhal", NUMBER[1:], "okapi"),
    *(USERNAME, PASSWORD, BEARER, MODEL_KEY, TRANSCRIBER_KEY, WEBHOOK_SECRET, "X-Amz-Signature"),
)


@dataclass
class Day:
    cloud: Cloud
    runtime: LambdaRuntime
    vendors: Vendors
    played: list[tuple[str, dict[str, Any], Invocation]] = field(default_factory=list)
    given_out: set[str] = field(default_factory=set)
    """Tokens and tickets of today."""

    def run(self, handler: str, event: dict[str, Any]) -> dict[str, Any]:
        done = self.runtime.invoke(handler, event)
        self.played.append((handler, event, done))
        return done.answer or {}

    def again(self) -> list[tuple[str, Invocation]]:
        """Everything of the day once more."""
        return [(handler, self.runtime.invoke(handler, event)) for handler, event, _ in self.played]

    def leaks(self, printed: str) -> list[str]:
        return [word for word in (*CANARIES, *self.given_out) if word in printed]

    def whole(self) -> None:
        self._signs_in()
        self._writes_on_the_page()
        self._texts()
        self._asks_for_an_export()
        self.run("sweep_overdue", {})
        self._has_a_call_analysed()

    def _signs_in(self) -> None:
        for password in (f"not {PASSWORD}", PASSWORD):
            body = {"username": USERNAME, "password": password}
            told = self._asks("/login", body)
        self.given_out.add(told["token"])
        self._asks("/tasks", {"sentence": f"say {SAID} every day"}, account=PAGE.value)
        ticket = self._asks("/chat/tickets", account=PAGE.value)["ticket"]
        self.given_out.add(ticket)
        self.run("web.authorize", events.connect({"ticket": ticket}))

    def _asks(self, path: str, body: object = None, *, account: str | None = None) -> dict[str, Any]:
        client = os.environ["USER_POOL_CLIENT"]
        event = events.http("POST", path, body=body, account=account, client=client)
        event["headers"] |= {"authorization": f"Bearer {BEARER}", "idempotency-key": "key-1"}
        answered: dict[str, Any] = json.loads(self.run("api", event)["body"])
        return answered

    def _writes_on_the_page(self) -> None:
        self.run("web.receive", events.socket(None, kind="CONNECT"))
        self.run("web.receive", events.frame("sendprompt", msgid="m-1", text=SAID))
        self._answered()

    def _texts(self) -> None:
        self.run("sms.receive", events.sqs(events.carrier_text(SAID, number=NUMBER)))
        self._answered()
        (reply,) = (each for each in self.cloud.replies() if NUMBER in each)
        self.run("sms.deliver", events.sqs(reply))
        sent = json.loads(reply)
        report = events.carrier_report("DELIVERED", {name: sent[name] for name in ("conversation", "turn")})
        self.run("sms.delivery_events", events.sqs(report.replace("+12065550150", NUMBER)))

    def _answered(self) -> None:
        for conversation in self.cloud.signals():
            self.run("converse", events.sqs(json.dumps({"conversation": conversation})))

    def _asks_for_an_export(self) -> None:
        job = Job("export", "errand-1", self._person(), Address("sms", NUMBER))
        self.run("run_job", events.sqs(json.dumps(asdict(job))))

    def _person(self) -> PersonId:
        people = DynamoPeople(self.cloud.dynamodb, PEOPLE, CONVERSATIONS, lambda: "ada")
        return people.behind(Address("sms", NUMBER))

    def _has_a_call_analysed(self) -> None:
        call = self._uploads()
        for token in ("", "token-1"):
            self.run("calls.transcribe", {"call": call.id, "longest_ms": 60_000, "token": token})
        self.run("calls.poll_transcript", {"call": call.id})
        self._is_brought(call)
        self.run("calls.poll_transcript", {"call": call.id})
        order = {"call": call.id, "analysis": "a1", "profile": "", "version": 0, "trial": False}
        task = self.run("calls.plan", order)["task"]
        for number in range(task["works"]):
            self.run("calls.analyze", {"task": task, "number": number})
        self.run("calls.finish", {"task": task})
        stopped = {"error": "ModelUnavailable", "cause": json.dumps({"errorMessage": SPOKEN})}
        self.run("calls.fail", {"call": call.id, "analysis": "a1", "task": {}, **stopped})

    def _uploads(self) -> Call:
        now = time.time_ns() // 1_000_000
        told = replace(
            examples.call(), person=self._person(), tell=("sms", NUMBER), id=call_id(now, f"{1:012x}")
        )
        made = replace(told, created_ms=now, metadata={"client": SAID})
        CallBook(DynamoRecords(self.cloud.dynamodb, CALLS)).add(made)
        key = upload_key(made.id, made.file_name)
        S3Blobs(boto3.client("s3"), RECORDINGS).put(key, examples.WAV, content_type="audio/wav")
        version = boto3.client("s3").head_object(Bucket=RECORDINGS, Key=key)["VersionId"]
        thing = {"key": key, "size": len(examples.WAV), "versionId": version}
        record = {"eventName": "ObjectCreated:Post", "s3": {"object": thing}}
        self.run("calls.start", events.sqs(json.dumps({"Records": [record]})))
        return made

    def _is_brought(self, call: Call) -> None:
        heard = examples.elevenlabs("anna: Hello Ben.", f"ben: I fear {SPOKEN} again.")
        data = {"request_id": "job-1", "webhook_metadata": {"call": call.id}, "transcription": heard}
        raw = json.dumps({"data": data})
        signature = sign(raw.encode(), secret=WEBHOOK_SECRET, now=int(time.time()))
        self.given_out.add(signature)
        self.run("calls.receive_transcript", {"body": raw, "headers": {"elevenlabs-signature": signature}})


@contextmanager
def new_day(cloud: Cloud, runtime: LambdaRuntime, monkeypatch: pytest.MonkeyPatch) -> Iterator[Day]:
    writes = json.dumps({**STANDARD_ANSWER, "summary": f"Ben has {FOUND}.", "quotes": []})
    with open_for_business(Vendors(TOLD, writes)) as vendors:
        for name, value in _environment(vendors).items():
            monkeypatch.setenv(name, value)
        boto3.client("s3").create_bucket(Bucket=EXPORTS)
        yield Day(cloud, runtime, vendors)


def _environment(vendors: Vendors) -> dict[str, str]:
    models = Models(small="small-1", large="large-1")
    own = Provider("compatible", "own", models, base_url=f"{vendors.url}/v1")
    return {
        "AWS_ENDPOINT_URL_PINPOINT_SMS_VOICE_V2": vendors.url,
        "MODEL": to_json(ModelSettings((own,))),
        **dict.fromkeys(
            ("CDN_SECRET", "MODEL_SECRET", "TRANSCRIBER_SECRET", "TRANSCRIPTS_SECRET"), _secret()
        ),
        "TRANSCRIBER": json.dumps({**json.loads(SETTINGS["TRANSCRIBER"]), "base_url": vendors.url}),
        "MACHINE": machine(),
        **_user_pool(),
    }


def _secret() -> str:
    """One, with a label for each of its values."""
    keeper = boto3.client("secretsmanager")
    arn = keeper.create_secret(Name="keys", SecretString="none")["ARN"]
    values = {
        SecretLabel.MODEL: MODEL_KEY,
        SecretLabel.TRANSCRIBER: TRANSCRIBER_KEY,
        SecretLabel.TRANSCRIPTS: WEBHOOK_SECRET,
    }
    for label, value in values.items():
        keeper.put_secret_value(SecretId=arn, SecretString=value, VersionStages=[label])
    return arn


def _user_pool() -> dict[str, str]:
    cognito = boto3.client("cognito-idp")
    pool = cognito.create_user_pool(PoolName="people")["UserPool"]["Id"]
    flows = ["ALLOW_ADMIN_USER_PASSWORD_AUTH"]
    made = cognito.create_user_pool_client(UserPoolId=pool, ClientName="page", ExplicitAuthFlows=flows)  # type: ignore[arg-type]
    cognito.admin_create_user(UserPoolId=pool, Username=USERNAME, MessageAction="SUPPRESS")
    cognito.admin_set_user_password(UserPoolId=pool, Username=USERNAME, Password=PASSWORD, Permanent=True)
    return {"USER_POOL": pool, "USER_POOL_CLIENT": made["UserPoolClient"]["ClientId"]}
