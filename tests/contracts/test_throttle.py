"""A bucket never gives more than it may, whatever the pace: the table's and the fake one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from switchboard.adapters.dynamo.people.throttle import DynamoThrottle
from switchboard.core.people.throttle import MINUTE_MS, Rate, Throttle, ThrottleKey

from tests.fakes.clock import EPOCH_MS
from tests.fakes.throttle import FakeThrottle
from tests.tables import PEOPLE

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

FIVE = Rate(5)


@pytest.fixture(params=["table", "fake"])
def throttle(request: pytest.FixtureRequest, dynamodb: DynamoDBClient) -> Throttle:
    return DynamoThrottle(dynamodb, PEOPLE) if request.param == "table" else FakeThrottle()


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(pauses=st.lists(st.integers(0, 30_000), min_size=1, max_size=25), name=st.text(max_size=20))
def test_no_minute_has_more_than_were_saved_up_and_came_in(
    throttle: Throttle, pauses: list[int], name: str
) -> None:
    now, taken = EPOCH_MS, []
    bucket = ThrottleKey.of("name", f"{name}{pauses}")
    for pause in pauses:
        now += pause
        wait = throttle.take(bucket, FIVE, now_ms=now)
        if wait == 0:
            taken.append(now)
    for start in taken:
        assert sum(start <= at < start + MINUTE_MS for at in taken) <= 2 * FIVE.count


def test_whoever_waits_as_told_gets_a_token_and_no_sooner(throttle: Throttle) -> None:
    bucket = ThrottleKey.of("name", "ada")
    waits = [throttle.take(bucket, FIVE, now_ms=EPOCH_MS) for _ in range(6)]
    assert waits == [0, 0, 0, 0, 0, 12_000]
    assert throttle.take(bucket, FIVE, now_ms=EPOCH_MS + 11_999) == 1
    assert throttle.take(bucket, FIVE, now_ms=EPOCH_MS + 12_000) == 0


def test_a_bucket_fills_up_again(throttle: Throttle) -> None:
    bucket = ThrottleKey.of("name", "ada")
    for _ in range(5):
        throttle.take(bucket, FIVE, now_ms=EPOCH_MS)
    assert [throttle.take(bucket, FIVE, now_ms=EPOCH_MS + MINUTE_MS) for _ in range(6)] == [0] * 5 + [12_000]


def test_buckets_of_two_kinds_and_names_are_apart() -> None:
    buckets = {ThrottleKey.of(kind, name) for kind in ("name", "address") for name in ("ada", "babbage")}
    assert len(buckets) == 4
