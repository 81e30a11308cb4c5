"""Which conversations have waited longer than they should: a sparse index, never a scan."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from switchboard.adapters.dynamo.items import pack, unpack
from switchboard.core.people import ConversationId

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient


@dataclass(frozen=True, slots=True)
class DynamoWaiting:
    client: DynamoDBClient
    table: str

    def since_before(self, at_ms: int, *, limit: int) -> Iterator[ConversationId]:
        """Conversations with a message from before `at_ms` that nobody finished, oldest first."""
        pages = self.client.get_paginator("query").paginate(
            TableName=self.table,
            IndexName="waiting",
            KeyConditionExpression="waiting = :yes AND waiting_since < :at",
            ExpressionAttributeValues=pack({":yes": "yes", ":at": at_ms}),
            PaginationConfig={"MaxItems": limit},
        )
        for page in pages:
            for item in page["Items"]:
                yield ConversationId(unpack(item)["pk"].removeprefix("CONV#"))
