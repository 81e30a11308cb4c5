"""A socket opens for whoever holds a fresh ticket, once."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from functools import cache
from typing import Any

from switchboard.channels.web.wiring.tickets import redeemer
from switchboard.core.people.tickets import Principal
from switchboard.platform.config import load
from switchboard.platform.entry_point import entry_point
from switchboard.platform.logs import logger


@dataclass(frozen=True)
class Config:
    people_table: str


@cache
def _redeem() -> Callable[[str], Principal | None]:
    return redeemer(**asdict(load(Config)))


@entry_point
def handler(event: Mapping[str, Any], _context: object) -> dict[str, Any]:
    ticket = (event.get("queryStringParameters") or {}).get("ticket", "")
    bearer = _redeem()(ticket) if ticket else None
    logger().info("ticket", extra={"valid": bearer is not None})
    return _policy(event["methodArn"], bearer)


def _policy(resource: str, bearer: Principal | None) -> dict[str, Any]:
    """The gateway hands the context to every later frame of the socket."""
    effect = "Allow" if bearer else "Deny"
    statement = {"Action": "execute-api:Invoke", "Effect": effect, "Resource": resource}
    context = (
        {"person": bearer.person, "channel": bearer.address.channel, "address": bearer.address.value}
        if bearer
        else {}
    )
    return {
        "principalId": bearer.person if bearer else "nobody",
        "policyDocument": {"Version": "2012-10-17", "Statement": [statement]},
        "context": context,
    }
