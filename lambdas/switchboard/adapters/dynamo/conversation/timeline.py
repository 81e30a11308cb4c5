"""A private conversation read backwards: one query a page, of turns only, and of nobody else's."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from switchboard.adapters.dynamo.conversation.codec import TURN
from switchboard.adapters.dynamo.table.items import Item, pack, unpack
from switchboard.core.conversation.timeline import TimelineEntry
from switchboard.core.conversation.turn import TurnState
from switchboard.core.messages.message import Origin
from switchboard.core.pages import BadPosition, Page
from switchboard.core.people.address import PersonId, private_conversation

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

POSITION = re.compile(r"[0-9a-z-]{1,64}")
SHOWN = "sk, message_id, at_ms, address, origin, asked, #text, #state, cost"
NAMES = {"#text": "text", "#state": "state"}


@dataclass(frozen=True, slots=True)
class DynamoTimeline:
    client: DynamoDBClient
    table: str

    def page(self, person: PersonId, *, limit: int, after: str = "") -> Page[TimelineEntry]:
        pk = f"CONV#{private_conversation(person)}"
        found = self.client.query(
            TableName=self.table,
            KeyConditionExpression="pk = :pk AND begins_with(sk, :turn)",
            ExpressionAttributeValues=pack({":pk": pk, ":turn": TURN}),
            ExpressionAttributeNames=NAMES,
            ProjectionExpression=SHOWN,
            ScanIndexForward=False,
            ConsistentRead=True,
            Limit=limit + 1,
            **_from(pk, after),
        )
        read = [_exchange(unpack(item)) for item in found["Items"]]
        more = len(read) > limit or "LastEvaluatedKey" in found
        shown = read[:limit]
        return Page(shown, shown[-1].id if more and shown else "")


def _from(pk: str, position: str) -> dict[str, Any]:
    """The key is made here: a position names a turn, and never whose. Errors: BadPosition."""
    if not position:
        return {}
    if not POSITION.fullmatch(position):
        raise BadPosition
    return {"ExclusiveStartKey": pack({"pk": pk, "sk": TURN + position})}


def _exchange(item: Item) -> TimelineEntry:
    origin = Origin(item.get("origin", Origin.PERSON))
    return TimelineEntry(
        id=item["sk"].removeprefix(TURN),
        message_id=item["message_id"],
        at_ms=item["at_ms"],
        channel=item["address"]["channel"],
        origin=origin,
        asked=item["asked"] if origin is Origin.PERSON else "",
        answered=item["text"],
        state=TurnState(item["state"]),
        cost=item["cost"],
    )
