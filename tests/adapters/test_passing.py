"""What AWS refuses for a while is told from what it refuses for good, whatever the service calls it."""

from collections.abc import Iterator
from typing import Any

import botocore.session
import pytest
from botocore.exceptions import (
    BotoCoreError,
    ClientError,
    ConnectTimeoutError,
    EndpointConnectionError,
    IncompleteReadError,
    NoCredentialsError,
    ParamValidationError,
    ReadTimeoutError,
    ResponseStreamingError,
)
from switchboard.adapters.aws_errors import may_pass
from switchboard.core.errors import Retryable
from switchboard.skills.calls.wiring.outcomes import outcome_of

USED = ("dynamodb", "s3", "sns", "sqs", "stepfunctions", "secretsmanager", "transcribe")
"""What the steps of a call ask."""


def refused(code: str, status: int) -> ClientError:
    told = {"Error": {"Code": code, "Message": ""}, "ResponseMetadata": {"HTTPStatusCode": status}}
    return ClientError(told, "Operation")  # type: ignore[arg-type]


def _modelled(*, temporary: bool) -> Iterator[tuple[str, str, int]]:
    """Errors of the services' models that say whose fault they are."""
    for service in USED:
        for shape in botocore.session.Session().get_service_model(service).error_shapes:
            error: dict[str, Any] = shape.metadata.get("error", {})
            status = int(error.get("httpStatusCode", 500 if shape.metadata.get("fault") else 400))
            if (status >= 500 or bool(shape.metadata.get("retryable"))) is temporary:
                yield service, str(error.get("code", shape.name)), status


@pytest.mark.parametrize(("service", "code", "status"), list(_modelled(temporary=True)))
def test_what_a_service_calls_its_own_fault_passes(service: str, code: str, status: int) -> None:
    assert may_pass(refused(code, status))


@pytest.mark.parametrize(
    ("code", "status"),
    [
        *(("SlowDown", 503), ("InternalError", 500), ("ServiceUnavailable", 503), ("503", 503)),
        *(("RequestTimeout", 400), ("RequestLimitExceeded", 400), ("ThrottlingException", 400)),
        *(("ProvisionedThroughputExceededException", 400), ("KMSThrottling", 400), ("Throttled", 429)),
        *(("TransactionCanceledException", 400), ("TransactionConflictException", 400)),
        *(("TransactionInProgressException", 400), ("TooManyRequestsException", 400), ("Any", 429)),
    ],
)
def test_what_passes_comes_to_the_machine_under_a_name_that_it_tries_again(code: str, status: int) -> None:
    def step() -> dict[str, Any]:
        raise refused(code, status)

    with pytest.raises(Retryable) as raised:
        outcome_of(step)
    assert (type(raised.value), str(raised.value)) == (Retryable, "Retryable")


@pytest.mark.parametrize(
    ("code", "status"),
    [
        *(("AccessDenied", 403), ("AccessDeniedException", 400), ("NoSuchBucket", 404), ("404", 404)),
        *(("ValidationException", 400), ("ResourceNotFoundException", 400), ("InvalidRequest", 400)),
        ("ConditionalCheckFailedException", 400),
    ],
)
def test_what_stays_refused_is_left_as_it_is(code: str, status: int) -> None:
    def step() -> dict[str, Any]:
        raise refused(code, status)

    with pytest.raises(ClientError):
        outcome_of(step)


@pytest.mark.parametrize(
    "error",
    [
        ConnectTimeoutError(endpoint_url="https://s3"),
        EndpointConnectionError(endpoint_url="https://s3"),
        ReadTimeoutError(endpoint_url="https://s3"),
        ResponseStreamingError(error="cut off"),
        IncompleteReadError(actual_bytes=1, expected_bytes=2),
    ],
)
def test_a_line_that_broke_is_tried_again(error: BotoCoreError) -> None:
    assert may_pass(error)


@pytest.mark.parametrize("error", [NoCredentialsError(), ParamValidationError(report="no key")])
def test_a_mistake_of_ours_is_not(error: BotoCoreError) -> None:
    assert not may_pass(error)
