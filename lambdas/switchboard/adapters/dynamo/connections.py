"""Which sockets of a conversation are open: `CONV#id`/`SOCKET#connection`, gone when it closes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from switchboard.adapters.dynamo.items import pack, unpack
from switchboard.adapters.dynamo.records import SOCKET
from switchboard.core.people import Address, ConversationId

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

LIFETIME_SECONDS = 2 * 3600 + 600
"""The gateway closes a socket after two hours; one whose closing nobody told us of is forgotten then."""


@dataclass(frozen=True, slots=True)
class DynamoConnections:
    client: DynamoDBClient
    table: str

    def opened(self, conversation: ConversationId, connection: str, *, address: Address, at_ms: int) -> None:
        item = {
            **_key(conversation, connection),
            "address": str(address),
            "expires": at_ms // 1000 + LIFETIME_SECONDS,
        }
        self.client.put_item(TableName=self.table, Item=pack(item))

    def closed(self, conversation: ConversationId, connection: str) -> None:
        self.client.delete_item(TableName=self.table, Key=pack(_key(conversation, connection)))

    def open(self, conversation: ConversationId) -> Sequence[str]:
        pages = self.client.get_paginator("query").paginate(
            TableName=self.table,
            KeyConditionExpression="pk = :pk AND begins_with(sk, :socket)",
            ExpressionAttributeValues=pack({":pk": f"CONV#{conversation}", ":socket": SOCKET}),
        )
        items = (unpack(item) for page in pages for item in page["Items"])
        return [item["sk"].removeprefix(SOCKET) for item in items]


def _key(conversation: ConversationId, connection: str) -> dict[str, Any]:
    return {"pk": f"CONV#{conversation}", "sk": SOCKET + connection}
