"""Dead letters: looked at and left where they are, put back to work, or thrown away."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from switchboard.core.operations.repairs import NotRepairable

if TYPE_CHECKING:
    from mypy_boto3_sqs import SQSClient
    from mypy_boto3_sqs.type_defs import MessageTypeDef

BATCH = 10
OUT_OF_SIGHT_SECONDS = 60

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class DeadLetters:
    """A dead-letter queue; `source` is the queue whose messages end there, if there is one."""

    name: str
    url: str
    source: str | None


@dataclass(frozen=True, slots=True)
class Letter:
    """`sent_ms` is when it was first sent (Unix milliseconds), `receives` how often it was taken."""

    message_id: str
    sent_ms: int
    receives: int
    body: str


def count(sqs: SQSClient, queue: DeadLetters) -> int:
    """How many there are, whether or not somebody has them in hand; SQS says about."""
    found = sqs.get_queue_attributes(
        QueueUrl=queue.url,
        AttributeNames=["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"],
    )["Attributes"]
    return int(found["ApproximateNumberOfMessages"]) + int(found["ApproximateNumberOfMessagesNotVisible"])


def look(sqs: SQSClient, queue: DeadLetters, *, at_most: int) -> list[Letter]:
    """Some of what is there, put down again at once, or in a minute when this is cut short."""
    taken = list(_taken(sqs, queue, at_most))
    for message in taken:
        _put_down(sqs, queue, message)
    return [_letter(message) for message in taken]


def redrive(sqs: SQSClient, queue: DeadLetters, *, progress: Progress, at_most: int | None = None) -> int:
    """Send what is there now back to where it came from; returns how many. Errors: NotRepairable.

    Each is sent before it is deleted, so that nothing is lost when this is cut short: at worst one message
    is there twice. Twice is harmless. What a person said is claimed by its id, an answered turn is not
    answered again, a part that was sent is not sent again, and an event settles what it settled.
    """
    if queue.source is None:
        raise NotRepairable(f"No queue feeds letters/{queue.name}: close them once their cause is mended.")
    total, done = count(sqs, queue), 0
    total = total if at_most is None else min(total, at_most)
    for message in _taken(sqs, queue, total):
        _send_again(sqs, queue.source, message)
        _delete(sqs, queue, message)
        done += 1
        progress(done, total)
    return done


def discard(sqs: SQSClient, queue: DeadLetters, message_id: str | None) -> int:
    """Throw one away, or all that are there now; returns how many were."""
    discarded, others = 0, []
    for message in _taken(sqs, queue, count(sqs, queue)):
        if message_id in {None, message["MessageId"]}:
            _delete(sqs, queue, message)
            discarded += 1
        else:
            others.append(message)
    for message in others:
        _put_down(sqs, queue, message)
    return discarded


def _taken(sqs: SQSClient, queue: DeadLetters, at_most: int) -> Iterator[MessageTypeDef]:
    left = at_most
    while left > 0:
        batch = sqs.receive_message(
            QueueUrl=queue.url,
            MaxNumberOfMessages=min(BATCH, left),
            VisibilityTimeout=OUT_OF_SIGHT_SECONDS,
            WaitTimeSeconds=1,
            MessageAttributeNames=["All"],
            MessageSystemAttributeNames=["All"],
        ).get("Messages", [])
        if not batch:
            return
        left -= len(batch)
        yield from batch


def _send_again(sqs: SQSClient, url: str, message: MessageTypeDef) -> None:
    trace = message.get("Attributes", {}).get("AWSTraceHeader")
    sqs.send_message(
        QueueUrl=url,
        MessageBody=message["Body"],
        MessageAttributes=message.get("MessageAttributes", {}),
        MessageSystemAttributes=(
            {"AWSTraceHeader": {"DataType": "String", "StringValue": trace}} if trace else {}
        ),
    )


def _delete(sqs: SQSClient, queue: DeadLetters, message: MessageTypeDef) -> None:
    sqs.delete_message(QueueUrl=queue.url, ReceiptHandle=message["ReceiptHandle"])


def _put_down(sqs: SQSClient, queue: DeadLetters, message: MessageTypeDef) -> None:
    sqs.change_message_visibility(
        QueueUrl=queue.url, ReceiptHandle=message["ReceiptHandle"], VisibilityTimeout=0
    )


def _letter(message: MessageTypeDef) -> Letter:
    known = message["Attributes"]
    return Letter(
        message_id=message["MessageId"],
        sent_ms=int(known["SentTimestamp"]),
        receives=int(known["ApproximateReceiveCount"]),
        body=message["Body"],
    )
