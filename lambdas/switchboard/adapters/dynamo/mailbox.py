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
from switchboard.adapters.dynamo.items import Item, pack, standing, unpack
from switchboard.adapters.dynamo.records import CLAIM, TURN, WAIT, turn_record, waiting_item
from switchboard.core.conversations import Kept
from switchboard.core.messages import Inbound
from switchboard.core.people import ConversationId
from switchboard.core.turns import Turn

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

CLAIM_SECONDS = 30 * 24 * 3600

NEW = "attribute_not_exists(pk)"
COUNT_IN = (
    "ADD came :one SET taken = if_not_exists(taken, :zero), waiting = :waiting,"
    " waiting_since = if_not_exists(waiting_since, :since)"
)


@dataclass(frozen=True, slots=True)
class DynamoMailbox:
    client: DynamoDBClient
    table: str

    def keep(self, conversation: ConversationId, message: Inbound) -> Kept:
        items = self._keeping(conversation, message)
        try:
            patiently(self.client, lambda: self.client.transact_write_items(TransactItems=items))
        except self.client.exceptions.TransactionCanceledException as error:
            return Kept(_claimed(error.response), new=False)
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

    def _keeping(self, conversation: ConversationId, message: Inbound) -> list[Any]:
        pk = f"CONV#{conversation}"
        claim = {
            "pk": pk,
            "sk": f"{CLAIM}{message.address.channel}#{message.message_id}",
            "key": message.key,
            "expires": message.at_ms // 1000 + CLAIM_SECONDS,
        }
        counted = {":one": 1, ":zero": 0, ":waiting": "yes", ":since": message.at_ms}
        return [
            {
                "Put": {
                    "TableName": self.table,
                    "Item": pack(claim),
                    "ConditionExpression": NEW,
                    "ReturnValuesOnConditionCheckFailure": "ALL_OLD",
                }
            },
            {"Put": {"TableName": self.table, "Item": pack({"pk": pk, **waiting_item(message)})}},
            {
                "Update": {
                    "TableName": self.table,
                    "Key": _key(conversation, "STATE"),
                    "UpdateExpression": COUNT_IN,
                    "ExpressionAttributeValues": pack(counted),
                }
            },
        ]


def _key(conversation: ConversationId, sk: str) -> dict[str, Any]:
    return pack({"pk": f"CONV#{conversation}", "sk": sk})


def _claimed(response: Mapping[str, Any]) -> str:
    """The key under which the message was kept before: the claim is the only condition there is."""
    return str(unpack(response["CancellationReasons"][0]["Item"])["key"])
