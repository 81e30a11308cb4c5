"""Wires the redemption of tickets."""

import time
from collections.abc import Callable
from dataclasses import replace

import boto3

from switchboard.adapters.dynamo.people.people import known
from switchboard.adapters.dynamo.people.tickets import DynamoTickets
from switchboard.core.people.tickets import Principal
from switchboard.platform.aws import QUICK


def redeemer(*, people_table: str) -> Callable[[str], Principal | None]:
    """Whoever was linked since the ticket was made is who they are now."""
    dynamodb = boto3.client("dynamodb", config=QUICK)
    tickets = DynamoTickets(dynamodb, people_table)

    def redeem(ticket: str) -> Principal | None:
        bearer = tickets.redeem(ticket, now=int(time.time()))
        person = bearer and known(dynamodb, people_table, bearer.address)
        return replace(bearer, person=person) if bearer and person else bearer

    return redeem
