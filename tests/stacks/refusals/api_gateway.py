"""API Gateway: APIs and their stages, by protocol."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from tests.stacks.assembly import Assembly, Resource
from tests.stacks.breaking import Break, BreakAssembly, drop, put
from tests.stacks.refusals.refusal import Refusal

GUIDE = "https://docs.aws.amazon.com/apigateway/latest/developerguide"
REFERENCE = "https://docs.aws.amazon.com/apigatewayv2/latest/api-reference"
API, STAGE = "AWS::ApiGatewayV2::Api", "AWS::ApiGatewayV2::Stage"
HTTP, SOCKET = "HTTP", "WEBSOCKET"

BOTH = {
    *("apiId", "domainName", "extendedRequestId", "requestId", "requestTime", "requestTimeEpoch"),
    *("routeKey", "stage", "status", "integrationLatency"),
    *("error.message", "error.messageString", "error.responseType"),
    *(f"identity.{name}" for name in ("accountId", "caller", "sourceIp", "user", "userAgent", "userArn")),
    *(f"integration.{name}" for name in ("error", "integrationStatus", "latency", "requestId", "status")),
}
CERTIFICATE = ("clientCertPem", "subjectDN", "issuerDN", "serialNumber")
OUTCOME = ("error", "latency", "status")
VARIABLES = {
    HTTP: {
        *BOTH,
        *("accountId", "awsEndpointRequestId", "awsEndpointRequestId2", "dataProcessed", "domainPrefix"),
        *("customDomain.basePathMatched", "httpMethod", "path", "protocol", "responseLatency"),
        *("integrationErrorMessage", "integrationStatus", "responseLength", "identity.principalOrgId"),
        *(f"identity.clientCert.{name}" for name in CERTIFICATE),
        *(f"identity.clientCert.validity.{name}" for name in ("notBefore", "notAfter")),
    },
    SOCKET: {
        *BOTH,
        *("connectedAt", "connectionId", "eventType", "messageId", "error.validationErrorString"),
        *("identity.apiKey", "identity.apiKeyId", "identity.cognitoAuthenticationProvider"),
        *(f"{phase}.{name}" for phase in ("authenticate", "authorize", "waf") for name in OUTCOME),
    },
}
"""From http-api-logging-variables and websocket-api-logging of the guide.

