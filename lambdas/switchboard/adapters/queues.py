"""Queues: putting a message back until a given moment, and handing errands over."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final

from switchboard.core.jobs import Job
from switchboard.core.people.address import Address, PersonId
from switchboard.core.well_formed import read_json

if TYPE_CHECKING:
    from mypy_boto3_sqs import SQSClient


MOST_DELAY: Final = 900
"""Seconds that SQS keeps a message back (SendMessage, DelaySeconds)."""


@dataclass(frozen=True, slots=True)
class Queue:
    client: SQSClient
    url: str

    def put_back(self, receipt: str, *, seconds: int) -> None:
        """The message stays out of sight for that long, and then comes again."""
        self.client.change_message_visibility(
            QueueUrl=self.url, ReceiptHandle=receipt, VisibilityTimeout=seconds
        )


@dataclass(frozen=True, slots=True)
class SqsJobQueue:
    client: SQSClient
    url: str

    def hand_over(self, job: Job, *, seconds: int = 0) -> None:
        """`seconds` later; MOST_DELAY is the most."""
        self.client.send_message(QueueUrl=self.url, MessageBody=message(job), DelaySeconds=seconds)


def message(job: Job, *, planned: str = "") -> str:
    """`planned` is for when, as ISO 8601 or as whoever sends it fills it in; "" is as soon as may be."""
    fields = {name: value for name, value in asdict(job).items() if name != "due_ms"}
    return json.dumps({**fields, "planned": planned} if planned else fields, ensure_ascii=False)


def parse_job(body: str, *, sent_ms: int) -> Job:
    """`sent_ms` is when the queue got it (Unix milliseconds)."""
    fields = read_json(body)
    return Job(
        kind=fields["kind"],
        id=fields["id"],
        person=PersonId(fields["person"]),
        address=Address(**fields["address"]),
        detail=fields["detail"],
        due_ms=_instant(fields.get("planned", ""), or_else=sent_ms),
    )


def _instant(text: str, *, or_else: int) -> int:
    try:
        return round(datetime.fromisoformat(text).timestamp() * 1000)
    except ValueError:
        return or_else
