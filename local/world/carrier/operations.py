"""What `pinpoint-sms-voice-v2` does with a request whose shape is right: one function for each operation."""

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from local.world.carrier.countries import Cost, Country, cost_of, country_of
from local.world.carrier.errors import conflict, invalid
from local.world.carrier.messages import Outgoing
from local.world.carrier.network import Network
from local.world.carrier.optouts import OptOuts
from local.world.carrier.parts import measure
from local.world.service import World

# North American numbers have eleven digits, others at most fifteen.
E164 = re.compile(r"\+(?:1[2-9]\d{9}|[2-9]\d{6,14})", re.ASCII)
PAGE_SIZE = 100
Request = Mapping[str, Any]
Operation = Callable[[Request], Mapping[str, object]]


def operations(world: World, network: Network) -> Mapping[str, Operation]:
    def send(request: Request) -> Mapping[str, object]:
        sent = outgoing(request, world=world, opt_outs=network.opt_outs)
        if not request.get("DryRun"):
            network.carry(sent)
        return {"MessageId": sent.id}

    def put(request: Request) -> Mapping[str, object]:
        name, number = list_name(request), e164(request["OptedOutNumber"])
        return described(name) | opted_out(number, network.opt_outs.put(name, number))

    def delete(request: Request) -> Mapping[str, object]:
        name, number = list_name(request), e164(request["OptedOutNumber"])
        return described(name) | opted_out(number, network.opt_outs.delete(name, number))

    def describe(request: Request) -> Mapping[str, object]:
        return describe_opted_out(request, network.opt_outs)

    return {
        "SendTextMessage": send,
        "PutOptedOutNumber": put,
        "DeleteOptedOutNumber": delete,
        "DescribeOptedOutNumbers": describe,
    }


def outgoing(request: Request, *, world: World, opt_outs: OptOuts) -> Outgoing:
    number, body = e164(request["DestinationPhoneNumber"]), request.get("MessageBody")
    if body is None:
        raise invalid("MISSING_PARAMETER", "MessageBody is required for a text message.")
    country, size = sendable(number, opt_outs), measure(body)
    cost = cost_of(country, parts=size.parts)
    require_price(cost, request.get("MaxPrice"))
    return Outgoing(
        id=world.ports.new_id(),
        origin=world.line.number,
        number=number,
        body=body,
        message_type=request.get("MessageType", "TRANSACTIONAL"),
        context=request.get("Context", {}),
        country=country,
        size=size,
        cost=cost,
        at=world.ports.now(),
    )


def sendable(number: str, opt_outs: OptOuts) -> Country:
    country = country_of(number)
    if country is None:
        raise conflict(
            "DESTINATION_COUNTRY_BLOCKED_BY_PROTECT_CONFIGURATION",
            f"Texts to the country of {number} are blocked.",
            resource="protect-configuration",
        )
    if opt_outs.holds(number):
        raise conflict(
            "DESTINATION_PHONE_NUMBER_OPTED_OUT", f"{number} has opted out.", resource="opted-out-number"
        )
    return country


def require_price(cost: Cost, most: str | None) -> None:
    if most is not None and cost.total > Decimal(f"0{most}"):
        raise invalid("PRICE_OVER_THRESHOLD", f"The text costs {cost.total}, more than MaxPrice {most}.")


def e164(number: str) -> str:
    normal = f"+{number.removeprefix('+')}"
    if not E164.fullmatch(normal):
        raise invalid("INVALID_PARAMETER", f"{number} is not a phone number in E.164 format.")
    return normal


def list_name(request: Request) -> str:
    return str(request["OptOutListName"]).rpartition("/")[2]


def described(name: str) -> dict[str, object]:
    arn = f"arn:aws:sms-voice:us-east-1:000000000000:opt-out-list/{name}"
    return {"OptOutListArn": arn, "OptOutListName": name}


def opted_out(number: str, since: datetime) -> dict[str, object]:
    return {"OptedOutNumber": number, "OptedOutTimestamp": since.timestamp(), "EndUserOptedOut": False}


def describe_opted_out(request: Request, opt_outs: OptOuts) -> Mapping[str, object]:
    """No number here was opted out by its user at the carrier, so that filter decides all or nothing."""
    name = list_name(request)
    asked = [e164(number) for number in request.get("OptedOutNumbers", [])] or opt_outs.numbers(name)
    by_user = any("true" in f["Values"] for f in request.get("Filters", []))
    rows = [] if by_user else [opted_out(number, opt_outs.since(name, number)) for number in asked]
    start, size = page_start(request.get("NextToken"), rows), request.get("MaxResults", PAGE_SIZE)
    after = start + size
    more = {"NextToken": str(after)} if after < len(rows) else {}
    return described(name) | {"OptedOutNumbers": rows[start:after]} | more


def page_start(token: str | None, rows: list[dict[str, object]]) -> int:
    if token is None:
        return 0
    if not (token.isascii() and token.isdigit() and len(token) < 9 and int(token) < len(rows)):
        raise invalid("INVALID_NEXT_TOKEN", "NextToken is not one that was given.")
    return int(token)
