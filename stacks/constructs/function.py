"""One function, declared in one block: its handler, its size, its layers, and what it uses."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import aws_cdk as cdk
from aws_cdk import aws_iam as iam
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_logs as logs
from constructs import Construct

from stacks.constructs.access import Link
from stacks.constructs.platform import ARCHITECTURE, RUNTIME, Platform
from stacks.constructs.suppression import Reviewed, accept
from stacks.settings import Settings

TRACING = Reviewed(
    "AwsSolutions-IAM5[Resource::*]",
    "X-Ray has no resources to name: PutTraceSegments and PutTelemetryRecords take only *.",
)
NO_DEAD_LETTERS = Reviewed(
    "Serverless-LambdaDLQ",
    "What fails is kept by whoever called: the queue has its dead letters, the schedule its destination "
    "for failures, and behind a gateway the caller waits for the answer.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """How long a function may run, and its memory."""

    seconds: int
    megabytes: int


class Function(Construct):
    """`handler` is the full name of the module that has one; `environment` holds what needs no permission."""

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        platform: Platform,
        *,
        handler: str,
        size: Size,
        layers: Sequence[str] = ("base",),
        uses: Sequence[Link] = (),
        environment: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(scope, construct_id)
        settings = platform.settings
        group = logs.LogGroup(
            self, "Logs", retention=settings.log_retention, removal_policy=settings.removal_policy
        )
        self.role = self._own_role(group, uses)
        self.function = lambda_.Function(
            self,
            "Function",
            runtime=RUNTIME,
            architecture=ARCHITECTURE,
            code=platform.code,
            handler=f"{handler}.handler",
            timeout=cdk.Duration.seconds(size.seconds),
            memory_size=size.megabytes,
            layers=platform.layers(layers),
            role=self.role,
            tracing=lambda_.Tracing.ACTIVE,
            logging_format=lambda_.LoggingFormat.JSON,
            application_log_level_v2=lambda_.ApplicationLogLevel.INFO,
            log_group=group,
            environment=_environment(settings, uses, environment or {}),
        )
        self._accept_findings(uses)

    def allow(self, statement: iam.PolicyStatement) -> None:
        self.role.add_to_policy(statement)

    def alert_on_errors(self, platform: Platform) -> None:
        """Where whoever calls it tells nobody that it failed."""
        platform.alert(self, "Errors", self.function.metric_errors(period=cdk.Duration.minutes(5)))

    def _own_role(self, group: logs.LogGroup, uses: Sequence[Link]) -> iam.Role:
        role = iam.Role(self, "Role", assumed_by=iam.ServicePrincipal("lambda.amazonaws.com"))
        group.grant_write(role)
        for link in uses:
            for grant in link.grants:
                role.add_to_policy(grant.statement())
        return role

    def _accept_findings(self, uses: Sequence[Link]) -> None:
        accept(self.role, TRACING, *(reviewed for link in uses for reviewed in link.reviewed))
        accept(self.function, NO_DEAD_LETTERS)


def _environment(settings: Settings, uses: Sequence[Link], plain: Mapping[str, str]) -> dict[str, str]:
    powertools = {
        "POWERTOOLS_SERVICE_NAME": "switchboard",
        "POWERTOOLS_METRICS_NAMESPACE": settings.metrics_namespace,
    }
    return powertools | {link.variable: link.value for link in uses} | dict(plain)
