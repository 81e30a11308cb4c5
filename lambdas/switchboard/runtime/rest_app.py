"""Wires the REST API: behind the HTTP gateway, which has verified the token, or wherever an app runs."""

import json
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import boto3
from fastapi import FastAPI, Request
from mangum import Mangum

from switchboard.adapters.cognito import UserPool
from switchboard.adapters.dynamo.idempotency import DynamoIdempotency
from switchboard.adapters.dynamo.people.people import DynamoPeople
from switchboard.adapters.dynamo.people.profiles import DynamoProfiles
from switchboard.adapters.dynamo.people.throttle import DynamoThrottle
from switchboard.adapters.dynamo.people.tickets import DynamoTickets
from switchboard.adapters.dynamo.spend.daily_totals import DynamoDays
from switchboard.adapters.dynamo.spend.ledger import DynamoLedger
from switchboard.api.app import create_app
from switchboard.channels import ACCOUNTS, CHANNELS
from switchboard.core.people.address import Address
from switchboard.core.people.login import LoginThrottle
from switchboard.core.people.throttle import Rate, Throttle
from switchboard.platform.aws import QUICK
from switchboard.platform.clock import SystemClock, new_id
from switchboard.platform.logs import failed
from switchboard.platform.skills import Given, given
from switchboard.platform.spend_limits import from_json
from switchboard.rest.ports import Account, Ports
from switchboard.runtime.callers import callers
from switchboard.skills import SKILLS

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

    from switchboard.core.conversation.timeline import Timeline
    from switchboard.runtime.rest_lazy import LazyPorts

TEXT = ["application/json", "application/problem+json"]

Identify = Callable[[Request], Account | None]


def server(**settings: str) -> Mangum:
    return Mangum(
        app(VerifiedByGateway(settings["user_pool_client"]), **settings), lifespan="off", text_mime_types=TEXT
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """One for each variable of the environment."""

    people_table: str
    conversations_table: str
    user_pool: str
    user_pool_client: str
    socket_url: str
    connections_url: str
    spend: str
    sign_ins: str
    cdn_secret: str
    turns_topic: str
    replies_topic: str
    dead_letters: str
    errands_queue_url: str
    exports_bucket: str
    skills: str


def app(account: Identify, **variables: str) -> FastAPI:
    """`account` finds out whose verified token a request carries."""
    return create_app(_ports(account, Settings(**variables)), SKILLS)


def _ports(account: Identify, settings: Settings) -> Ports:
    dynamodb = boto3.client("dynamodb", config=QUICK)
    people, conversations = settings.people_table, settings.conversations_table
    days, aside = DynamoDays(dynamodb, people), _aside(dynamodb, settings, given(settings.skills))
    return Ports(
        sign_in=_user_pool(settings),
        signed_out=lambda: aside().signed_out,
        door=_door(settings.sign_ins, DynamoThrottle(dynamodb, people)),
        people=DynamoPeople(dynamodb, people, conversations, new_id),
        profiles=DynamoProfiles(dynamodb, people, conversations),
        timeline=lambda: _timeline(dynamodb, conversations),
        tickets=DynamoTickets(dynamodb, people),
        ledger=DynamoLedger(dynamodb, people),
        limits=from_json(settings.spend),
        days=days,
        everybodys_days=days,
        roster=lambda: aside().roster,
        workshop=lambda: aside().workshop,
        answers=DynamoIdempotency(dynamodb, people),
        account=account,
        caller=callers(settings.cdn_secret),
        shown=shown,
        now_ms=SystemClock().now_ms,
        new_ticket=lambda: secrets.token_urlsafe(32),
        socket_url=settings.socket_url,
        report=lambda error: failed("request failed", error),
        links=lambda: aside().links,
        exports=lambda: aside().exports,
        erasures=lambda: aside().erasures,
        served=cache(lambda skill: aside().served(skill)),
    )


def _user_pool(settings: Settings) -> UserPool:
    client = boto3.client("cognito-idp", config=QUICK)
    return UserPool(client, settings.user_pool, settings.user_pool_client)


def _aside(
    dynamodb: "DynamoDBClient", settings: Settings, skills: "Mapping[str, Given]"
) -> "Callable[[], LazyPorts]":
    @cache
    def made() -> "LazyPorts":
        from switchboard.runtime.rest_lazy import LazyPorts  # noqa: PLC0415 - few requests need what it wires

        return LazyPorts(
            dynamodb=dynamodb,
            people_table=settings.people_table,
            conversations_table=settings.conversations_table,
            turns_topic=settings.turns_topic,
            replies_topic=settings.replies_topic,
            dead_letters=settings.dead_letters,
            errands_queue_url=settings.errands_queue_url,
            connections_url=settings.connections_url,
            exports_bucket=settings.exports_bucket,
            skills=skills,
        )

    return made


def _timeline(dynamodb: "DynamoDBClient", conversations: str) -> "Timeline":
    from switchboard.adapters.dynamo.conversation.timeline import DynamoTimeline  # noqa: PLC0415 - with it all of turns

    return DynamoTimeline(dynamodb, conversations)


@dataclass(frozen=True, slots=True)
class VerifiedByGateway:
    """`client` is the page's at the user pool."""

    client: str

    def __call__(self, request: Request) -> Account | None:
        """The authorizer has verified signature, issuer and time; it takes identity tokens too."""
        context = request.scope["aws.event"]["requestContext"]
        return account_of(context.get("authorizer", {}).get("jwt", {}).get("claims", {}), client=self.client)


def account_of(claims: Mapping[str, object], *, client: str) -> Account | None:
    """Whose verified token has these claims; None when it is no access token, or was made for another client.

    https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-tokens-verifying-a-jwt.html
    """
    subject = claims.get("sub")
    ours = claims.get("token_use") == "access" and claims.get("client_id") == client
    if not (subject and ours):
        return None
    return Account(Address(ACCOUNTS, str(subject)), groups_of(claims.get("cognito:groups")))


def groups_of(claim: object) -> frozenset[str]:
    """A list as the token has it, or its members in brackets, which is how the gateway writes lists."""
    if isinstance(claim, list):
        return frozenset(map(str, claim))
    return (
        frozenset(claim.removeprefix("[").removesuffix("]").split())
        if isinstance(claim, str)
        else frozenset()
    )


def shown(address: Address) -> str:
    """An account of the page means nothing to people; whatever one dials or writes to does."""
    spec = CHANNELS.get(address.channel)
    return "" if spec is None or spec.ingress == "socket" else address.value


def _door(sign_ins: str, throttle: Throttle) -> LoginThrottle:
    """`sign_ins` is JSON: how often a minute."""
    a_minute = json.loads(sign_ins)
    return LoginThrottle(
        throttle=throttle,
        address=Rate(a_minute["address"]),
        guesses=Rate(a_minute["guesses"]),
        name=Rate(a_minute["name"]),
    )
