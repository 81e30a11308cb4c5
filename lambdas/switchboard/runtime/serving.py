"""Wires the REST API behind the HTTP gateway, which has verified the token."""

import secrets
import time

import boto3
from fastapi import Request
from mangum import Mangum

from switchboard.adapters.cognito import UserPool
from switchboard.adapters.dynamo.people import DynamoPeople
from switchboard.adapters.dynamo.tickets import DynamoTickets
from switchboard.api.app import Ports, create_app
from switchboard.runtime.aws import QUICK
from switchboard.runtime.clock import new_id
from switchboard.runtime.logs import failed

TEXT = ["application/json", "application/problem+json"]


def server(*, people_table: str, user_pool_client: str) -> Mangum:
    dynamodb = boto3.client("dynamodb", config=QUICK)
    ports = Ports(
        sign_in=UserPool(boto3.client("cognito-idp", config=QUICK), user_pool_client),
        people=DynamoPeople(dynamodb, people_table, new_id),
        tickets=DynamoTickets(dynamodb, people_table),
        account=_account,
        now=lambda: int(time.time()),
        new_ticket=lambda: secrets.token_urlsafe(32),
        report=lambda error: failed("request failed", error),
    )
    return Mangum(create_app(ports), lifespan="off", text_mime_types=TEXT)


def _account(request: Request) -> str | None:
    """The subject of the token that the gateway's authorizer verified."""
    context = request.scope["aws.event"]["requestContext"]
    claims = context.get("authorizer", {}).get("jwt", {}).get("claims", {})
    subject = claims.get("sub")
    return str(subject) if subject else None
