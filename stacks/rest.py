"""Page → HTTP gateway → api: the function behind every request, and the routes that lead to it."""

from collections.abc import Mapping

import aws_cdk as cdk
from aws_cdk import aws_apigatewayv2 as apigatewayv2
from aws_cdk import aws_apigatewayv2_authorizers as authorizers
from aws_cdk import aws_apigatewayv2_integrations as integrations
from aws_cdk import aws_dynamodb as dynamodb
from switchboard.core.secret_labels import SecretLabel

from stacks import call_links
from stacks.calls import CallsStack
from stacks.constructs import letters, link
from stacks.constructs.function import Function, Size
from stacks.constructs.platform import Platform
from stacks.constructs.review import Reviewed, accept
from stacks.errands import ErrandsStack
from stacks.foundation import FoundationStack
from stacks.settings import Settings

SIGNED_IN = ("GET", "POST", "PUT", "PATCH", "DELETE")
OPEN = {"Login": "/login", "Refresh": "/login/refresh", "Logout": "/logout"}
DOWNLOAD = "/downloads/{token}"

THE_WAY_IN = Reviewed(
    "AwsSolutions-APIG4",
    "This is where people get the token that every other route asks for: by their password, or by the "
    "cookie of their session, which also ends it.",
)


THE_LINK = Reviewed(
    "AwsSolutions-APIG4",
    "The short link of an export is opened on a phone that is not signed in: 128 random bits, for an hour.",
)


def answer_requests(
    scope: cdk.Stack,
    platform: Platform,
    *,
    foundation: FoundationStack,
    errands: ErrandsStack,
    records: Mapping[str, dynamodb.ITableV2],
    calls: CallsStack,
) -> None:
    """Operators repair what the queues have given up, so those of this scope come first."""
    people, conversations = foundation.people, foundation.conversations
    api = Function(
        scope,
        "Api",
        platform,
        handler="handlers.api",
        size=Size(seconds=15, megabytes=1024),
        layers=("base", "api"),
        uses=[
            link.table(people, "PEOPLE_TABLE", "GetItem", "BatchGetItem", "Query", "PutItem", "UpdateItem"),
            link.table(people, "PEOPLE_TABLE", "DeleteItem", "ConditionCheckItem"),
            link.index(people, "PEOPLE_TABLE", "listed", "Query"),
            link.table(conversations, "CONVERSATIONS_TABLE", "GetItem", "Query", "PutItem", "UpdateItem"),
            link.table(conversations, "CONVERSATIONS_TABLE", "BatchWriteItem", "DeleteItem"),
            link.table(conversations, "CONVERSATIONS_TABLE", "ConditionCheckItem"),
            link.index(conversations, "CONVERSATIONS_TABLE", "waiting", "Query"),
            link.table(records["tasks"], "TASKS_TABLE", "GetItem", "Query", "PutItem", "DeleteItem"),
            link.table(calls.records, "CALLS_TABLE", "GetItem", "Query", "PutItem", "DeleteItem"),
            *call_links.reading_and_deleting(calls.recordings),
            call_links.uploading(calls.recordings),
            call_links.playing(calls.recordings),
            link.start(calls.machine.machine, "CALLS_MACHINE"),
            link.publish(foundation.turns, "TURNS_TOPIC"),
            link.publish(foundation.replies, "REPLIES_TOPIC"),
            link.hang_up(foundation.socket, "CONNECTIONS_URL"),
            link.send(errands.queue, "ERRANDS_QUEUE_URL"),
            link.objects(errands.exports, "EXPORTS_BUCKET", "GetObject"),
            link.secret(foundation.secret, "CDN_SECRET", SecretLabel.CDN),
            link.accounts(foundation.user_pool, "USER_POOL", "AdminInitiateAuth"),
            letters.repairs_of("DEAD_LETTERS", scope, errands, calls),
        ],
        environment={
            "USER_POOL_CLIENT": foundation.user_pool_client.user_pool_client_id,
            "SOCKET_URL": foundation.socket.url,
            **_limits(platform.settings),
        },
    )
    _route(scope, api, foundation)


def _limits(settings: Settings) -> Mapping[str, str]:
    """What people may do, and how often or for how much."""
    return {
        "SPEND": settings.spend.to_json(),
        "SIGN_INS": settings.sign_ins.to_json(),
        "CALLS_QUOTA": settings.calls.quota.to_json(),
        "MODEL_NAMES": settings.model.names_to_json(),
    }


def _route(scope: cdk.Stack, api: Function, foundation: FoundationStack) -> None:
    """Methods are named one by one: ANY would ask browsers' preflights, which carry no token, for one."""
    answer = integrations.HttpLambdaIntegration("Answer", api.function)
    signed_in = authorizers.HttpUserPoolAuthorizer(
        "SignedIn", foundation.user_pool, user_pool_clients=[foundation.user_pool_client]
    )
    for name, path in OPEN.items():
        key = apigatewayv2.HttpRouteKey.with_(path, apigatewayv2.HttpMethod.POST)
        door = apigatewayv2.HttpRoute(
            scope, name, http_api=foundation.http.api, route_key=key, integration=answer
        )
        accept(door, THE_WAY_IN)
    get = apigatewayv2.HttpRouteKey.with_(DOWNLOAD, apigatewayv2.HttpMethod.GET)
    download = apigatewayv2.HttpRoute(
        scope, "Download", http_api=foundation.http.api, route_key=get, integration=answer
    )
    accept(download, THE_LINK)
    for name in SIGNED_IN:
        apigatewayv2.HttpRoute(
            scope,
            name.capitalize(),
            http_api=foundation.http.api,
            route_key=apigatewayv2.HttpRouteKey.with_("/{proxy+}", apigatewayv2.HttpMethod(name)),
            integration=answer,
            authorizer=signed_in,
        )
