"""Which refusals of AWS pass by themselves.

A function's error is told to a state machine by its class's name, and a code that the service's model does
not know has the one name ClientError: SlowDown and InternalError of S3 as well as AccessDenied. The machine
cannot tell them apart. https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html
"""

from __future__ import annotations

from http import HTTPStatus
from typing import Final

from botocore.exceptions import BotoCoreError, ClientError, IncompleteReadError
from botocore.retries.standard import RetryContext, ThrottledRetryableChecker, TransientRetryableChecker

CONTENDED: Final = frozenset(
    {"TransactionCanceledException", "TransactionConflictException", "ReplicatedWriteConflictException"}
)
"""Somebody else was at the same items of DynamoDB."""


def may_pass(error: ClientError | BotoCoreError) -> bool:
    """Whether it may help to ask again: throttling, a fault of the service, contention, a broken line."""
    if isinstance(error, ClientError):
        return _is_busy(error) or _is_at_fault(error) or code_of(error) in CONTENDED
    context = RetryContext(attempt_number=1, caught_exception=error)
    return TransientRetryableChecker().is_retryable(context) or isinstance(error, IncompleteReadError)


def code_of(error: ClientError | BotoCoreError) -> str:
    """As the service has it, and of a line that broke the name of what happened."""
    told = error.response.get("Error", {}).get("Code") if isinstance(error, ClientError) else None
    return str(told or type(error).__name__)


def _is_busy(error: ClientError) -> bool:
    context = RetryContext(attempt_number=1, parsed_response=error.response)
    return ThrottledRetryableChecker().is_retryable(context) or "throttl" in code_of(error).lower()


def _is_at_fault(error: ClientError) -> bool:
    status = int(error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0))
    late = TransientRetryableChecker().is_retryable(
        RetryContext(attempt_number=1, parsed_response=error.response)
    )
    return status >= HTTPStatus.INTERNAL_SERVER_ERROR or status == HTTPStatus.TOO_MANY_REQUESTS or late
