"""Wires where people link their channels."""

from __future__ import annotations

from typing import TYPE_CHECKING

import boto3

from switchboard.adapters.delayed_jobs import Timers
from switchboard.adapters.dynamo.conversation.mailbox import DynamoMailbox
from switchboard.adapters.dynamo.linking.codes import DynamoLinks
from switchboard.adapters.dynamo.linking.requests import DynamoLinkRequests
from switchboard.adapters.dynamo.people.people import DynamoPeople
from switchboard.adapters.dynamo.people.profiles import DynamoProfiles
from switchboard.adapters.queues import SqsJobQueue
from switchboard.adapters.topics import TurnsTopic
from switchboard.core.conversation.notifier import Notifier
from switchboard.core.linking.service import HOUR_MS, Confirming, LinkService
from switchboard.platform.aws import QUICK
from switchboard.platform.clock import SystemClock, new_id
from switchboard.platform.random_codes import new_code
from switchboard.runtime.toolboxes import schedules_of

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient


def link_service(
    dynamodb: DynamoDBClient,
    *,
    people_table: str,
    conversations_table: str,
    turns_topic: str,
    jobs: SqsJobQueue,
) -> LinkService:
    signals = TurnsTopic(boto3.client("sns", config=QUICK), turns_topic)
    return LinkService(
        links=DynamoLinks(dynamodb, people_table, conversations_table),
        requests=DynamoLinkRequests(dynamodb, people_table, conversations_table),
        people=DynamoPeople(dynamodb, people_table, conversations_table, new_id),
        profiles=DynamoProfiles(dynamodb, people_table, conversations_table),
        notifier=Notifier(DynamoMailbox(dynamodb, conversations_table), signals),
        jobs=jobs,
        new_code=new_code,
    )


def confirming(desk: LinkService, jobs: SqsJobQueue, *, wakeups: str, wait_hours: str) -> Confirming:
    """`wakeups` is JSON that the stacks write: where schedules go."""
    timer = Timers(jobs, schedules_of(wakeups), SystemClock().now_ms)
    return Confirming(desk.requests, desk.notices, timer, round(float(wait_hours) * HOUR_MS))
