"""Putting a message back on its queue until a given moment."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

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
