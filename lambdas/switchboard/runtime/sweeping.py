"""Wires the sweep for conversations whose signal was lost."""

import time
from collections.abc import Callable

import boto3
from aws_lambda_powertools import Metrics
from aws_lambda_powertools.metrics import MetricUnit

from switchboard.adapters.dynamo.waiting import DynamoWaiting
from switchboard.adapters.topics import TurnsTopic
from switchboard.runtime.aws import QUICK

PATIENCE_MS = 45_000
AT_ONCE = 500


def sweeper(*, conversations_table: str, turns_topic: str) -> Callable[[], int]:
    """Signals again for what has waited over 45 seconds; returns and counts how many did."""
    waiting = DynamoWaiting(boto3.client("dynamodb", config=QUICK), conversations_table)
    signals = TurnsTopic(boto3.client("sns", config=QUICK), turns_topic)
    metrics = Metrics()

    def sweep() -> int:
        before = time.time_ns() // 1_000_000 - PATIENCE_MS
        found = list(waiting.since_before(before, limit=AT_ONCE))
        for conversation in found:
            signals.signal(conversation)
        metrics.add_metric(name="ConversationsWaiting", unit=MetricUnit.Count, value=len(found))
        metrics.flush_metrics()
        return len(found)

    return sweep
