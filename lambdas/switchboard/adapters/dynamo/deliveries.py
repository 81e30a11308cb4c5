"""The fate of every part that goes out: `CONV#id`/`PART#turn`."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from switchboard.adapters.dynamo.items import pack, standing
from switchboard.adapters.dynamo.records import PART
from switchboard.core.delivery import DeliveryEvent, PartKey, PartState

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

UNCLAIMED = "attribute_not_exists(pk) OR part_state = :withdrawn"
NOT_FINAL = "attribute_exists(pk) AND (attribute_not_exists(settled) OR settled = :no)"


@dataclass(frozen=True, slots=True)
class DynamoDeliveries:
    client: DynamoDBClient
    table: str
    now_ms: Callable[[], int] = lambda: time.time_ns() // 1_000_000

    def intend(self, key: PartKey) -> PartState | None:
        values = {
            ":state": PartState.INTENDED.value,
            ":now": self.now_ms(),
            ":withdrawn": PartState.WITHDRAWN.value,
        }
        try:
            self._update(key, "SET part_state = :state, at_ms = :now", values, only_if=UNCLAIMED)
        except self.client.exceptions.ConditionalCheckFailedException as error:
            return PartState(standing(error)["part_state"])
        return None

    def record(self, key: PartKey, state: PartState, *, detail: str = "") -> None:
        values = {":state": state.value, ":detail": detail}
        self._update(key, "SET part_state = :state, detail = :detail", values, only_if="attribute_exists(pk)")

    def settle(self, event: DeliveryEvent) -> None:
        """The first final event stands; what comes late or belongs to nobody changes nothing."""
        values = {
            ":status": event.status,
            ":settled": event.final,
            ":parts": event.parts,
            ":price": str(event.price),
            ":no": False,
        }
        change = "SET carrier_status = :status, settled = :settled, parts = :parts, price = :price"
        with suppress(self.client.exceptions.ConditionalCheckFailedException):
            self._update(event.key, change, values, only_if=NOT_FINAL)

    def _update(self, key: PartKey, change: str, values: dict[str, Any], *, only_if: str) -> None:
        self.client.update_item(
            TableName=self.table,
            Key=pack({"pk": f"CONV#{key.conversation}", "sk": PART + key.turn}),
            UpdateExpression=change,
            ConditionExpression=only_if,
            ExpressionAttributeValues=pack(values),
            ReturnValuesOnConditionCheckFailure="ALL_OLD",
        )
