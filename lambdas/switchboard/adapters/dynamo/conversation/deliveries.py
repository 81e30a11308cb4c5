"""The fate of every part that goes out: `CONV#id`/`PART#turn`; while it is open, the index has it."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from switchboard.adapters.dynamo.conversation.codec import PART
from switchboard.adapters.dynamo.conversation.message_writes import OPEN
from switchboard.adapters.dynamo.conversation.overdue_index import OverdueKind
from switchboard.adapters.dynamo.table.items import REFUSED, pack, reasons, unpack
from switchboard.adapters.dynamo.table.retries import retry_on_contention
from switchboard.core.channels.delivery import (
    IN_THE_AIR_MS,
    MAY_LEAVE,
    OPEN_FATES,
    DeliveryEvent,
    Overtaking,
    PartKey,
    PartState,
)
from switchboard.core.people.address import Address

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

UNCLAIMED = "attribute_not_exists(pk) OR part_state = :withdrawn"
NOT_FINAL = "attribute_exists(pk) AND (attribute_not_exists(settled) OR settled = :no)"
CLAIM = (
    "SET part_state = :state, at_ms = :now, waiting = :part,"
    " waiting_since = if_not_exists(waiting_since, :now) ADD attempts :one"
)
KNOWN = "REMOVE waiting, waiting_since"
FLYING = {f":flying{number}": state.value for number, state in enumerate(sorted(MAY_LEAVE))}
LANDED = (
    f"attribute_exists(part_state) AND NOT part_state IN ({', '.join(FLYING)})"
    " AND (part_state <> :unknown OR at_ms < :landed)"
)
DOUBTED = {
    PartState.UNKNOWN_AFTER_SEND: (PartState.INTENDED,),
    PartState.WITHDRAWN: (PartState.INTENDED, PartState.UNKNOWN_AFTER_SEND),
}


@dataclass(frozen=True, slots=True)
class DynamoDeliveries:
    client: DynamoDBClient
    table: str
    now_ms: Callable[[], int] = lambda: time.time_ns() // 1_000_000

    def intend(
        self, key: PartKey, *, unless_opted_out: Address | None = None, after: str = ""
    ) -> PartState | None:
        now = self.now_ms()
        values = {
            ":state": PartState.INTENDED.value,
            ":now": now,
            ":withdrawn": PartState.WITHDRAWN.value,
            ":part": OverdueKind.PART.value,
            ":one": 1,
        }
        claim = self._change(key, CLAIM, values, only_if=UNCLAIMED)
        order = [self._landed(PartKey(key.conversation, after), now)] if after else []
        items: list[Any] = [{"Update": claim}, self._open(key, unless_opted_out), *order]
        try:
            retry_on_contention(self.client, lambda: self.client.transact_write_items(TransactItems=items))
        except self.client.exceptions.TransactionCanceledException as error:
            part, conversation, *_ = reasons(error)
            if "Item" in part:
                return PartState(unpack(part["Item"])["part_state"])
            if conversation["Code"] == REFUSED:
                return PartState.GONE if "gone" in conversation.get("Item", {}) else PartState.REFUSED
            raise Overtaking("an earlier reply is on its way") from error
        return None

    def refuse(self, key: PartKey, reason: str) -> None:
        values = {
            ":state": PartState.REFUSED.value,
            ":detail": reason,
            ":now": self.now_ms(),
            ":withdrawn": PartState.WITHDRAWN.value,
        }
        change = f"SET part_state = :state, detail = :detail, at_ms = :now {KNOWN}"
        update = self._change(key, change, values, only_if=UNCLAIMED)
        items: list[Any] = [{"Update": update}, self._open(key, None)]
        try:
            retry_on_contention(self.client, lambda: self.client.transact_write_items(TransactItems=items))
        except self.client.exceptions.TransactionCanceledException as error:
            if all(reason["Code"] != REFUSED for reason in reasons(error)):
                raise

    def record(self, key: PartKey, state: PartState, *, detail: str = "") -> None:
        if state in OPEN_FATES:
            self._doubt(key, state, detail)
        else:
            self._know(key, state, detail)

    def settle(self, event: DeliveryEvent) -> None:
        values = {
            ":state": event.tells.value,
            ":status": event.status,
            ":settled": event.final,
            ":parts": event.parts,
            ":price": str(event.price),
            ":no": False,
        }
        change = "SET part_state = :state, carrier_status = :status, settled = :settled, parts = :parts"
        with suppress(self.client.exceptions.ConditionalCheckFailedException):
            self._update(event.key, f"{change}, price = :price {KNOWN}", values, only_if=NOT_FINAL)

    def _doubt(self, key: PartKey, state: PartState, detail: str) -> None:
        earlier = {f":earlier{number}": each.value for number, each in enumerate(DOUBTED[state])}
        values = {":state": state.value, ":detail": detail, **earlier}
        change = "SET part_state = :state, detail = :detail"
        with suppress(self.client.exceptions.ConditionalCheckFailedException):
            self._update(key, change, values, only_if=f"part_state IN ({', '.join(earlier)})")

    def _know(self, key: PartKey, state: PartState, detail: str) -> None:
        """The receipt is kept even when the carrier's last word had overtaken it."""
        values = {":state": state.value, ":detail": detail, ":no": False}
        change = f"SET part_state = :state, detail = :detail {KNOWN}"
        try:
            self._update(key, change, values, only_if=NOT_FINAL)
        except self.client.exceptions.ConditionalCheckFailedException:
            with suppress(self.client.exceptions.ConditionalCheckFailedException):
                self._update(key, "SET detail = :detail", {":detail": detail}, only_if="attribute_exists(pk)")

    def _open(self, key: PartKey, unless_opted_out: Address | None) -> dict[str, Any]:
        """The conversation is not erased, and that address has not opted out."""
        check: dict[str, Any] = {
            "TableName": self.table,
            "Key": pack({"pk": f"CONV#{key.conversation}", "sk": "STATE"}),
            "ConditionExpression": OPEN,
            "ReturnValuesOnConditionCheckFailure": "ALL_OLD",
        }
        if unless_opted_out:
            check["ConditionExpression"] += " AND NOT contains(opted_out, :address)"
            check["ExpressionAttributeValues"] = pack({":address": str(unless_opted_out)})
        return {"ConditionCheck": check}

    def _landed(self, key: PartKey, now_ms: int) -> dict[str, Any]:
        values = {":unknown": PartState.UNKNOWN_AFTER_SEND.value, ":landed": now_ms - IN_THE_AIR_MS, **FLYING}
        check = {
            "TableName": self.table,
            "Key": pack({"pk": f"CONV#{key.conversation}", "sk": PART + key.turn}),
            "ConditionExpression": LANDED,
            "ExpressionAttributeValues": pack(values),
        }
        return {"ConditionCheck": check}

    def _update(self, key: PartKey, change: str, values: dict[str, Any], *, only_if: str) -> None:
        update = self._change(key, change, values, only_if=only_if)
        retry_on_contention(self.client, lambda: self.client.update_item(**update))

    def _change(self, key: PartKey, change: str, values: dict[str, Any], *, only_if: str) -> Any:  # noqa: ANN401 - the SDK has its own name for it
        return {
            "TableName": self.table,
            "Key": pack({"pk": f"CONV#{key.conversation}", "sk": PART + key.turn}),
            "UpdateExpression": change,
            "ConditionExpression": only_if,
            "ExpressionAttributeValues": pack(values),
            "ReturnValuesOnConditionCheckFailure": "ALL_OLD",
        }
