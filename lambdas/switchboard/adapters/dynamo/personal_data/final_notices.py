"""The one part that goes out after an erasure: it names nobody, and is forgotten by itself."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from switchboard.adapters.dynamo.conversation.codec import PART
from switchboard.adapters.dynamo.table.items import pack
from switchboard.core.channels.delivery import PartState
from switchboard.core.people.address import ConversationId

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

KEPT_SECONDS = 30 * 24 * 3600


@dataclass(frozen=True, slots=True)
class DynamoFinalNotices:
    client: DynamoDBClient
    table: str

    def make_room(self, erasure: str, turn: str, *, now_ms: int) -> ConversationId:
        """A part that may be sent, once, of a conversation of its own: delivery goes on from there."""
        conversation = ConversationId(f"erased-{erasure}")
        item = {
            "pk": f"CONV#{conversation}",
            "sk": PART + turn,
            "part_state": PartState.WITHDRAWN.value,
            "expires": now_ms // 1000 + KEPT_SECONDS,
        }
        with suppress(self.client.exceptions.ConditionalCheckFailedException):
            self.client.put_item(
                TableName=self.table, Item=pack(item), ConditionExpression="attribute_not_exists(pk)"
            )
        return conversation
