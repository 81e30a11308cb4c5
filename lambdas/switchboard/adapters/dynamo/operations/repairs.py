"""The operator's hand on parts and turns: a repair is one conditional write that leaves a name and a time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from switchboard.adapters.dynamo.conversation.codec import PART, TURN, turn_record
from switchboard.adapters.dynamo.conversation.overdue_index import OverdueKind
from switchboard.adapters.dynamo.table.items import Item, pack, unpack
from switchboard.core.channels.delivery import OPEN_FATES, PartKey, PartState
from switchboard.core.conversation.turn import Turn
from switchboard.core.operations.repairs import IN_FLIGHT_MS, AuditStamp
from switchboard.core.people.address import ConversationId, private_conversation

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

FATES = {f":open{number}": state.value for number, state in enumerate(sorted(OPEN_FATES))}
OPEN = f"part_state IN ({', '.join(FATES)})"
AT_REST = "(part_state = :withdrawn OR at_ms < :at_rest)"
FAILED = "waiting = :turn"
CLOSE = "SET closed_at = :at, closed_by = :who"
GONE = "REMOVE waiting, waiting_since"


@dataclass(frozen=True, slots=True)
class DynamoRepairs:
    client: DynamoDBClient
    table: str

    def item(self, conversation: ConversationId, sk: str) -> Item:
        """Everything that is stored under a sort key; empty when there is nothing."""
        found = self.client.get_item(
            TableName=self.table,
            Key=pack({"pk": f"CONV#{conversation}", "sk": sk}),
            ConsistentRead=True,
        )
        return unpack(found.get("Item", {}))

    def turn(self, key: PartKey) -> Turn | None:
        """A link moves turns on; their parts stay."""
        item = self.item(key.conversation, TURN + key.turn)
        if item:
            return turn_record(item)
        heir = self.item(key.conversation, "STATE").get("merged_into")
        return self.turn(PartKey(private_conversation(heir), key.turn)) if heir else None

    def failed(self, key: PartKey) -> Turn | None:
        item = self.item(key.conversation, TURN + key.turn)
        return turn_record(item) if item.get("waiting") == OverdueKind.TURN else None

    def withdraw(self, key: PartKey, hand: AuditStamp) -> bool:
        change = "SET part_state = :withdrawn, resent_at = :at, resent_by = :who"
        values = {**FATES, ":withdrawn": PartState.WITHDRAWN.value, ":at_rest": hand.at_ms - IN_FLIGHT_MS}
        return self._change(key, PART, change, hand, values, only_if=f"{OPEN} AND {AT_REST}")

    def close_part(self, key: PartKey, hand: AuditStamp) -> bool:
        change = f"{CLOSE}, closed_as = part_state, part_state = :closed {GONE}"
        values = {**FATES, ":closed": PartState.CLOSED.value}
        return self._change(key, PART, change, hand, values, only_if=OPEN)

    def close_turn(self, key: PartKey, hand: AuditStamp, *, rerun_as: str = "") -> bool:
        change = f"{CLOSE}, rerun_as = :rerun {GONE}"
        values = {":rerun": rerun_as, ":turn": OverdueKind.TURN.value}
        return self._change(key, TURN, change, hand, values, only_if=FAILED)

    def _change(
        self,
        key: PartKey,
        kind: str,
        change: str,
        hand: AuditStamp,
        values: Mapping[str, Any],
        *,
        only_if: str,
    ) -> bool:
        try:
            self.client.update_item(
                TableName=self.table,
                Key=pack({"pk": f"CONV#{key.conversation}", "sk": kind + key.turn}),
                UpdateExpression=change,
                ConditionExpression=only_if,
                ExpressionAttributeValues=pack({**values, ":at": hand.at_ms, ":who": hand.who}),
            )
        except self.client.exceptions.ConditionalCheckFailedException:
            return False
        return True
