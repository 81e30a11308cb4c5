"""The mailbox side of a conversation: keep what people say, redirect and stop turns.

Everything of a conversation has the key `CONV#id`. `STATE` counts what came and what was taken,
and says who holds the lease; `WAIT#key` is a message that waits; `TURN#key` a turn; `CLAIM#…`
remembers a channel's message id.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from switchboard.adapters.dynamo.contention import patiently
from switchboard.adapters.dynamo.items import REFUSED, Item, pack, reasons, standing, unpack
from switchboard.adapters.dynamo.keeping import Pace, keeping
from switchboard.adapters.dynamo.records import CLAIM, TURN, WAIT, turn_record
from switchboard.core.conversations import Kept, TooFast, paced
from switchboard.core.messages import Inbound
from switchboard.core.people import ConversationId
from switchboard.core.turns import Turn

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient


@dataclass(frozen=True, slots=True)
class DynamoMailbox:
    client: DynamoDBClient
    table: str

    def keep(self, conversation: ConversationId, message: Inbound) -> Kept:
        """Calm is tried first: most people write less often than the pace allows."""
        for pace in (Pace.CALM, Pace.BURST) if paced(message) else (Pace.FREE,):
            kept = self._kept(conversation, message, pace)
            if kept:
                return kept
        raise TooFast

    def _kept(self, conversation: ConversationId, message: Inbound, pace: Pace) -> Kept | None:
        items = keeping(self.table, conversation, message, pace)
        try:
            patiently(self.client, lambda: self.client.transact_write_items(TransactItems=items))
        except self.client.exceptions.TransactionCanceledException as error:
            claim, state, *_ = reasons(error)
            if "Item" in claim:
                return Kept(unpack(claim["Item"])["key"], new=False)
            if state["Code"] != REFUSED:
                raise
            return None
        return Kept(message.key, new=True)

    def key_of(self, conversation: ConversationId, channel: str, message_id: str) -> str | None:
        found = self.client.get_item(
            TableName=self.table,
            Key=_key(conversation, f"{CLAIM}{channel}#{message_id}"),
            ConsistentRead=True,
        )
        return unpack(found["Item"])["key"] if "Item" in found else None

    def redirect(self, conversation: ConversationId, key: str, *, stream: str, after: int) -> Turn | None:
        change = {
            "UpdateExpression": "SET #stream = :stream, resume_after = :after ADD redirects :one",
            "ExpressionAttributeNames": {"#stream": "stream"},
            "ExpressionAttributeValues": pack({":stream": stream, ":after": after, ":one": 1}),
        }
        return self._reach(conversation, key, change)

    def stop(self, conversation: ConversationId, key: str) -> bool:
        change = {
            "UpdateExpression": "SET #stop = :true",
            "ExpressionAttributeNames": {"#stop": "stop"},
            "ExpressionAttributeValues": pack({":true": True}),
        }
        return self._reach(conversation, key, change) is None

    def _reach(self, conversation: ConversationId, key: str, change: Mapping[str, Any]) -> Turn | None:
        """Change a message wherever it is: still waiting, or being answered. A finished turn comes back.

        It can move from one to the other between two looks, but only once and only forward.
        """
        if self._change(conversation, WAIT + key, change, while_="attribute_exists(pk)") is None:
            return None
        left = self._change(conversation, TURN + key, change, while_="#state = :thinking")
        return turn_record(left) if left else None

    def _change(
        self, conversation: ConversationId, sk: str, change: Mapping[str, Any], *, while_: str
    ) -> Item | None:
        """None when changed; otherwise the item as it stands, empty when there is none."""
        names = dict(change["ExpressionAttributeNames"])
        values = dict(change["ExpressionAttributeValues"])
        if "#state" in while_:
            names["#state"] = "state"
            values[":thinking"] = {"S": "thinking"}
        update = {
            **change,
            "TableName": self.table,
            "Key": _key(conversation, sk),
            "ExpressionAttributeNames": names,
            "ExpressionAttributeValues": values,
            "ConditionExpression": while_,
            "ReturnValuesOnConditionCheckFailure": "ALL_OLD",
        }
        try:
            patiently(self.client, lambda: self.client.update_item(**update))
        except self.client.exceptions.ConditionalCheckFailedException as error:
            return standing(error)
        return None


def _key(conversation: ConversationId, sk: str) -> dict[str, Any]:
    return pack({"pk": f"CONV#{conversation}", "sk": sk})
