"""The two doors from the internet, with access logs that hold no token, header or query string."""

import json
from collections.abc import Sequence
from typing import cast

import aws_cdk as cdk
import jsii
from aws_cdk import aws_apigateway as apigateway
from aws_cdk import aws_apigatewayv2 as apigatewayv2
from aws_cdk import aws_logs as logs
from constructs import Construct

from stacks.settings import Settings, Throttle

FIELDS = (
    "requestId",
    "requestTime",
    "routeKey",
    "status",
    "identity.sourceIp",
    "authorizer.error",
    "error.message",
)
HTTP_FIELDS = (*FIELDS, "responseLatency", "integrationErrorMessage")
SOCKET_FIELDS = (*FIELDS, "eventType", "connectionId", "integrationLatency", "integration.error")
"""A stage is refused for a variable that its protocol does not have: both lists are in AWS's guide.

https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-logging-variables.html
https://docs.aws.amazon.com/apigateway/latest/developerguide/websocket-api-logging.html
"""


@jsii.implements(apigatewayv2.IAccessLogSettings)
class AccessLogs:
    """Where a stage writes its access log, and what: one JSON object of these fields a request."""

    def __init__(self, group: logs.ILogGroup, *, fields: Sequence[str]) -> None:
        self._destination = apigatewayv2.LogGroupLogDestination(group)
        self._fields = fields

    @property
    def destination(self) -> apigatewayv2.IAccessLogDestination:
        return cast("apigatewayv2.IAccessLogDestination", self._destination)

    @property
    def format(self) -> apigateway.AccessLogFormat:
        names = {name.replace(".", "_"): f"$context.{name}" for name in self._fields}
        return apigateway.AccessLogFormat.custom(json.dumps(names))


class HttpGateway(Construct):
    """Routes belong to the stacks that answer them."""

    def __init__(self, scope: Construct, construct_id: str, *, settings: Settings) -> None:
        super().__init__(scope, construct_id)
        self.api = apigatewayv2.HttpApi(
            self, "Api", create_default_stage=False, cors_preflight=_cors(settings.cors_origins)
        )
        self.stage = apigatewayv2.HttpStage(
            self,
            "Stage",
            http_api=self.api,
            auto_deploy=True,
            throttle=_throttle(settings.http_throttle),
            access_log_settings=_access_logs(self, settings, fields=HTTP_FIELDS),
        )
        self.url = (
            f"{settings.emulator}/_aws/execute-api/{self.api.api_id}"
            if settings.emulator
            else self.api.api_endpoint
        )


class SocketGateway(Construct):
    """`management_url` is where functions post to connections; `url` is where pages connect."""

    def __init__(self, scope: Construct, construct_id: str, *, settings: Settings) -> None:
        super().__init__(scope, construct_id)
        self.api = apigatewayv2.WebSocketApi(self, "Api", route_selection_expression="$request.body.action")
        self.stage = apigatewayv2.WebSocketStage(
            self,
            "Stage",
            web_socket_api=self.api,
            stage_name="prod",
            auto_deploy=True,
            throttle=_throttle(settings.socket_throttle),
            access_log_settings=_access_logs(self, settings, fields=SOCKET_FIELDS),
        )
        emulated = f"{settings.emulator}/_aws/execute-api/{self.api.api_id}/{self.stage.stage_name}"
        self.management_url = emulated if settings.emulator else self.stage.callback_url
        self.url = emulated.replace("http", "ws", 1) if settings.emulator else self.stage.url


def _access_logs(
    scope: Construct, settings: Settings, *, fields: Sequence[str]
) -> apigatewayv2.IAccessLogSettings:
    group = logs.LogGroup(
        scope, "AccessLogs", retention=settings.log_retention, removal_policy=settings.removal_policy
    )
    return cast("apigatewayv2.IAccessLogSettings", AccessLogs(group, fields=fields))


def _throttle(throttle: Throttle) -> apigatewayv2.ThrottleSettings:
    return apigatewayv2.ThrottleSettings(rate_limit=throttle.rate, burst_limit=throttle.burst)


def _cors(origins: Sequence[str]) -> apigatewayv2.CorsPreflightOptions | None:
    if not origins:
        return None
    method = apigatewayv2.CorsHttpMethod
    return apigatewayv2.CorsPreflightOptions(
        allow_origins=list(origins),
        allow_methods=[method.GET, method.POST, method.PUT, method.PATCH, method.DELETE],
        allow_headers=["authorization", "content-type"],
        max_age=cdk.Duration.hours(1),
    )
