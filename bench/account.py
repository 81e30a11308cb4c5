"""An account in memory that counts what is asked of it, with one person texting."""

import os
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from typing import Any
from unittest.mock import patch

import boto3
import botocore.session
from moto import mock_aws
from switchboard.adapters.dynamo.conversation.codec import turn_item
from switchboard.adapters.dynamo.table.items import pack
from switchboard.core.conversation.turn import Turn, TurnState
from switchboard.core.people.address import Address, PersonId, private_conversation
from switchboard.platform.batches import Record

REGION = "us-east-1"
PHONE = Address("sms", "+12065550101")
PERSON = PersonId("ada")


@dataclass(slots=True)
class Meter:
    """What was asked of AWS so far; `received` is in bytes."""

    calls: Counter[str] = field(default_factory=Counter)
    received: int = 0

    def reset(self) -> None:
        self.calls.clear()
        self.received = 0

    def note(self, **call: Any) -> None:  # noqa: ANN401 - botocore's own
        """A stubbed call has no body, and a stream is left to whoever reads it."""
        operation, answer = call["model"], call["http_response"]
        whole = answer.raw and not operation.has_streaming_output
        self.calls[f"{operation.service_model.service_name}:{operation.name}"] += 1
        self.received += len(answer.content) if whole else 0


@dataclass(frozen=True, slots=True)
class Account:
    """`arrived` takes the next message of a queue by its name."""

    meter: Meter
    topics: dict[str, str]
    arrived: Callable[[str], Record]


@contextmanager
def account(*, history: int) -> Iterator[Account]:
    """Tables, topics and queues; the person has talked `history` turns already."""
    meter = Meter()
    with ExitStack() as stack:
        stack.enter_context(mock_aws())
        stack.enter_context(patch.dict(os.environ, POWERTOOLS_METRICS_NAMESPACE="Bench"))
        aws = boto3.Session(region_name=REGION, aws_access_key_id="x", aws_secret_access_key="x")  # noqa: S106 - in memory
        _tables(aws, history)
        topics = {name: _topic(aws, name) for name in ("turns", "replies")}
        stack.enter_context(patch.object(boto3, "DEFAULT_SESSION", _metered(meter)))
        yield Account(meter, topics, lambda name: _next(aws, name))


def _metered(meter: Meter) -> boto3.Session:
    session = botocore.session.Session()
    session.register("after-call", meter.note)
    return boto3.Session(
        botocore_session=session,
        region_name=REGION,
        aws_access_key_id="x",
        aws_secret_access_key="x",  # noqa: S106 - in memory
    )


def _tables(aws: boto3.Session, history: int) -> None:
    dynamodb = aws.client("dynamodb")
    for name in ("people", "conversations"):
        dynamodb.create_table(
            TableName=name,
            KeySchema=[
                {"AttributeName": "pk", "KeyType": "HASH"},
                {"AttributeName": "sk", "KeyType": "RANGE"},
            ],
            AttributeDefinitions=[{"AttributeName": each, "AttributeType": "S"} for each in ("pk", "sk")],
            BillingMode="PAY_PER_REQUEST",
        )
    known = {"pk": f"ADDRESS#{PHONE}", "sk": "PERSON", "person": PERSON}
    dynamodb.put_item(TableName="people", Item=pack(known))
    for number in range(history):
        dynamodb.put_item(TableName="conversations", Item=pack(_earlier(number)))


def _earlier(number: int) -> dict[str, Any]:
    asked, answered = "What comes next?" * 4, "The next thing on your list comes next. " * 3
    turn = Turn(
        id=f"{number:013d}-earlier",
        asked=asked,
        person=PERSON,
        address=PHONE,
        message_id=str(number),
        at_ms=number,
        state=TurnState.ANSWERED,
        text=answered,
        beats=(len(answered),),
    )
    return {"pk": f"CONV#{private_conversation(PERSON)}", **turn_item(turn)}


def _topic(aws: boto3.Session, name: str) -> str:
    topic = aws.client("sns").create_topic(Name=name)["TopicArn"]
    queue = aws.client("sqs").create_queue(QueueName=name)["QueueUrl"]
    arn = aws.client("sqs").get_queue_attributes(QueueUrl=queue, AttributeNames=["QueueArn"])["Attributes"][
        "QueueArn"
    ]
    aws.client("sns").subscribe(
        TopicArn=topic, Protocol="sqs", Endpoint=arn, Attributes={"RawMessageDelivery": "true"}
    )
    return topic


def _next(aws: boto3.Session, name: str) -> Record:
    sqs = aws.client("sqs")
    url = sqs.get_queue_url(QueueName=name)["QueueUrl"]
    message = sqs.receive_message(QueueUrl=url)["Messages"][0]
    return Record(body=message["Body"], sent_ms=0, receipt=message["ReceiptHandle"])
