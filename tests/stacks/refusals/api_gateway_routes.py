"""API Gateway: routes, what they lead to, and who lets somebody in, by protocol."""

import re
from collections import Counter
from collections.abc import Iterator

from tests.stacks.assembly import Assembly, Place
from tests.stacks.breaking import drop, first, put
from tests.stacks.refusals.api_gateway import GUIDE, HTTP, REFERENCE, SOCKET, change, parts, protocol_of
from tests.stacks.refusals.refusal import Refusal

ROUTE, INTEGRATION = "AWS::ApiGatewayV2::Route", "AWS::ApiGatewayV2::Integration"
AUTHORIZER = "AWS::ApiGatewayV2::Authorizer"
CONNECT = "$connect"

METHODS = "ANY|DELETE|GET|HEAD|OPTIONS|PATCH|POST|PUT"
SEGMENT = r"/(?:[\w.~!&'()*+,;=:@%$-]*|\{\w+\})"
KEYS = {
    HTTP: re.compile(rf"\$default|(?:{METHODS}) (?:/|(?:{SEGMENT})*(?:/\{{\w+\+\}})?)"),
    SOCKET: re.compile(r"\$(?:connect|disconnect|default)|[^$].*"),
}
KINDS = {HTTP: {"NONE", "JWT", "AWS_IAM", "CUSTOM"}, SOCKET: {"NONE", "AWS_IAM", "CUSTOM"}}
ASKED = {"JWT": "JWT", "CUSTOM": "REQUEST"}
"""The type of authorizer that a route's type of authorization takes."""
SOURCES = {
    HTTP: re.compile(r"\$request\.(?:header|querystring)\.[\w.-]+|\$(?:context|stageVariables)\.[\w.-]+"),
    SOCKET: re.compile(
        r"route\.request\.(?:header|querystring)\.[\w.-]+|(?:context|stageVariables)\.[\w.-]+"
    ),
}
OF_HTTP_ALONE = (
    *("AuthorizerPayloadFormatVersion", "AuthorizerResultTtlInSeconds", "EnableSimpleResponses"),
    "JwtConfiguration",
)
LONGEST_MS = {HTTP: 30_000, SOCKET: 29_000}
MOST_AUDIENCES = 50


def route_keys_have_the_form_of_their_protocol(assembly: Assembly) -> Iterator[str]:
    for route in assembly.resources(ROUTE):
        key = route.properties["RouteKey"]
        if not KEYS[protocol_of(assembly, route)].fullmatch(key):
            yield f"{route} is {key}"


def route_keys_are_unique(assembly: Assembly) -> Iterator[str]:
    """In an API, whichever stacks its routes are in."""
    keys = Counter(
        (api, route.properties["RouteKey"])
        for route in assembly.resources(ROUTE)
        for api in assembly.named_in(route.stack, route.properties["ApiId"])
    )
    yield from (f"{key} is there {count} times" for (_, key), count in keys.items() if count > 1)


def routes_are_authorized_as_their_protocol_can(assembly: Assembly) -> Iterator[str]:
    for route in assembly.resources(ROUTE):
        kind = route.properties.get("AuthorizationType", "NONE")
        if kind not in KINDS[protocol_of(assembly, route)]:
            yield f"{route} is authorized by {kind}"
        named = assembly.named_in(route.stack, route.properties.get("AuthorizerId"))
        types = {
            each.properties["AuthorizerType"]
            for each in assembly.resources(AUTHORIZER)
            if (each.stack, each.id) in named
        }
        if types != {ASKED[kind]} if kind in ASKED else types:
            yield f"{route} is authorized by {kind}, and its authorizer is {types or 'not there'}"


def sockets_are_authorized_only_when_they_connect(assembly: Assembly) -> Iterator[str]:
    for route in parts(assembly, ROUTE, SOCKET):
        kind = route.properties.get("AuthorizationType", "NONE")
        if kind != "NONE" and route.properties["RouteKey"] != CONNECT:
            yield f"{route} is authorized by {kind}"


def sockets_tell_when_they_close(assembly: Assembly) -> Iterator[str]:
    """No other route hears of it; a local AWS tells `$default`."""
    keys: dict[Place, set[str]] = {}
    for route in parts(assembly, ROUTE, SOCKET):
        for api in assembly.named_in(route.stack, route.properties["ApiId"]):
            keys.setdefault(api, set()).add(route.properties["RouteKey"])
    for api, known in keys.items():
        if CONNECT in known and "$disconnect" not in known:
            yield f"{'/'.join(api)} tells who comes and not who goes"


def tokens_are_judged_by_issuer_and_audience(assembly: Assembly) -> Iterator[str]:
    for authorizer in assembly.resources(AUTHORIZER):
        if authorizer.properties["AuthorizerType"] != "JWT":
            continue
        judged = authorizer.properties.get("JwtConfiguration", {})
        sources = authorizer.properties.get("IdentitySource", ())
        if not judged.get("Issuer") or not 0 < len(judged.get("Audience", ())) <= MOST_AUDIENCES:
            yield f"{authorizer} lacks an issuer or an audience"
        if len(sources) != 1:
            yield f"{authorizer} takes its token from {sources}"


