"""Where schedules of people are kept, and the role by which they hand errands over."""

import json
from typing import cast

import aws_cdk as cdk
from aws_cdk import aws_iam as iam
from aws_cdk import aws_scheduler as scheduler
from aws_cdk import aws_sqs as sqs
from constructs import Construct

from stacks.constructs.access import Grant, Link
from stacks.constructs.suppression import Reviewed
from stacks.settings import Settings

SETS = ("CreateSchedule", "UpdateSchedule", "DeleteSchedule")
"""To wish to be woken, at another hour, or no more."""


class Wakeups(Construct):
    """The emulator checks every schedule as if it were of the group that each account has by default."""

    def __init__(self, scope: Construct, construct_id: str, *, settings: Settings, queue: sqs.IQueue) -> None:
        super().__init__(scope, construct_id)
        self._emulated = settings.emulator is not None
        self._queue = queue
        self._group = scheduler.CfnScheduleGroup(self, "Group")
        ours = {"StringEquals": {"aws:SourceAccount": cdk.Aws.ACCOUNT_ID}}
        principal = iam.ServicePrincipal("scheduler.amazonaws.com", conditions=ours)
        self._role = iam.Role(self, "Role", assumed_by=principal)
        send = iam.PolicyStatement(actions=["sqs:SendMessage"], resources=[queue.queue_arn])
        self._role.add_to_policy(send)

    def link(self, variable: str, *verbs: str, user: cdk.Stack) -> Link:
        """For a function of `user`: on schedules of this group, which go by its role."""
        group = self._group.ref
        schedules = tuple(
            cdk.Stack.of(self).format_arn(service="scheduler", resource="schedule", resource_name=f"{name}/*")
            for name in (group, *(("default",) if self._emulated else ()))
        )
        actions = tuple(f"scheduler:{verb}" for verb in verbs)
        value = json.dumps({"group": group, "queue": self._queue.queue_arn, "role": self._role.role_arn})
        grants = (Grant(actions, schedules), Grant(("iam:PassRole",), (self._role.role_arn,)))
        return Link(variable, value, grants, (self._any_schedule(user),))

    def _any_schedule(self, user: cdk.Stack) -> Reviewed:
        """The rule names the group as the template does: in another stack, by its export."""
        stack = cdk.Stack.of(self)
        name = f"<{stack.get_logical_id(self._group)}>"
        if user is not stack:
            export = cast("dict[str, str]", stack.resolve(stack.export_value(self._group.ref)))
            name = export["Fn::ImportValue"]
        schedules = f"arn:<AWS::Partition>:scheduler:<AWS::Region>:<AWS::AccountId>:schedule/{name}/*"
        return Reviewed(
            f"AwsSolutions-IAM5[Resource::{schedules}]",
            "A schedule gets its name when somebody wishes to be woken; only this group is reached.",
        )
