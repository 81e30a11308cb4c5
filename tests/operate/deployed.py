"""A stage in an account in memory. The mock of AWS knows no stacks without more packages: they are faked."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import boto3
from botocore.exceptions import ClientError

from tests.tables import CALLS, CONVERSATIONS, create_conversations, create_people, create_records

if TYPE_CHECKING:
    from mypy_boto3_sqs import SQSClient

FED = {"Turns": "Assistant", "SmsReplies": "Assistant", "Uploads": "Calls", "Errands": "Errands"}
MODELS = ["small-1", "large-1"]
UNFED = {"Sweep": "Assistant"}

Outputs = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class FakeCloudFormation:
    """Answers like the real one about the stacks it has; `queues` are the resources of each, by its noun."""

    stacks: Mapping[str, Outputs]
    queues: Mapping[str, Sequence[str]]
    meta: SimpleNamespace

    def describe_stacks(self, *, StackName: str) -> dict[str, Any]:  # noqa: N803 - AWS's own
        if StackName not in self.stacks:
            told = f"Stack with id {StackName} does not exist"
            raise ClientError({"Error": {"Code": "ValidationError", "Message": told}}, "DescribeStacks")
        outputs = self.stacks[StackName].items()
        return {"Stacks": [{"Outputs": [{"OutputKey": key, "OutputValue": each} for key, each in outputs]}]}

    def get_paginator(self, operation: str) -> FakeCloudFormation:
        assert operation == "list_stack_resources"
        return self

    def paginate(self, *, StackName: str) -> Iterator[dict[str, Any]]:  # noqa: N803 - AWS's own
        assert StackName in self.stacks
        yield {"StackResourceSummaries": [_resource("AWS::Lambda::Function", "api")]}
        yield {
            "StackResourceSummaries": [
                _resource("AWS::SQS::Queue", url) for url in self.queues[StackName.rpartition("-")[2]]
            ]
        }


def deploy(*stages: str) -> FakeCloudFormation:
    """The resources of one stage, which all of these stages share."""
    dynamodb = boto3.client("dynamodb")
    create_conversations(dynamodb)
    create_people(dynamodb)
    sqs, sns = boto3.client("sqs"), boto3.client("sns")
    dead = {name: sqs.create_queue(QueueName=f"{name}-dead")["QueueUrl"] for name in FED | UNFED}
    fed = {name: _fed(sqs, name, dead[name]) for name in FED}
    foundation = {
        "ConversationsTable": CONVERSATIONS,
        "TurnsTopicArn": sns.create_topic(Name="turns")["TopicArn"],
        "RepliesTopicArn": sns.create_topic(Name="replies")["TopicArn"],
    }
    create_records(dynamodb, CALLS)
    outputs = {
        "Foundation": foundation,
        "Assistant": _letters(dead, "Assistant"),
        "Errands": _letters(dead, "Errands"),
        "Calls": {"CallsTable": CALLS, "ModelNames": json.dumps(MODELS), **_letters(dead, "Calls")},
        "Tasks": {},
    }
    return FakeCloudFormation(
        stacks={f"Switchboard-{stage}-{noun}": each for stage in stages for noun, each in outputs.items()},
        queues={
            noun: [each[name] for each in (fed, dead) for name in each if (FED | UNFED)[name] == noun]
            for noun in outputs
        },
        meta=SimpleNamespace(region_name="us-east-1"),
    )


def _letters(dead: Outputs, noun: str) -> Outputs:
    return {f"{name}DeadLettersUrl": url for name, url in dead.items() if (FED | UNFED)[name] == noun}


def _fed(sqs: SQSClient, name: str, dead: str) -> str:
    answer = sqs.get_queue_attributes(QueueUrl=dead, AttributeNames=["QueueArn"])
    policy = {"deadLetterTargetArn": answer["Attributes"]["QueueArn"], "maxReceiveCount": 5}
    return sqs.create_queue(QueueName=name, Attributes={"RedrivePolicy": json.dumps(policy)})["QueueUrl"]


def _resource(kind: str, physical: str) -> dict[str, str]:
    return {"ResourceType": kind, "PhysicalResourceId": physical}
