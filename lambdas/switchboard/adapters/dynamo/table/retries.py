"""Writes that meet another transaction on the same item are repeated, briefly."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from switchboard.core.errors import Retryable

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

TRIES = 8
LONGEST_PAUSE = 0.4

T = TypeVar("T")


def retry_on_contention(client: DynamoDBClient, write: Callable[[], T]) -> T:
    """What `write` returns, once nobody else is at its items. Errors: Retryable; whatever else it raises."""
    for attempt in range(TRIES):
        try:
            return write()
        except client.exceptions.TransactionConflictException:
            _pause(attempt)
        except client.exceptions.TransactionCanceledException as error:
            if not _conflicted(error.response["CancellationReasons"]):
                raise
            _pause(attempt)
    msg = "the conversation is contended"
    raise Retryable(msg)


def _conflicted(reasons: Sequence[Mapping[str, Any]]) -> bool:
    """A refused condition is an answer; only a conflict alone is worth another try."""
    codes = {reason["Code"] for reason in reasons}
    return "TransactionConflict" in codes and "ConditionalCheckFailed" not in codes


def _pause(attempt: int) -> None:
    time.sleep(random.uniform(0, min(LONGEST_PAUSE, 0.01 * 2**attempt)))  # noqa: S311 - jitter, not a secret
