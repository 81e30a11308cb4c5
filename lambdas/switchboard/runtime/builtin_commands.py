"""Wires the commands of the house: usage, links, and one's own data."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import boto3

from switchboard.adapters.queues import SqsJobQueue
from switchboard.core.conversation.budget import BudgetDeps
from switchboard.core.linking.commands import house as linking
from switchboard.core.skills.spec import Command
from switchboard.core.spend.usage_texts import usage_command
from switchboard.platform.aws import QUICK
from switchboard.platform.tables import Tables
from switchboard.runtime import personal_data
from switchboard.runtime.linking import confirming, link_service

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient


def builtin_commands(
    dynamodb: DynamoDBClient,
    money: BudgetDeps,
    *,
    people_table: str,
    conversations_table: str,
    turns_topic: str,
    errands_queue_url: str,
    wakeups: str,
    link_wait_hours: str,
) -> Mapping[str, Command]:
    jobs = SqsJobQueue(boto3.client("sqs", config=QUICK), errands_queue_url)
    links = link_service(
        dynamodb,
        people_table=people_table,
        conversations_table=conversations_table,
        turns_topic=turns_topic,
        jobs=jobs,
    )
    confirm = confirming(links, jobs, wakeups=wakeups, wait_hours=link_wait_hours)
    data = personal_data.house(Tables(dynamodb, people_table, conversations_table), jobs)
    return {"usage": usage_command(money.limits, money.ledger), **linking(links, confirm), **data}
