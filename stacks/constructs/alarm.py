"""An alarm: one occurrence is enough, silence is good news, and it reaches the operator.

CloudWatch bills each metric that an alarm looks at, so there is one where failures end up
(docs/decisions/0015).
"""

from aws_cdk import aws_cloudwatch as cloudwatch
from aws_cdk import aws_cloudwatch_actions as actions
from constructs import Construct

from stacks.constructs.topic import Topic


def alarm(
    scope: Construct, construct_id: str, metric: cloudwatch.Metric, *, tells: Topic, periods: int = 1
) -> None:
    """Goes off when the metric was at least 1 in each of so many periods."""
    made = metric.create_alarm(
        scope,
        construct_id,
        threshold=1,
        evaluation_periods=periods,
        comparison_operator=cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
        treat_missing_data=cloudwatch.TreatMissingData.NOT_BREACHING,
    )
    made.add_alarm_action(actions.SnsAction(tells))
