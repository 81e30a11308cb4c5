"""A stage's own resources, found through its stacks: the same on a laptop as in AWS."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from switchboard.adapters.dynamo.conversation.mailbox import DynamoMailbox
from switchboard.adapters.dynamo.conversation.overdue_index import DynamoWaiting
from switchboard.adapters.dynamo.operations.repairs import DynamoRepairs
from switchboard.adapters.operations.deps import Works
from switchboard.adapters.topics import RepliesTopic, TurnsTopic

from operate.stacks import Stacks

if TYPE_CHECKING:
    from operate.connection import Door


@dataclass(frozen=True, slots=True, kw_only=True)
class Account(Works):
    """`operator` is who AWS says is asking."""

    stage: str
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
