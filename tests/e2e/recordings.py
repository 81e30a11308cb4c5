"""Calls from outside and inside: recordings uploaded as the page does it, and what becomes of them."""

import json
import secrets
import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import httpx2
from botocore.config import Config
from switchboard.adapters.blobs import S3Blobs
from switchboard.adapters.dynamo.skill_records import DynamoRecords
from switchboard.core.people.address import Address, PersonId
from switchboard.skills.calls.domain import insights, transcript
from switchboard.skills.calls.domain.call import Call, Status
from switchboard.skills.calls.domain.files import analysis_key, transcript_key, upload_key
from switchboard.skills.calls.domain.insights import Insights
from switchboard.skills.calls.domain.transcript import Transcript
from switchboard.skills.calls.profiles.repository import ProfileBook
from switchboard.skills.calls.store.repository import CallBook
from switchboard.skills.calls.uploads.create import Wanted, opened, upload_form

from local.cloud import CLIENT, LocalAws, Outputs, outputs
from tests.e2e.patience import eventually

if TYPE_CHECKING:
    from mypy_boto3_sqs import SQSClient
    from mypy_boto3_stepfunctions import SFNClient

SIGNED = CLIENT.merge(Config(signature_version="s3v4"))
ENDED = {Status.COMPLETED, Status.FAILED}


@dataclass(frozen=True, slots=True)
class Studio:
    """`person` owns the calls that are uploaded."""

    person: PersonId
    book: CallBook
    blobs: S3Blobs
    machines: "SFNClient"
    sqs: "SQSClient"
    found: Outputs
    tell: Address | None = None

    def of(self, person: str) -> "Studio":
        return replace(self, person=PersonId(person))

    def opened(self, audio: bytes, *, name: str = "call.wav") -> Call:
        wanted = Wanted(name, "audio/wav", max(1, len(audio)), {}, consent=True, tell=self.tell)
        made = opened(
            wanted,
            person=self.person,
            at_ms=_now_ms(),
            chance=secrets.token_hex(8),
            profiles=ProfileBook(self.book.records, self.person),
        )
        self.book.add(made)
        return made

    def uploaded(self, audio: bytes) -> Call:
        """Posted to the bucket by its form, as a browser would."""
        made = self.opened(audio)
        form = upload_form(made, book=self.book, blobs=self.blobs, at_ms=_now_ms())
        answer = httpx2.post(
            form.url,
            data=dict(form.fields),
            files={"file": (made.file_name, audio, made.content_type)},
            trust_env=False,
        )
        assert answer.status_code == 204, answer.text
        return made

    def when(self, call: Call, *statuses: Status, seconds: float = 90) -> Call:
        def there() -> Call | None:
            found = self.book.find(call.id)
            return found if found.status in statuses else None

        return eventually(there, what=f"a call that is {' or '.join(statuses)}", seconds=seconds)

    def ended(self, call: Call, *, seconds: float = 90) -> Call:
        return self.when(call, *ENDED, seconds=seconds)

    def transcript(self, call: Call) -> Transcript:
        return transcript.unpacked(self.blobs.get(transcript_key(call.id)))

    def insights(self, call: Call) -> Insights:
        found = self.book.find(call.id).latest
        assert found
        return insights.unpacked(self.blobs.get(analysis_key(call.id, found.id)))

    def executions(self, call: Call) -> list[str]:
        """How each machine that worked on a call stands."""
        pages = self.machines.get_paginator("list_executions").paginate(
            stateMachineArn=self.found["CallsMachineArn"]
        )
        every = (each for page in pages for each in page["executions"])
        return [each["status"] for each in every if each["name"].startswith(call.id)]

    def tell_queue(self, *events: object) -> None:
        """What the bucket tells of, said again by hand."""
        for event in events:
            self.sqs.send_message(QueueUrl=self.queue, MessageBody=json.dumps(event))

    @property
    def queue(self) -> str:
        """That the bucket tells of uploads."""
        urls = self.sqs.list_queues()["QueueUrls"]
        return next(url for url in urls if "Calls" in url and "Uploads" in url and "DeadLetters" not in url)

    def event_of(self, call: Call) -> dict[str, Any]:
        """What the bucket said of a call's recording."""
        key = upload_key(call.id, call.file_name)
        stat = self.blobs.stat(key)
        assert stat
        thing = {"key": key, "size": stat.size, "versionId": stat.version}
        return {"Records": [{"eventName": "ObjectCreated:Post", "s3": {"object": thing}}]}


def studio_of(aws: LocalAws, person: str) -> Studio:
    made, found = aws.session(), outputs(aws)
    dynamodb = made.client("dynamodb", endpoint_url=aws.url, config=CLIENT)
    return Studio(
        person=PersonId(person),
        book=CallBook(DynamoRecords(dynamodb, found["CallsTable"])),
        blobs=S3Blobs(made.client("s3", endpoint_url=aws.url, config=SIGNED), found["RecordingsBucket"]),
        machines=made.client("stepfunctions", endpoint_url=aws.url, config=CLIENT),
        sqs=made.client("sqs", endpoint_url=aws.url, config=CLIENT),
        found=found,
    )


def _now_ms() -> int:
    return time.time_ns() // 1_000_000