HTTP APIs refuse `identity.cognito…`, although the guide had it: https://github.com/sst/sst/issues/2587.
"""
OF_AUTHORIZERS = re.compile(r"authorizer(\.\w+)+")
"""Both pages have what an authorizer returns, by whatever name it gave."""
LONGEST_FORMAT = 3 * 1024
MOST_A_SECOND, MOST_AT_ONCE = 10_000, 5_000
SELECTS = {HTTP: ("${request.method} ${request.path}", None)}
STAGE_NAMES = {HTTP: re.compile(r"\$default|[\w-]{1,128}"), SOCKET: re.compile(r"[\w-]{1,128}")}


def protocol_of(assembly: Assembly, resource: Resource) -> str:
    """Of the API that a part of it names, in whatever stack that is; "" when it names none."""
    named = assembly.named_in(resource.stack, resource.properties["ApiId"])
    found = (api for api in assembly.resources(API) if (api.stack, api.id) in named)
    return next((str(api.properties["ProtocolType"]) for api in found), "")


def parts(assembly: Assembly, kind: str, protocol: str) -> Iterator[Resource]:
    """All parts of a kind of the APIs of a protocol."""
    return (part for part in assembly.resources(kind) if protocol_of(assembly, part) == protocol)


def change(kind: str, alter: Break, *, protocol: str) -> BreakAssembly:
    """Alters the first part of a kind of an API of that protocol."""

    def change_assembly(assembly: Assembly) -> None:
        part = next(parts(assembly, kind, protocol))
        alter(part.declaration)  # type: ignore[arg-type]

    return change_assembly


def access_logs_name_what_the_protocol_has(assembly: Assembly) -> Iterator[str]:
    for stage in assembly.resources(STAGE):
        known = VARIABLES[protocol_of(assembly, stage)]
        for name in re.findall(r"\$context\.([\w.]+)", _format(stage)):
            if name not in known and not OF_AUTHORIZERS.fullmatch(name):
                yield f"{stage} logs $context.{name}"


def access_logs_are_one_line_with_the_id_of_the_request(assembly: Assembly) -> Iterator[str]:
    for stage in assembly.resources(STAGE):
        line = _format(stage)
        if line and ("$context.requestId" not in line or "\n" in line or len(line) > LONGEST_FORMAT):
            yield f"{stage} has a format that is refused"


def sockets_log_by_a_role_that_the_account_has(assembly: Assembly) -> Iterator[str]:
    for stage in parts(assembly, STAGE, SOCKET):
        before = stage.declaration.get("DependsOn", [])
        kinds = {assembly.templates[stage.stack]["Resources"][name]["Type"] for name in before}
        if _format(stage) and "AWS::ApiGateway::Account" not in kinds:
            yield f"{stage} may come before the account's role"


def throttles_are_within_the_accounts(assembly: Assembly) -> Iterator[str]:
    """One of the two alone leaves the other at 0, which lets nothing through."""
    for stage in assembly.resources(STAGE):
        throttle = stage.properties["DefaultRouteSettings"]
        rate, burst = (throttle.get(f"Throttling{name}Limit", 0) for name in ("Rate", "Burst"))
        if not 0 < rate <= MOST_A_SECOND or not 0 < burst <= MOST_AT_ONCE:
            yield f"{stage} takes {rate} a second and {burst} at once"


def only_sockets_log_what_they_execute(assembly: Assembly) -> Iterator[str]:
    for stage in parts(assembly, STAGE, HTTP):
        settings = stage.properties["DefaultRouteSettings"]
        if {"DataTraceEnabled", "LoggingLevel"} & settings.keys():
            yield f"{stage} logs executions"


def stages_are_named_as_their_protocol_allows(assembly: Assembly) -> Iterator[str]:
    for stage in assembly.resources(STAGE):
        allowed = STAGE_NAMES[protocol_of(assembly, stage)]
        if not allowed.fullmatch(stage.properties["StageName"]):
            yield f"{stage} is called {stage.properties['StageName']}"


def apis_say_how_a_route_is_selected(assembly: Assembly) -> Iterator[str]:
    for api in assembly.resources(API):
        selects = api.properties.get("RouteSelectionExpression")
        given = SELECTS.get(api.properties["ProtocolType"])
        if selects not in given if given else not selects:
            yield f"{api} selects by {selects}"


def cors_is_of_http_and_credentials_are_for_named_origins(assembly: Assembly) -> Iterator[str]:
    for api in assembly.resources(API):
        cors: Mapping[str, Any] = api.properties.get("CorsConfiguration", {})
        if cors and api.properties["ProtocolType"] != HTTP:
            yield f"{api} is no HTTP API and has CORS"
        if cors.get("AllowCredentials") and "*" in cors.get("AllowOrigins", ()):
            yield f"{api} allows everybody credentials"
        if not -1 <= cors.get("MaxAge", 0) <= 86_400:
            yield f"{api} has preflights kept for {cors['MaxAge']} s"


def _format(stage: Resource) -> str:
    return str(stage.properties.get("AccessLogSettings", {}).get("Format", ""))


def _allow_everybody(assembly: Assembly) -> None:
    api = next(api for api in assembly.resources(API) if api.properties["ProtocolType"] == HTTP)
    cors = {"AllowOrigins": ["*"], "AllowCredentials": True}
    put("Properties", "CorsConfiguration", to=cors)(api.declaration)  # type: ignore[arg-type]


def _select_by_nothing(assembly: Assembly) -> None:
    api = next(api for api in assembly.resources(API) if api.properties["ProtocolType"] == SOCKET)
    drop("Properties", "RouteSelectionExpression")(api.declaration)  # type: ignore[arg-type]


FORMAT = ("Properties", "AccessLogSettings", "Format")
SETTINGS = ("Properties", "DefaultRouteSettings")
RULES = (
    Refusal(
        access_logs_name_what_the_protocol_has,
        f"{GUIDE}/http-api-logging-variables.html",
        change(STAGE, put(*FORMAT, to="$context.requestId $context.eventType"), protocol=HTTP),
    ),
    Refusal(
        access_logs_name_what_the_protocol_has,
        f"{GUIDE}/websocket-api-logging.html",
        change(STAGE, put(*FORMAT, to="$context.requestId $context.responseLatency"), protocol=SOCKET),
    ),
    Refusal(
        access_logs_are_one_line_with_the_id_of_the_request,
        f"{REFERENCE}/apis-apiid-stages-stagename.html",
        change(STAGE, put(*FORMAT, to="$context.status"), protocol=HTTP),
    ),
    Refusal(
        sockets_log_by_a_role_that_the_account_has,
        f"{GUIDE}/set-up-logging.html",
        change(STAGE, drop("DependsOn"), protocol=SOCKET),
    ),
    Refusal(
        throttles_are_within_the_accounts,
        f"{GUIDE}/http-api-throttling.html",
        change(STAGE, drop(*SETTINGS, "ThrottlingBurstLimit"), protocol=HTTP),
    ),
    Refusal(
        only_sockets_log_what_they_execute,
        f"{REFERENCE}/apis-apiid-stages-stagename.html",
        change(STAGE, put(*SETTINGS, "LoggingLevel", to="INFO"), protocol=HTTP),
    ),
    Refusal(
        stages_are_named_as_their_protocol_allows,
        f"{GUIDE}/http-api-stages.html",
        change(STAGE, put("Properties", "StageName", to="$default"), protocol=SOCKET),
    ),
    Refusal(
        apis_say_how_a_route_is_selected,
        f"{REFERENCE}/apis.html",
        _select_by_nothing,
    ),
    Refusal(
        cors_is_of_http_and_credentials_are_for_named_origins,
        "https://github.com/aws/aws-cdk/issues/9076",
        _allow_everybody,
    ),
)
