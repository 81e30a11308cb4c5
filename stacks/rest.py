"""Page → HTTP gateway → api: the function behind every request, and the routes that lead to it."""

from collections.abc import Mapping

import aws_cdk as cdk
from aws_cdk import aws_apigatewayv2 as apigatewayv2
from aws_cdk import aws_apigatewayv2_authorizers as authorizers
from aws_cdk import aws_apigatewayv2_integrations as integrations
from switchboard.core.secret_labels import SecretLabel

from stacks.constructs import access, dead_letters
from stacks.constructs.function import Function, Size
from stacks.constructs.platform import Platform
from stacks.constructs.suppression import Reviewed, accept
from stacks.foundation import FoundationStack
from stacks.jobs import JobsStack
from stacks.settings import Settings
from stacks.skills.stack import SkillStack

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
    jobs: JobsStack,
    skills: Mapping[str, SkillStack],
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
            access.table(people, "PEOPLE_TABLE", "GetItem", "BatchGetItem", "Query", "PutItem", "UpdateItem"),
            access.table(people, "PEOPLE_TABLE", "DeleteItem", "ConditionCheckItem"),
            access.index(people, "PEOPLE_TABLE", "listed", "Query"),
            access.table(conversations, "CONVERSATIONS_TABLE", "GetItem", "Query", "PutItem", "UpdateItem"),
            access.table(conversations, "CONVERSATIONS_TABLE", "BatchWriteItem", "DeleteItem"),
            access.table(conversations, "CONVERSATIONS_TABLE", "ConditionCheckItem"),
            access.index(conversations, "CONVERSATIONS_TABLE", "waiting", "Query"),
            access.given("SKILLS", {name: skill.rest() for name, skill in skills.items()}),
            access.publish(foundation.turns, "TURNS_TOPIC"),
            access.publish(foundation.replies, "REPLIES_TOPIC"),
            access.hang_up(foundation.socket, "CONNECTIONS_URL"),
            access.send(jobs.queue, "ERRANDS_QUEUE_URL"),
            access.objects(jobs.exports, "EXPORTS_BUCKET", "GetObject"),
            access.secret(foundation.secret, "CDN_SECRET", SecretLabel.CDN),
            access.accounts(foundation.user_pool, "USER_POOL", "AdminInitiateAuth"),
            dead_letters.repairs_of("DEAD_LETTERS", scope, jobs, *skills.values()),
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
