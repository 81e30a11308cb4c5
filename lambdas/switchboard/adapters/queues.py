"""Queues: putting a message back until a given moment, and handing errands over."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from switchboard.core.errands import Errand
from switchboard.core.people import Address, PersonId

if TYPE_CHECKING:
    from mypy_boto3_sqs import SQSClient


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
class ErrandsQueue:
    client: SQSClient
    url: str

    def hand_over(self, errand: Errand) -> None:
        self.client.send_message(
            QueueUrl=self.url, MessageBody=json.dumps(asdict(errand), ensure_ascii=False)
        )


def handed_over(body: str) -> Errand:
    fields = json.loads(body)
    return Errand(
        kind=fields["kind"],
        id=fields["id"],
        person=PersonId(fields["person"]),
        address=Address(**fields["address"]),
        detail=fields["detail"],
    )