def functions_that_authorize_are_named(assembly: Assembly) -> Iterator[str]:
    for authorizer in assembly.resources(AUTHORIZER):
        properties, protocol = authorizer.properties, protocol_of(assembly, authorizer)
        request = properties["AuthorizerType"] == "REQUEST"
        if request and "AuthorizerUri" not in properties:
            yield f"{authorizer} names no function"
        if request and protocol == HTTP and "AuthorizerPayloadFormatVersion" not in properties:
            yield f"{authorizer} says no format"
        if protocol == SOCKET and set(OF_HTTP_ALONE) & properties.keys():
            yield f"{authorizer} has what only HTTP APIs have"


def identities_come_from_where_their_protocol_has_them(assembly: Assembly) -> Iterator[str]:
    for authorizer in assembly.resources(AUTHORIZER):
        form = SOURCES[protocol_of(assembly, authorizer)]
        for source in authorizer.properties.get("IdentitySource", ()):
            if not form.fullmatch(source):
                yield f"{authorizer} asks {source}"


def integrations_wait_no_longer_than_their_protocol(assembly: Assembly) -> Iterator[str]:
    for integration in assembly.resources(INTEGRATION):
        longest = LONGEST_MS[protocol_of(assembly, integration)]
        if not 50 <= integration.properties.get("TimeoutInMillis", longest) <= longest:
            yield f"{integration} waits {integration.properties['TimeoutInMillis']} ms"


def http_integrations_say_their_format(assembly: Assembly) -> Iterator[str]:
    for integration in parts(assembly, INTEGRATION, HTTP):
        said = integration.properties.get("PayloadFormatVersion")
        if said not in {"1.0", "2.0"}:
            yield f"{integration} has the format {said}"


def _two_of_a_key(assembly: Assembly) -> None:
    """In another stack than the first."""
    first(ROUTE, put("Properties", "RouteKey", to="POST /login"), stack="Calls")(assembly)


def _close_in_silence(assembly: Assembly) -> None:
    routes = parts(assembly, ROUTE, SOCKET)
    closing = next(each for each in routes if each.properties["RouteKey"] == "$disconnect")
    del assembly.templates[closing.stack]["Resources"][closing.id]


KEY, KIND = ("Properties", "RouteKey"), ("Properties", "AuthorizationType")
JWT = ("Properties", "JwtConfiguration")
SOURCE, WAIT = ("Properties", "IdentitySource"), ("Properties", "TimeoutInMillis")
RULES = (
    Refusal(
        route_keys_have_the_form_of_their_protocol,
        f"{GUIDE}/http-api-develop-routes.html",
        change(ROUTE, put(*KEY, to="GET /{proxy+}/more"), protocol=HTTP),
    ),
    Refusal(
        route_keys_have_the_form_of_their_protocol,
        f"{GUIDE}/websocket-api-develop-routes.html",
        change(ROUTE, put(*KEY, to="$closed"), protocol=SOCKET),
    ),
    Refusal(route_keys_are_unique, f"{GUIDE}/http-api-develop-routes.html", _two_of_a_key),
    Refusal(
        routes_are_authorized_as_their_protocol_can,
        f"{REFERENCE}/apis-apiid-routes.html",
        change(ROUTE, put(*KIND, to="JWT"), protocol=SOCKET),
    ),
    Refusal(
        routes_are_authorized_as_their_protocol_can,
        f"{REFERENCE}/apis-apiid-routes.html",
        change(ROUTE, drop("Properties", "AuthorizerId"), protocol=SOCKET),
    ),
    Refusal(
        sockets_are_authorized_only_when_they_connect,
        f"{GUIDE}/apigateway-websocket-api-route-keys-connect-disconnect.html",
        change(ROUTE, put(*KEY, to="$disconnect"), protocol=SOCKET),
    ),
    Refusal(
        sockets_tell_when_they_close,
        f"{GUIDE}/apigateway-websocket-api-route-keys-connect-disconnect.html",
        _close_in_silence,
    ),
    Refusal(
        tokens_are_judged_by_issuer_and_audience,
        f"{REFERENCE}/apis-apiid-authorizers.html",
        change(AUTHORIZER, put(*JWT, "Audience", to=[]), protocol=HTTP),
    ),
    Refusal(
        functions_that_authorize_are_named,
        f"{REFERENCE}/apis-apiid-authorizers.html",
        change(AUTHORIZER, put("Properties", "EnableSimpleResponses", to=True), protocol=SOCKET),
    ),
    Refusal(
        identities_come_from_where_their_protocol_has_them,
        f"{REFERENCE}/apis-apiid-authorizers.html",
        change(AUTHORIZER, put(*SOURCE, to=["$request.querystring.ticket"]), protocol=SOCKET),
    ),
    Refusal(
        integrations_wait_no_longer_than_their_protocol,
        f"{REFERENCE}/apis-apiid-integrations.html",
        change(INTEGRATION, put(*WAIT, to=29_500), protocol=SOCKET),
    ),
    Refusal(
        http_integrations_say_their_format,
        f"{REFERENCE}/apis-apiid-integrations.html",
        change(INTEGRATION, drop("Properties", "PayloadFormatVersion"), protocol=HTTP),
    ),
)
