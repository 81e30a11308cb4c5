"""A function that runs again and again, with a place for the runs that failed."""

import aws_cdk as cdk
from aws_cdk import aws_iam as iam
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_scheduler as scheduler
from constructs import Construct

from stacks.constructs.function import Function
from stacks.constructs.platform import Platform
from stacks.constructs.queue import DeadLetters
from stacks.constructs.suppression import Reviewed, accept

USED_BY_THE_SCHEDULE = Reviewed(
    "AwsSolutions-SQS3",
    "This is a dead-letter queue: a schedule and a function write to it instead of a queue.",
)


class Schedule(Construct):
    """Nothing is tried twice: the next run comes soon, and finds whatever this one missed."""

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        platform: Platform,
        *,
        function: Function,
        every: cdk.Duration,
    ) -> None:
        super().__init__(scope, construct_id)
        self.dead_letters = DeadLetters(self, "DeadLetters", platform)
        accept(self.dead_letters, USED_BY_THE_SCHEDULE)
        self._keep_failed_runs(function)
        role = self._role(function)
        schedule = scheduler.CfnSchedule(
            self,
            "Schedule",
            schedule_expression=f"rate({int(every.to_minutes())} minutes)",
            flexible_time_window=scheduler.CfnSchedule.FlexibleTimeWindowProperty(mode="OFF"),
            target=self._target(function, role, every),
        )
        schedule.node.add_dependency(role)

    def _target(
        self, function: Function, role: iam.Role, every: cdk.Duration
    ) -> scheduler.CfnSchedule.TargetProperty:
        letters = self.dead_letters.queue.queue_arn
        return scheduler.CfnSchedule.TargetProperty(
            arn=function.function.function_arn,
            role_arn=role.role_arn,
            dead_letter_config=scheduler.CfnSchedule.DeadLetterConfigProperty(arn=letters),
            retry_policy=scheduler.CfnSchedule.RetryPolicyProperty(
                maximum_retry_attempts=2, maximum_event_age_in_seconds=int(every.to_seconds())
            ),
        )

    def _keep_failed_runs(self, function: Function) -> None:
        """The scheduler only hands the call over; what fails afterwards is the function's to keep."""
        letters = self.dead_letters.queue.queue_arn
        function.allow(iam.PolicyStatement(actions=["sqs:SendMessage"], resources=[letters]))
        failures = lambda_.CfnEventInvokeConfig.OnFailureProperty(destination=letters)
        lambda_.CfnEventInvokeConfig(
            self,
            "Failures",
            function_name=function.function.function_name,
            qualifier="$LATEST",
            maximum_retry_attempts=0,
            destination_config=lambda_.CfnEventInvokeConfig.DestinationConfigProperty(on_failure=failures),
        )

    def _role(self, function: Function) -> iam.Role:
        """May call this function and write to these dead letters, and only on behalf of this account."""
        ours = {"StringEquals": {"aws:SourceAccount": cdk.Aws.ACCOUNT_ID}}
        principal = iam.ServicePrincipal("scheduler.amazonaws.com", conditions=ours)
        role = iam.Role(self, "Role", assumed_by=principal)
        arn, letters = function.function.function_arn, self.dead_letters.queue.queue_arn
        role.add_to_policy(iam.PolicyStatement(actions=["lambda:InvokeFunction"], resources=[arn]))
        role.add_to_policy(iam.PolicyStatement(actions=["sqs:SendMessage"], resources=[letters]))
        return role
