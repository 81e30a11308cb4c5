"""The queues as an operator sees them: what is in them, what was given up, how it is put back."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from mypy_boto3_sqs import SQSClient
    from mypy_boto3_sqs.literals import QueueAttributeNameType


@dataclass(frozen=True, slots=True)
class Queues:
    sqs: "SQSClient"

    def dead_letters(self) -> list[str]:
        return [url for url in self._all() if "DeadLetters" in url]

    def at_work(self) -> list[str]:
        """Those that feed functions."""
        return [url for url in self._all() if "DeadLetters" not in url]

    def held(self, url: str) -> int:
        """How many messages are in it, whether or not somebody is working on them."""
        found = self.sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["All"])["Attributes"]
        return int(found["ApproximateNumberOfMessages"]) + int(found["ApproximateNumberOfMessagesNotVisible"])

    def dead_letters_of(self, url: str) -> str:
        arn = str(json.loads(self._attribute(url, "RedrivePolicy"))["deadLetterTargetArn"])
        return self.sqs.get_queue_url(QueueName=arn.rpartition(":")[2])["QueueUrl"]

    def redrive(self, dead_letters: str, queue: str) -> int:
        """By hand, since there is no move task here; returns how many went back."""
        found = self.sqs.receive_message(QueueUrl=dead_letters, MaxNumberOfMessages=10).get("Messages", [])
        for message in found:
            self.sqs.send_message(QueueUrl=queue, MessageBody=message["Body"])
            self.sqs.delete_message(QueueUrl=dead_letters, ReceiptHandle=message["ReceiptHandle"])
        return len(found)

    @contextmanager
    def impatient(self, url: str) -> Iterator[None]:
        """What fails is given up at the second attempt, which comes at once where nobody puts it off."""
        names = ("VisibilityTimeout", "RedrivePolicy")
        usual = {name: self._attribute(url, name) for name in names}
        given_up = json.dumps(json.loads(usual["RedrivePolicy"]) | {"maxReceiveCount": 2})
        self._set(url, {"VisibilityTimeout": "1", "RedrivePolicy": given_up})
        try:
            yield
        finally:
            self._set(url, usual)

    def _set(self, url: str, values: dict[str, str]) -> None:
        self.sqs.set_queue_attributes(
            QueueUrl=url, Attributes=cast("dict[QueueAttributeNameType, str]", values)
        )

    def _attribute(self, url: str, name: str) -> str:
        return self.sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["All"])["Attributes"][name]  # type: ignore[index]

    def _all(self) -> list[str]:
        return self.sqs.list_queues()["QueueUrls"]
