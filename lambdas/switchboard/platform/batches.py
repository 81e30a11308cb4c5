"""A batch of SQS records: each is taken on its own, and only what failed comes again."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from switchboard.core.errors import Retryable
from switchboard.platform.logs import failed, logger


@dataclass(frozen=True, slots=True)
class Record:
    """One message of a queue.

    `sent_ms` is when the queue got it (Unix milliseconds); `receipt` is this delivery's handle, and
    `attempt` counts the deliveries from 1.
    """

    body: str
    sent_ms: int
    receipt: str
    attempt: int = 1


def each(event: Mapping[str, Any], take: Callable[[Record], None]) -> dict[str, Any]:
    """Takes every record; answers which failed, as a mapping with ReportBatchItemFailures expects."""
    again = [record["messageId"] for record in event["Records"] if not _taken(record, take)]
    return {"batchItemFailures": [{"itemIdentifier": message_id} for message_id in again]}


def _taken(record: Mapping[str, Any], take: Callable[[Record], None]) -> bool:
    logger().append_keys(message_id=record["messageId"])
    try:
        take(_record(record))
    except Retryable as error:
        logger().info("record comes again", extra={"reason": type(error).__name__})
        return False
    except Exception as error:  # noqa: BLE001 - the queue retries it, and its DLQ keeps it
        failed("record failed", error)
        return False
    logger().info("record taken")
    return True


def _record(record: Mapping[str, Any]) -> Record:
    return Record(
        body=record["body"],
        sent_ms=int(record["attributes"]["SentTimestamp"]),
        receipt=record["receiptHandle"],
        attempt=int(record["attributes"]["ApproximateReceiveCount"]),
    )
