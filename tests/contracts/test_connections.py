"""Sockets are known while they are open, and never for longer than the gateway keeps them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from switchboard.adapters.dynamo.conversation.connections import LIFETIME_SECONDS, DynamoConnections
from switchboard.adapters.dynamo.table.items import pack
from switchboard.core.people.address import ConversationId
from switchboard.core.people.sockets import Socket

from tests.examples import ADAS_PAGE, CONVERSATION
from tests.fakes.clock import EPOCH_MS
from tests.tables import CONVERSATIONS

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

PAGE = Socket("socket-1", CONVERSATION, ADAS_PAGE)
HEIR = ConversationId("private-heir")


@pytest.fixture
def connections(dynamodb: DynamoDBClient) -> DynamoConnections:
    return DynamoConnections(dynamodb, CONVERSATIONS)


def left(dynamodb: DynamoDBClient) -> list[str]:
    return [item["sk"]["S"] for item in dynamodb.scan(TableName=CONVERSATIONS)["Items"]]


def test_an_open_socket_is_found_until_it_closes(
    connections: DynamoConnections, dynamodb: DynamoDBClient
) -> None:
    other = replace(PAGE, connection="socket-2")
    for socket in (PAGE, other):
        connections.opened(socket, at_ms=EPOCH_MS)
    assert list(connections.open(CONVERSATION, now_ms=EPOCH_MS)) == [PAGE, other]
    connections.closed(PAGE)
    assert list(connections.open(CONVERSATION, now_ms=EPOCH_MS)) == [other]
    assert left(dynamodb) == ["SOCKET#socket-2"]


def test_a_socket_of_another_conversation_is_not_found(connections: DynamoConnections) -> None:
    connections.opened(PAGE, at_ms=EPOCH_MS)
    assert list(connections.open(HEIR, now_ms=EPOCH_MS)) == []


def test_an_expired_socket_is_not_read_although_its_item_is_there(
    connections: DynamoConnections, dynamodb: DynamoDBClient
) -> None:
    connections.opened(PAGE, at_ms=EPOCH_MS)
    last = EPOCH_MS + LIFETIME_SECONDS * 1000
    assert list(connections.open(CONVERSATION, now_ms=last - 1)) == [PAGE]
    assert list(connections.open(CONVERSATION, now_ms=last)) == []
    assert left(dynamodb) == ["SOCKET#socket-1"]


def test_closing_twice_and_closing_what_nobody_knows_is_nothing(connections: DynamoConnections) -> None:
    connections.opened(PAGE, at_ms=EPOCH_MS)
    for _ in range(2):
        connections.closed(PAGE)
    assert list(connections.open(CONVERSATION, now_ms=EPOCH_MS)) == []


@pytest.mark.parametrize("mark", ["merged_into", f"left:{ADAS_PAGE}"])
def test_a_socket_that_a_link_has_moved_is_found_by_its_closing(
    connections: DynamoConnections, dynamodb: DynamoDBClient, mark: str
) -> None:
    """It closes as whom it opened; whoever has it by now is named by that conversation's state."""
    state = {"pk": f"CONV#{CONVERSATION}", "sk": "STATE", mark: "heir"}
    dynamodb.put_item(TableName=CONVERSATIONS, Item=pack(state))
    connections.opened(replace(PAGE, conversation=HEIR), at_ms=EPOCH_MS)
    connections.closed(PAGE)
    assert left(dynamodb) == ["STATE"]
