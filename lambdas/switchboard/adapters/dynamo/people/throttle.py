"""Token buckets: `THROTTLE#digest` says when the bucket is full again. It is kept for twice its span."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from switchboard.adapters.dynamo.table.items import pack, standing
from switchboard.core.people.throttle import Rate, ThrottleKey

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

CALM = ("full_at = :from_now", "attribute_not_exists(full_at) OR full_at <= :now", (":from_now", ":now"))
BURST = ("full_at = full_at + :interval", "full_at <= :brim", (":interval", ":brim"))


@dataclass(frozen=True, slots=True)
class DynamoThrottle:
    client: DynamoDBClient
    table: str

    def take(self, bucket: ThrottleKey, rate: Rate, *, now_ms: int) -> int:
        """Calm is tried first: most buckets are full."""
        values = {
            ":now": now_ms,
            ":from_now": now_ms + rate.interval_ms,
            ":interval": rate.interval_ms,
            ":brim": now_ms + rate.saved_ms,
            ":expires": (now_ms + 2 * rate.span_ms) // 1000,
        }
        full_at = self._taken(bucket, CALM, values)
        if full_at is not None:
            full_at = self._taken(bucket, BURST, values)
        return 0 if full_at is None else max(1, full_at - rate.saved_ms - now_ms)

    def _taken(
        self, bucket: ThrottleKey, how: tuple[str, str, tuple[str, ...]], values: dict[str, int]
    ) -> int | None:
        """None when a token was taken, else when the bucket is full again."""
        change, condition, names = how
        try:
            self.client.update_item(
                TableName=self.table,
                Key=pack({"pk": f"THROTTLE#{bucket.digest}", "sk": "THROTTLE"}),
                UpdateExpression=f"SET {change}, expires = :expires",
                ConditionExpression=condition,
                ExpressionAttributeValues=pack({name: values[name] for name in (*names, ":expires")}),
                ReturnValuesOnConditionCheckFailure="ALL_OLD",
            )
        except self.client.exceptions.ConditionalCheckFailedException as error:
            return int(standing(error).get("full_at", values[":now"]))
        return None
