"""Wires what a worker knows of money: caps from the settings, the ledger, its purse, and the metrics."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aws_lambda_powertools.metrics import MetricUnit, single_metric

from switchboard.adapters.dynamo.people.throttle import DynamoThrottle
from switchboard.adapters.dynamo.spend.ledger import DynamoLedger
from switchboard.core.conversation.budget import BudgetDeps
from switchboard.core.conversation.turn import Turn
from switchboard.core.skills.tools import Tools
from switchboard.core.spend.budget_pool import BudgetPool
from switchboard.platform.spend_limits import from_json

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

CHAT = "chat"


def spending(settings: str, *, client: DynamoDBClient, people_table: str) -> BudgetDeps:
    """`settings` is the JSON text that the stacks write."""
    limits, ledger = from_json(settings), DynamoLedger(client, people_table)
    pace = DynamoThrottle(client, people_table)
    return BudgetDeps(limits, ledger, BudgetPool(ledger, limits.deployment), pace)


def report(turn: Turn, *, tools: Tools) -> None:
    """What a turn did cost in US dollars, by channel and skill; who it was is nobody's business."""
    channel, verdict = turn.address.channel, turn.reservation.verdict
    with single_metric(name="TurnCost", unit=MetricUnit.NoUnit, value=float(turn.cost)) as cost:
        cost.add_dimension("channel", channel)
        cost.add_dimension("skill", _skill(turn, tools))
    if turn.reservation.refused:
        with single_metric(name="TurnsRefused", unit=MetricUnit.Count, value=1) as refused:
            refused.add_dimension("channel", channel)
            refused.add_dimension("reason", verdict.value)


def _skill(turn: Turn, tools: Tools) -> str:
    used = (tools.skill_of(beat) for beat in turn.beats if isinstance(beat, str))
    return next(filter(None, used), CHAT)
