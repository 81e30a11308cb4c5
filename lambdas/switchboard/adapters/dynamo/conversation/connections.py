"""Which sockets of a conversation are open: `CONV#id`/`SOCKET#connection`, gone when it closes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from switchboard.adapters.dynamo.conversation.codec import SOCKET
from switchboard.adapters.dynamo.conversation.message_writes import heir_of
from switchboard.adapters.dynamo.table.items import pack, unpack
from switchboard.core.people.address import Address, ConversationId, private_conversation
from switchboard.core.people.sockets import Socket

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

LIFETIME_SECONDS = 2 * 3600 + 600
"""The gateway closes a socket after two hours; one whose closing nobody told us of is forgotten then."""


@dataclass(frozen=True, slots=True)
class DynamoConnections:
    client: DynamoDBClient
    table: str

    def opened(self, socket: Socket, *, at_ms: int) -> None:
        item = {
            **_key(socket),
            "address": str(socket.address),
            "expires": at_ms // 1000 + LIFETIME_SECONDS,
        }
        self.client.put_item(TableName=self.table, Item=pack(item))

    def closed(self, socket: Socket) -> None:
        """A link may have moved it to another conversation since it opened."""
        taken = self.client.delete_item(
            TableName=self.table, Key=pack(_key(socket)), ReturnValues="ALL_OLD"
        ).get("Attributes")
        heir = None if taken else heir_of(self._state(socket.conversation), socket.address)
        if heir:
            self.closed(replace(socket, conversation=private_conversation(heir)))

    def open(self, conversation: ConversationId, *, now_ms: int) -> Sequence[Socket]:
        """Those that have not expired: the table takes its time to delete the others."""
        pages = self.client.get_paginator("query").paginate(
            TableName=self.table,
            KeyConditionExpression="pk = :pk AND begins_with(sk, :socket)",
            FilterExpression="expires > :now",
            ExpressionAttributeValues=pack(
                {":pk": f"CONV#{conversation}", ":socket": SOCKET, ":now": now_ms // 1000}
            ),
        )
        items = (unpack(item) for page in pages for item in page["Items"])
        return [_socket(conversation, item) for item in items]

    def _state(self, conversation: ConversationId) -> dict[str, Any]:
        key = pack({"pk": f"CONV#{conversation}", "sk": "STATE"})
        found = self.client.get_item(TableName=self.table, Key=key, ConsistentRead=True)
        return unpack(found.get("Item", {}))


def _key(socket: Socket) -> dict[str, Any]:
    return {"pk": f"CONV#{socket.conversation}", "sk": SOCKET + socket.connection}


def _socket(conversation: ConversationId, item: dict[str, Any]) -> Socket:
    address = Address(*item["address"].split("#", 1))
    return Socket(item["sk"].removeprefix(SOCKET), conversation, address)
