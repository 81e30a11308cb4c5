"""A state machine: logged and traced, with a role that calls its own functions and no others."""

from collections.abc import Mapping, Sequence

import aws_cdk as cdk
from aws_cdk import aws_iam as iam
from aws_cdk import aws_logs as logs
from aws_cdk import aws_stepfunctions as sfn
from aws_cdk import aws_stepfunctions_tasks as tasks
from constructs import Construct

from stacks.constructs.function import Function, Size
from stacks.constructs.platform import Platform
from stacks.constructs.suppression import Reviewed, accept

LOGS = (
    *("logs:CreateLogDelivery", "logs:GetLogDelivery", "logs:UpdateLogDelivery", "logs:DeleteLogDelivery"),
    *("logs:ListLogDeliveries", "logs:PutResourcePolicy", "logs:DescribeResourcePolicies"),
    "logs:DescribeLogGroups",
)
TRACES = (
    "xray:PutTraceSegments",
    "xray:PutTelemetryRecords",
    "xray:GetSamplingRules",
    "xray:GetSamplingTargets",
)
NO_RESOURCES = Reviewed(
    "AwsSolutions-IAM5[Resource::*]",
    "X-Ray and the delivery of logs have no resources to name; functions are named one by one.",
)
OUTCOME = "{% $states.result.Payload %}"
CAUGHT = {
    "reason": "{% $states.errorOutput.Error %}",
    "cause": "{% $exists($states.errorOutput.Cause) ? $states.errorOutput.Cause : '' %}",
}
"""What was caught; not every error has a cause."""
LAMBDA = (
    "Lambda.ClientExecutionTimeoutException",
    "Lambda.ServiceException",
    "Lambda.AWSLambdaException",
    "Lambda.SdkClientException",
    "Lambda.TooManyRequestsException",
    "Lambda.Unknown",
    "Runtime.ExitError",
    "Sandbox.Timedout",
)
"""Lambda's own bad days, and a function that died on the way."""
LONGEST_WAIT = cdk.Duration.minutes(5)
ALLOWANCE_SECONDS = 15
"""What a function needs beside its own time, to start and to be called."""


class Workflow(Construct):
    """Alarms when a run of it fails, which is the alarm of the functions that it calls, too.

    No run times out, since the machine has no time limit, and none is stopped but by an operator.
    """

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        platform: Platform,
        *,
        first: sfn.IChainable,
        calls: Sequence[Function],
    ) -> None:
        super().__init__(scope, construct_id)
        settings = platform.settings
        self._emulated = settings.emulator is not None
        self.role = self._own_role(calls)
        group = logs.LogGroup(
            self, "Logs", retention=settings.log_retention, removal_policy=settings.removal_policy
        )
        self.machine = sfn.StateMachine(
            self,
            "Machine",
            definition_body=sfn.DefinitionBody.from_chainable(first),
            query_language=sfn.QueryLanguage.JSONATA,
            state_machine_type=sfn.StateMachineType.STANDARD,
            role=self.role.without_policy_updates(),
            tracing_enabled=True,
            logs=sfn.LogOptions(destination=group, level=sfn.LogLevel.ALL, include_execution_data=False),
            removal_policy=settings.removal_policy,
        )
        self.machine.node.add_dependency(self.role)
        failed = self.machine.metric_failed(period=cdk.Duration.minutes(5))
        platform.alert(self, "Failed", failed)

    def is_answered_by(self, function: Function) -> None:
        """Of whatever waits with a token; apart from the role's own policy, which the machine waits for.

        The emulator does not know whose a token is.
        """
        everybodys = ["*"] if self._emulated else []
        answers = iam.PolicyStatement(
            actions=["states:SendTaskSuccess", "states:SendTaskFailure"],
            resources=[self.machine.state_machine_arn, *everybodys],
        )
        iam.Policy(self, f"{function.node.id}Answers", statements=[answers], roles=[function.role])

    def _own_role(self, calls: Sequence[Function]) -> iam.Role:
        ours = {"StringEquals": {"aws:SourceAccount": cdk.Aws.ACCOUNT_ID}}
        principal = iam.ServicePrincipal("states.amazonaws.com", conditions=ours)
        role = iam.Role(self, "Role", assumed_by=principal)
        functions = [each.function.function_arn for each in calls]
        role.add_to_policy(iam.PolicyStatement(actions=["lambda:InvokeFunction"], resources=functions))
        role.add_to_policy(iam.PolicyStatement(actions=[*LOGS, *TRACES], resources=["*"]))
        accept(role, NO_RESOURCES)
        return role


def task(
    scope: Construct, construct_id: str, function: Function, *, given: Mapping[str, str], size: Size
) -> tasks.LambdaInvoke:
    """What the function answers is the next state's input."""
    return tasks.LambdaInvoke.jsonata(
        scope,
        construct_id,
        lambda_function=function.function,
        payload=sfn.TaskInput.from_object(dict(given)),
        outputs=OUTCOME,
        retry_on_service_exceptions=False,
        task_timeout=sfn.Timeout.duration(cdk.Duration.seconds(size.seconds + ALLOWANCE_SECONDS)),
    )


def patient(
    state: tasks.LambdaInvoke, *, errors: Sequence[str], attempts: int, first_wait: cdk.Duration
) -> tasks.LambdaInvoke:
    """Tries again what may succeed later: soon, then ever later, and never in step with others."""
    state.add_retry(
        errors=list(errors),
        interval=first_wait,
        backoff_rate=2,
        max_attempts=attempts,
        max_delay=LONGEST_WAIT,
        jitter_strategy=sfn.JitterType.FULL,
    )
    return state
