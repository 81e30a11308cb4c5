"""Wires the operator's work, with clients that nothing but an operator's request needs."""

import json
from collections.abc import Mapping

import boto3

from switchboard.adapters.dynamo.conversation.mailbox import DynamoMailbox
from switchboard.adapters.dynamo.conversation.overdue_index import DynamoWaiting
from switchboard.adapters.dynamo.operations.repairs import DynamoRepairs
from switchboard.adapters.operations.console import OperatorsWorkshop
from switchboard.adapters.operations.dead_letters import DeadLetters
from switchboard.adapters.operations.deps import Works
from switchboard.adapters.topics import RepliesTopic, TurnsTopic
from switchboard.core.operations.stuck import OperatorConsole
from switchboard.platform.aws import QUICK


def workshop(
    *, conversations_table: str, turns_topic: str, replies_topic: str, dead_letters: str
) -> OperatorConsole:
    dynamodb, sns = boto3.client("dynamodb", config=QUICK), boto3.client("sns", config=QUICK)
    return OperatorsWorkshop(
        Works(
            sqs=boto3.client("sqs", config=QUICK),
            waiting=DynamoWaiting(dynamodb, conversations_table),
            repairs=DynamoRepairs(dynamodb, conversations_table),
            mailbox=DynamoMailbox(dynamodb, conversations_table),
            signals=TurnsTopic(sns, turns_topic),
            replies=RepliesTopic(sns, replies_topic),
            dead_letters=_dead_letters(dead_letters),
        )
    )


def _dead_letters(text: str) -> Mapping[str, DeadLetters]:
    """JSON as the stacks write it: by name, the URL and that of the queue they came from, or ""."""
    return {name: DeadLetters(name, url, source or None) for name, (url, source) in json.loads(text).items()}
