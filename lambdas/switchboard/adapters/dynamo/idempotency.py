"""Requests under a key: `PERSON#id`/`ONCE#digest` is claimed by the first and holds what it was answered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from switchboard.adapters.dynamo.table.items import Item, pack, standing
from switchboard.core.idempotency import (
    GIVEN_UP_MS,
    KEPT_SECONDS,
    Answered,
    KeyReused,
    Made,
    Once,
    StillRunning,
)

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

FREE = "attribute_not_exists(pk) OR expires <= :now_s OR (attribute_not_exists(answer) AND at_ms < :given_up)"


@dataclass(frozen=True, slots=True)
class DynamoIdempotency:
    client: DynamoDBClient
    table: str

    def claim(self, once: Once, *, now_ms: int) -> Answered | None:
        """What has expired is free although the table forgets it later."""
        item = {
            **_key(once),
            "request": once.request,
            "at_ms": now_ms,
            "expires": now_ms // 1000 + KEPT_SECONDS,
        }
        try:
            self.client.put_item(
                TableName=self.table,
                Item=pack(item),
                ConditionExpression=FREE,
                ExpressionAttributeValues=pack({":now_s": now_ms // 1000, ":given_up": now_ms - GIVEN_UP_MS}),
                ReturnValuesOnConditionCheckFailure="ALL_OLD",
            )
        except self.client.exceptions.ConditionalCheckFailedException as error:
            return _answered(standing(error), once, now_ms)
        return None

    def keep(self, once: Once, made: Made, *, now_ms: int) -> None:
        item = {
            **_key(once),
            "request": once.request,
            "answer": made.answer,
            "at_ms": now_ms,
            "expires": now_ms // 1000 + made.seconds,
        }
        self.client.put_item(TableName=self.table, Item=pack(item))

    def release(self, once: Once) -> None:
        self.client.delete_item(TableName=self.table, Key=pack(_key(once)))


def _answered(item: Item, once: Once, now_ms: int) -> Answered:
    if item["request"] != once.request:
        raise KeyReused
    if "answer" not in item:
        raise StillRunning
    return Answered(item["answer"], now_ms - item["at_ms"])


def _key(once: Once) -> Item:
    return {"pk": f"PERSON#{once.person}", "sk": f"ONCE#{once.digest}"}
