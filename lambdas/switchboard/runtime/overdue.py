"""Wires the sweep: conversations whose signal was lost, and what waits for the operator."""

import time
from collections.abc import Callable, Mapping

import boto3
from aws_lambda_powertools import Metrics
from aws_lambda_powertools.metrics import MetricUnit

from switchboard.adapters.dynamo.conversation.overdue_index import DynamoWaiting, OverdueKind
from switchboard.adapters.topics import TurnsTopic
from switchboard.platform.aws import QUICK

PATIENCE_MS = 45_000
IN_DOUBT_MS = 10 * 60_000
AT_ONCE = 500


def sweeper(*, conversations_table: str, turns_topic: str) -> Callable[[], int]:
    """Signals again for what has waited over 45 seconds; returns how many did.

    Counts them, and the parts that have been in doubt for ten minutes, and the turns that failed. Of what
    there is none nothing is published: a metric is billed in each hour in which it is, and its alarm takes
    silence for good news.
    """
    waiting = DynamoWaiting(boto3.client("dynamodb", config=QUICK), conversations_table)
    signals = TurnsTopic(boto3.client("sns", config=QUICK), turns_topic)
    metrics = Metrics()

    def sweep() -> int:
        now = time.time_ns() // 1_000_000
        found = list(waiting.since_before(now - PATIENCE_MS, limit=AT_ONCE))
        for conversation in found:
            signals.signal(conversation)
        doubted = waiting.of(OverdueKind.PART, before=now - IN_DOUBT_MS, limit=AT_ONCE)
        failed = waiting.of(OverdueKind.TURN, before=now, limit=AT_ONCE)
        counts = {
            "ConversationsWaiting": len(found),
            "PartsInDoubt": len(list(doubted)),
            "TurnsFailed": len(list(failed)),
        }
        _publish(metrics, {name: count for name, count in counts.items() if count})
        return len(found)

    return sweep


def _publish(metrics: Metrics, counts: Mapping[str, int]) -> None:
    for name, count in counts.items():
        metrics.add_metric(name=name, unit=MetricUnit.Count, value=count)
    if counts:
        metrics.flush_metrics()
