"""The mailbox side of a conversation: keep what people say, redirect and stop turns.

Everything of a conversation has the key `CONV#id`. `STATE` counts what came and what was taken,
and says who holds the lease; `WAIT#key` is a message that waits; `TURN#key` a turn; `CLAIM#…`
remembers a channel's message id.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from switchboard.adapters.dynamo.conversation.codec import CLAIM, TURN, WAIT, turn_record
from switchboard.adapters.dynamo.conversation.message_writes import Pace, heir_of, keeping
from switchboard.adapters.dynamo.table.items import REFUSED, Item, pack, reasons, standing, unpack
from switchboard.adapters.dynamo.table.retries import retry_on_contention
from switchboard.core.conversation.store import ConversationErased, RateLimited, StoredMessage, paced
from switchboard.core.conversation.turn import Turn
from switchboard.core.messages.keywords import Keyword
from switchboard.core.messages.message import Inbound
from switchboard.core.people.address import ConversationId, private_conversation

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient


@dataclass(frozen=True, slots=True)
class DynamoMailbox:
    client: DynamoDBClient
    table: str

    def keep(self, conversation: ConversationId, message: Inbound) -> StoredMessage:
        """Calm is tried first: most people write less often than the pace allows."""
        for pace in (Pace.CALM, Pace.BURST) if paced(message) else (Pace.FREE,):
            kept = self._kept(conversation, message, pace)
            if kept:
                return kept
        raise RateLimited

    def _kept(self, conversation: ConversationId, message: Inbound, pace: Pace) -> StoredMessage | None:
        items = keeping(self.table, conversation, message, pace, self._echoes(conversation, message))
        try:
            retry_on_contention(self.client, lambda: self.client.transact_write_items(TransactItems=items))
        except self.client.exceptions.TransactionCanceledException as error:
            claim, state, *_ = reasons(error)
            if "Item" in claim:
                return _claimed(unpack(claim["Item"]), conversation)
            if state["Code"] != REFUSED:
                raise
            return self._elsewhere(unpack(state.get("Item", {})), message)
        return StoredMessage(message.key, conversation, new=True)

    def _elsewhere(self, state: Item, message: Inbound) -> StoredMessage | None:
        """Kept where the address is at home now; None when it is at home here, and was only too fast."""
        if "gone" in state:
            raise ConversationErased
        heir = heir_of(state, message.address)
        return self.keep(private_conversation(heir), replace(message, person=heir)) if heir else None

    def _echoes(self, conversation: ConversationId, message: Inbound) -> list[ConversationId]:
        if message.keyword not in {Keyword.STOP, Keyword.START}:
            return []
        before = map(ConversationId, self._state(conversation).get("formerly", ()))
        return [each for each in before if "came" in self._state(each)]

    def find(self, conversation: ConversationId, channel: str, message_id: str) -> StoredMessage | None:
        item = self._item(conversation, f"{CLAIM}{channel}#{message_id}")
        return _claimed(item, conversation) if item else None

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

        It can move from one to the other between two looks, and on to the conversation of whom its person
        became, but only once and only forward.
        """
        if self._change(conversation, WAIT + key, change, while_="attribute_exists(pk)") is None:
            return None
        left = self._change(conversation, TURN + key, change, while_="#state = :thinking")
        if left is None or left:
            return turn_record(left) if left else None
        heir = self._state(conversation).get("merged_into")
        return self._reach(private_conversation(heir), key, change) if heir else None

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
            retry_on_contention(self.client, lambda: self.client.update_item(**update))
        except self.client.exceptions.ConditionalCheckFailedException as error:
            return standing(error)
        return None

    def _state(self, conversation: ConversationId) -> Item:
        return self._item(conversation, "STATE")

    def _item(self, conversation: ConversationId, sk: str) -> Item:
        found = self.client.get_item(TableName=self.table, Key=_key(conversation, sk), ConsistentRead=True)
        return unpack(found.get("Item", {}))


def _claimed(claim: Item, conversation: ConversationId) -> StoredMessage:
    """A claim that was brought along by a link names the conversation it is from."""
    return StoredMessage(claim["key"], ConversationId(claim.get("conversation", conversation)), new=False)


def _key(conversation: ConversationId, sk: str) -> dict[str, Any]:
    return pack({"pk": f"CONV#{conversation}", "sk": sk})
