"""Wires what a page's frames reach."""

from collections.abc import Callable, Mapping
from typing import Any

import boto3

from switchboard.adapters.dynamo.conversation.connections import DynamoConnections
from switchboard.adapters.dynamo.conversation.mailbox import DynamoMailbox
from switchboard.adapters.dynamo.people.throttle import DynamoThrottle
from switchboard.adapters.sockets import PageListener, Sockets, make_client
from switchboard.adapters.topics import TurnsTopic
from switchboard.channels.web.frames import BadFrame, error_frame
from switchboard.channels.web.inbound import Caller, Page
from switchboard.core.conversation.reply_stream import Listener
from switchboard.core.people.address import Address, PersonId
from switchboard.core.people.sockets import Socket
from switchboard.core.people.tickets import Principal
from switchboard.platform.aws import QUICK
from switchboard.platform.logs import failed

SORRY = BadFrame("internal", "Something went wrong on our side. Please send it again.")


def frames(
    *, conversations_table: str, turns_topic: str, connections_url: str
) -> Callable[[Mapping[str, Any]], None]:
    """Takes a gateway event of a message; every one is answered by a frame."""
    dynamodb = boto3.client("dynamodb", config=QUICK)
    connections = DynamoConnections(dynamodb, conversations_table)
    sockets = Sockets(make_client(connections_url), connections.closed)

    def listener(socket: Socket, msgid: str) -> Listener:
        return PageListener(sockets, socket, msgid)

    page = Page(
        mailbox=DynamoMailbox(dynamodb, conversations_table),
        signals=TurnsTopic(boto3.client("sns", config=QUICK), turns_topic),
        post=sockets.post,
        listener=listener,
        throttle=DynamoThrottle(dynamodb, conversations_table),
    )

    def take(event: Mapping[str, Any]) -> None:
        caller = _caller(event["requestContext"])
        try:
            page.on_frame(event.get("body") or "", caller)
        except Exception as error:  # noqa: BLE001 - a page learns that it failed, never why
            failed("frame failed", error)
            sockets.post(caller.socket, error_frame(SORRY))

    return take


def attendance(*, conversations_table: str) -> Callable[[Mapping[str, Any]], None]:
    """Takes a gateway event of a socket that opened or closed, so that news finds the open ones."""
    connections = DynamoConnections(boto3.client("dynamodb", config=QUICK), conversations_table)

    def note(event: Mapping[str, Any]) -> None:
        caller = _caller(event["requestContext"])
        if event["requestContext"]["eventType"] == "CONNECT":
            connections.opened(caller.socket, at_ms=caller.at_ms)
        else:
            connections.closed(caller.socket)

    return note


def _caller(context: Mapping[str, Any]) -> Caller:
    who = context["authorizer"]
    bearer = Principal(PersonId(who["person"]), Address(who["channel"], who["address"]))
    return Caller(connection=context["connectionId"], bearer=bearer, at_ms=int(context["requestTimeEpoch"]))
