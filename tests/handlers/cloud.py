"""The account that the handlers run in, by moto."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import boto3
from moto.apigatewaymanagementapi.models import apigatewaymanagementapi_backends
from switchboard.adapters.dynamo.table.items import unpack

from tests.tables import (
    CALLS,
    CONVERSATIONS,
    PEOPLE,
    RECORDINGS,
    TASKS,
    create_calls,
    create_conversations,
    create_people,
    create_records,
)

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient
    from mypy_boto3_sns import SNSClient
    from mypy_boto3_sqs import SQSClient

ACCOUNT, REGION = "123456789012", "us-east-1"
EXPORTS = "exports"
SMALL, LARGE = "grammar", "grammar-large"
OWN = {
    "tasks": {"records": TASKS},
    "calls": {
        "records": CALLS,
        "files": RECORDINGS,
        "machine": f"arn:aws:states:{REGION}:{ACCOUNT}:stateMachine:calls",
        "quota": '{"bytes_a_day": 4000000000, "at_once": 5}',
        "models": json.dumps([SMALL, LARGE]),
    },
}
SETTINGS = {
    "PEOPLE_TABLE": PEOPLE,
    "CONVERSATIONS_TABLE": CONVERSATIONS,
    "CONNECTIONS_URL": f"https://abc123.execute-api.{REGION}.amazonaws.com/prod",
    "MODEL": json.dumps(
        {"providers": [{"models": {"small": SMALL, "large": LARGE, "embedding": "embeds-1"}}]}
    ),
    "COUNTRIES": "US",
    "SPEND": json.dumps(
        {
            "person_day": "1.00",
            "person_month": "10.00",
            "deployment_day": "20.00",
            "deployment_month": "200.00",
            "warn_at": "0.8",
            "exempt": [],
        }
    ),
    "MODEL_SECRET": f"arn:aws:secretsmanager:{REGION}:{ACCOUNT}:secret:one",
    "ORIGINATION": "+12065550100",
    "CONFIGURATION_SET": "switchboard",
    "MAX_PRICE": "0.05",
    "USER_POOL_CLIENT": "client",
    "SOCKET_URL": f"wss://abc123.execute-api.{REGION}.amazonaws.com/prod",
    "SIGN_INS": '{"address": 20, "guesses": 5, "name": 60}',
    "DEAD_LETTERS": "{}",
    "EXPORTS_BUCKET": EXPORTS,
    "CALLS_TABLE": CALLS,
    "RECORDINGS_BUCKET": RECORDINGS,
    "USER_POOL": "us-east-1_people",
    "DOWNLOADS_URL": "https://abc123.execute-api.us-east-1.amazonaws.com/downloads",
    "ATTEMPTS": "12",
    "SKILLS": json.dumps(OWN),
    "LINK_WAIT_HOURS": "0",
    "WAKEUPS": json.dumps({"group": "people", "queue": "arn:queue", "role": "arn:role"}),
    "MACHINE": f"arn:aws:states:{REGION}:{ACCOUNT}:stateMachine:calls",
    "TRANSCRIBER": json.dumps(
        {"kind": "elevenlabs", "name": "scribe", "model": "scribe_v2", "base_url": "http://127.0.0.1:1"}
    ),
    "CDN_SECRET": f"arn:aws:secretsmanager:{REGION}:{ACCOUNT}:secret:one",
    "TRANSCRIBER_SECRET": f"arn:aws:secretsmanager:{REGION}:{ACCOUNT}:secret:one",
    "TRANSCRIPTS_SECRET": f"arn:aws:secretsmanager:{REGION}:{ACCOUNT}:secret:one",
    "POWERTOOLS_SERVICE_NAME": "switchboard",
    "POWERTOOLS_METRICS_NAMESPACE": "Switchboard",
}


@dataclass(frozen=True)
class Cloud:
    """Tables and topics; each topic has a queue that hears everything, raw."""

    dynamodb: DynamoDBClient
    sns: SNSClient
    sqs: SQSClient
    turns_topic: str
    turns_queue: str
    replies_topic: str
    replies_queue: str
    errands_queue: str

    @property
    def environment(self) -> Mapping[str, str]:
        return {
            **SETTINGS,
            "TURNS_TOPIC": self.turns_topic,
            "TURNS_QUEUE_URL": self.turns_queue,
            "REPLIES_TOPIC": self.replies_topic,
            "REPLIES_QUEUE_URL": self.replies_queue,
            "ERRANDS_QUEUE_URL": self.errands_queue,
        }

    def signals(self) -> list[str]:
        """The conversations that were signalled for since somebody last looked."""
        return [json.loads(message["Body"])["conversation"] for message in self._taken(self.turns_queue)]

    def replies(self) -> list[str]:
        """What was published for delivery, as the delivery queues get it."""
        return [message["Body"] for message in self._taken(self.replies_queue)]

    def jobs(self) -> list[str]:
        """What was handed over to be done soon."""
        return [message["Body"] for message in self._taken(self.errands_queue)]

    def items(self, kind: str) -> list[dict[str, Any]]:
        """What a table of conversations holds under a prefix of the sort key."""
        found = [unpack(item) for item in self.dynamodb.scan(TableName=CONVERSATIONS)["Items"]]
        return sorted((item for item in found if item["sk"].startswith(kind)), key=lambda item: item["sk"])

    def frames(self, connection: str = "socket-1") -> list[dict[str, Any]]:
        """What a page was sent."""
        sockets = apigatewaymanagementapi_backends[ACCOUNT][REGION].connections
        if connection not in sockets:
            return []
        return _documents(sockets[connection].data.decode())

    def _taken(self, queue: str) -> list[Any]:
        found = self.sqs.receive_message(QueueUrl=queue, MaxNumberOfMessages=10).get("Messages", [])
        for message in found:
            self.sqs.delete_message(QueueUrl=queue, ReceiptHandle=message["ReceiptHandle"])
        return found


def make_cloud() -> Cloud:
    dynamodb, sns, sqs = boto3.client("dynamodb"), boto3.client("sns"), boto3.client("sqs")
    create_people(dynamodb)
    create_conversations(dynamodb)
    create_records(dynamodb, TASKS)
    create_calls(dynamodb)
    turns, replies = (_topic_with_queue(sns, sqs, name) for name in ("turns", "replies"))
    jobs = sqs.create_queue(QueueName="errands")["QueueUrl"]
    return Cloud(dynamodb, sns, sqs, *turns, *replies, jobs)


def _topic_with_queue(sns: SNSClient, sqs: SQSClient, name: str) -> tuple[str, str]:
    topic = sns.create_topic(Name=name)["TopicArn"]
    queue = sqs.create_queue(QueueName=name)["QueueUrl"]
    sns.subscribe(
        TopicArn=topic,
        Protocol="sqs",
        Endpoint=f"arn:aws:sqs:{REGION}:{ACCOUNT}:{name}",
        Attributes={"RawMessageDelivery": "true"},
    )
    return topic, queue


def _documents(text: str) -> list[dict[str, Any]]:
    """JSON documents that follow each other without anything between them."""
    found, decoder = [], json.JSONDecoder()
    while text:
        document, end = decoder.raw_decode(text)
        found.append(document)
        text = text[end:]
    return found
