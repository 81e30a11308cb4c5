"""What has waited longer than it should: conversations, parts, failed turns. A sparse index, never a scan."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from switchboard.adapters.dynamo.table.items import Item, pack, unpack
from switchboard.core.people.address import ConversationId

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient


class OverdueKind(StrEnum):
    """The partitions of the index; an item enters and leaves one by the write that changes its state."""

    CONVERSATION = "conversation"
    PART = "part"
    TURN = "turn"


class OverdueItem(NamedTuple):
    """An item of a conversation by its sort key, and since when it waits (Unix milliseconds)."""

    conversation: ConversationId
    sk: str
    since_ms: int


@dataclass(frozen=True, slots=True)
class DynamoWaiting:
    client: DynamoDBClient
    table: str

    def since_before(self, at_ms: int, *, limit: int) -> Iterator[ConversationId]:
        """Conversations with a message from before `at_ms` that nobody finished, oldest first."""
        return (found.conversation for found in self.of(OverdueKind.CONVERSATION, before=at_ms, limit=limit))

    def of(self, kind: OverdueKind, *, before: int, limit: int) -> Iterator[OverdueItem]:
        """What has waited since before then (Unix milliseconds), oldest first."""
        pages = self.client.get_paginator("query").paginate(
            TableName=self.table,
            IndexName="waiting",
            KeyConditionExpression="waiting = :kind AND waiting_since < :at",
            ExpressionAttributeValues=pack({":kind": kind.value, ":at": before}),
            PaginationConfig={"MaxItems": limit},
        )
        return (_found(unpack(item)) for page in pages for item in page["Items"])


def _found(item: Item) -> OverdueItem:
    conversation = ConversationId(item["pk"].removeprefix("CONV#"))
    return OverdueItem(conversation, item["sk"], item["waiting_since"])
