"""Page → socket gateway → the chat's functions → turns topic."""

from aws_cdk import aws_apigatewayv2 as apigatewayv2
from aws_cdk import aws_apigatewayv2_authorizers as authorizers
from aws_cdk import aws_apigatewayv2_integrations as integrations

from stacks.constructs import access
from stacks.constructs.channel import Means, Parts
from stacks.constructs.function import Function, Size
from stacks.constructs.suppression import Reviewed, accept

TICKET_SHOWN = Reviewed(
    "AwsSolutions-APIG4",
    "Sockets are authorized once, when they connect: frames carry what the authorizer of $connect found out.",
)


def build(parts: Parts) -> Means:
    """Page → socket gateway → web.receive → turns topic; a ticket opens the connection."""
    base = parts.base
    authorize = Function(
        parts.scope,
        "AuthorizeWeb",
        parts.platform,
        handler="switchboard.channels.web.handlers.authorize",
        size=Size(seconds=10, megabytes=512),
        uses=[access.table(base.people, "PEOPLE_TABLE", "GetItem", "DeleteItem")],
    )
    receive = Function(
        parts.scope,
        "ReceiveWeb",
        parts.platform,
        handler="switchboard.channels.web.handlers.receive",
        size=Size(seconds=15, megabytes=512),
        uses=[
            access.table(
                base.conversations,
                "CONVERSATIONS_TABLE",
                "GetItem",
                "PutItem",
                "UpdateItem",
                "DeleteItem",
            ),
            access.publish(base.turns, "TURNS_TOPIC"),
            access.post(base.socket, "CONNECTIONS_URL"),
        ],
    )
    for function in (authorize, receive):
        function.alert_on_errors(parts.platform)
    _route_frames(parts, receive, authorize)
    return Means()


def _route_frames(parts: Parts, receive: Function, authorize: Function) -> None:
    """The gateway is taken by its id: routes and authorizer live here, where their functions are."""
    api = parts.base.socket.api
    gateway = apigatewayv2.WebSocketApi.from_web_socket_api_attributes(
        parts.scope, "Socket", web_socket_id=api.api_id, api_endpoint=api.api_endpoint
    )
    ticket = authorizers.WebSocketLambdaAuthorizer(
        "Ticket", authorize.function, identity_source=["route.request.querystring.ticket"]
    )
    frames = integrations.WebSocketLambdaIntegration("Frames", receive.function)
    for name, key, authorizer in (
        ("Connect", "$connect", ticket),
        ("Frame", "$default", None),
        ("Disconnect", "$disconnect", None),
    ):
        route = apigatewayv2.WebSocketRoute(
            parts.scope,
            name,
            web_socket_api=gateway,
            route_key=key,
            integration=frames,
            authorizer=authorizer,
        )
        if authorizer is None:
            accept(route, TICKET_SHOWN)
