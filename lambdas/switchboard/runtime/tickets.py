"""Wires the redemption of tickets."""

import time
from collections.abc import Callable

import boto3

from switchboard.adapters.dynamo.tickets import DynamoTickets
from switchboard.core.tickets import Bearer
from switchboard.runtime.aws import QUICK


def redeemer(*, people_table: str) -> Callable[[str], Bearer | None]:
    tickets = DynamoTickets(boto3.client("dynamodb", config=QUICK), people_table)

    def redeem(ticket: str) -> Bearer | None:
        return tickets.redeem(ticket, now=int(time.time()))

    return redeem
