"""A stage's own resources, found through its stacks: the same on a laptop as in AWS."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from switchboard.adapters.dynamo.mailbox import DynamoMailbox
from switchboard.adapters.dynamo.repairs import DynamoRepairs
from switchboard.adapters.dynamo.waiting import DynamoWaiting
from switchboard.adapters.topics import RepliesTopic, TurnsTopic

from operate.stacks import DeadLetters, Stacks

if TYPE_CHECKING:
    from mypy_boto3_sqs import SQSClient

    from operate.door import Door


@dataclass(frozen=True, slots=True)
class Account:
    """`operator` is who AWS says is asking."""

    stage: str
    sqs: SQSClient
    waiting: DynamoWaiting
    repairs: DynamoRepairs
    mailbox: DynamoMailbox
    signals: TurnsTopic
    replies: RepliesTopic
    dead_letters: Mapping[str, DeadLetters]
    operator: Callable[[], str]


def enter(door: Door, stage: str) -> Account:
    """Errors: NoStage, and whatever botocore raises."""
    made, at, config = door.session, door.endpoint, door.config
    stacks = Stacks(made.client("cloudformation", endpoint_url=at, config=config), stage)
    base = stacks.outputs("Foundation")
    table = base["ConversationsTable"]
    dynamodb = made.client("dynamodb", endpoint_url=at, config=config)
    sns = made.client("sns", endpoint_url=at, config=config)
    sqs = made.client("sqs", endpoint_url=at, config=config)
    sts = made.client("sts", endpoint_url=at, config=config)
    return Account(
        stage=stage,
        sqs=sqs,
        waiting=DynamoWaiting(dynamodb, table),
        repairs=DynamoRepairs(dynamodb, table),
        mailbox=DynamoMailbox(dynamodb, table),
        signals=TurnsTopic(sns, base["TurnsTopicArn"]),
        replies=RepliesTopic(sns, base["RepliesTopicArn"]),
        dead_letters=stacks.dead_letters(sqs),
        operator=lambda: str(sts.get_caller_identity()["Arn"]),
    )
