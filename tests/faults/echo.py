"""What functions tell each other and the carrier tells us comes again: later, and in another order."""

import json
import random
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from mypy_boto3_sns import SNSClient
    from mypy_boto3_sqs import SQSClient

TURN_SECONDS = 2.0


@dataclass(slots=True)
class Echo:
    """Listens to some topics by queues of its own; each message it hears is published once more."""

    sns: "SNSClient"
    sqs: "SQSClient"
    topics: Sequence[str]
    chance: random.Random
    repeated: int = 0
    _known: set[str] = field(default_factory=set)
    _queues: dict[str, str] = field(default_factory=dict)
    _over: threading.Event = field(default_factory=threading.Event)
    _thread: threading.Thread | None = None

    def __enter__(self) -> Self:
        for number, topic in enumerate(self.topics):
            self._queues[topic] = self._listen(topic, f"echo-{number}")
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        if self._thread:
            self._thread.join()

    def _run(self) -> None:
        while not self._over.wait(TURN_SECONDS):
            for topic, queue in self._queues.items():
                heard = self._heard(queue)
                self.chance.shuffle(heard)
                for message in heard:
                    self._repeat(topic, message)

    def _repeat(self, topic: str, message: dict[str, Any]) -> None:
        """Once: what comes back to us is our own echo."""
        said = f"{topic}|{message['Body']}"
        if said in self._known:
            return
        self._known.add(said)
        told: dict[str, Any] = {
            name: {"DataType": value["DataType"], "StringValue": value["StringValue"]}
            for name, value in message.get("MessageAttributes", {}).items()
        }
        self.sns.publish(TopicArn=topic, Message=message["Body"], MessageAttributes=told)
        self.repeated += 1

    def _heard(self, queue: str) -> list[Any]:
        heard: list[Any] = []
        while found := self.sqs.receive_message(
            QueueUrl=queue, MaxNumberOfMessages=10, MessageAttributeNames=["All"]
        ).get("Messages"):
            heard += found
            entries = [
                {"Id": str(place), "ReceiptHandle": each["ReceiptHandle"]} for place, each in enumerate(found)
            ]
            self.sqs.delete_message_batch(QueueUrl=queue, Entries=entries)  # type: ignore[arg-type]
        return heard

    def _listen(self, topic: str, name: str) -> str:
        allowed = {"Effect": "Allow", "Principal": "*", "Action": "sqs:SendMessage", "Resource": "*"}
        policy = json.dumps({"Version": "2012-10-17", "Statement": [allowed]})
        queue = self.sqs.create_queue(QueueName=name, Attributes={"Policy": policy})["QueueUrl"]
        found = self.sqs.get_queue_attributes(QueueUrl=queue, AttributeNames=["QueueArn"])
        self.sns.subscribe(
            TopicArn=topic,
            Protocol="sqs",
            Endpoint=found["Attributes"]["QueueArn"],
            Attributes={"RawMessageDelivery": "true"},
        )
        return queue
