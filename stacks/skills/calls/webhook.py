"""The route by which a transcriber brings what it heard."""

from aws_cdk import aws_apigatewayv2 as apigatewayv2
from aws_cdk import aws_apigatewayv2_integrations as integrations
from constructs import Construct

from stacks.constructs.function import Function
from stacks.constructs.gateways import HttpGateway
from stacks.constructs.suppression import Reviewed, accept

PATH = "/transcribers/elevenlabs"

SIGNED_BY_THE_TRANSCRIBER = Reviewed(
    "AwsSolutions-APIG4",
    "The transcriber has no token of ours: it signs what it sends, over the bytes as they are, with a secret "
    "that the two of us share.",
)


def called_by_the_transcriber(scope: Construct, http: HttpGateway, receive: Function) -> None:
    route = apigatewayv2.HttpRoute(
        scope,
        "Webhook",
        http_api=http.api,
        route_key=apigatewayv2.HttpRouteKey.with_(PATH, apigatewayv2.HttpMethod.POST),
        integration=integrations.HttpLambdaIntegration("Receive", receive.function),
    )
    accept(route, SIGNED_BY_THE_TRANSCRIBER)
