"""Forecasts say what they do not know."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from switchboard.skills.tasks.domain.cadence import Cadence, Kind
from switchboard.skills.tasks.domain.forecast import chance, forecast
from switchboard.skills.tasks.domain.task import Plan, Task, TaskId

FIRST = date(2026, 3, 2)
DAYS = 28
TODAY = FIRST + timedelta(days=DAYS - 1)


def reading(amounts: list[int], *, left: int, due: date | None = None) -> Task:
    done = sum(amounts)
    plan = Plan("Emma", "read", "Emma", "page", Decimal(20), Cadence(Kind.ONCE), Decimal(done + left), due)
    days = {FIRST + timedelta(days=ahead): Decimal(amount) for ahead, amount in enumerate(amounts) if amount}
    return Task(TaskId("trp1_x"), 1, plan, FIRST, FIRST, days=days, done=Decimal(done))


def test_an_even_pace_is_forecast_to_the_day() -> None:
    ends = forecast(reading([10] * DAYS, left=100), TODAY)
    assert ends
    assert ends.early == ends.likely == ends.late == TODAY + timedelta(days=10)


def test_an_uneven_pace_is_forecast_with_a_spread_that_grows_with_what_is_left() -> None:
    uneven = [0, 30, 0, 0, 40, 0, 0] * 4
    near, far = (forecast(reading(uneven, left=left), TODAY) for left in (50, 500))
    assert near and far and near.late and far.late  # noqa: PT018 - one thing: there are forecasts
    assert near.early and near.likely and far.early  # noqa: PT018
    assert near.early < near.likely < near.late
    assert (far.late - far.early) > (near.late - near.early)


@pytest.mark.parametrize("amounts", [[], [10] * 6, [0] * 26 + [10, 10], [0] * 28])
def test_too_little_is_no_forecast(amounts: list[int]) -> None:
    today = FIRST + timedelta(days=max(len(amounts) - 1, 0))
    assert forecast(reading(amounts, left=100), today) is None


def test_what_is_over_or_has_no_end_has_no_forecast() -> None:
    ended = reading([10] * DAYS, left=0)
    assert forecast(ended, TODAY) is None
    assert forecast(replace(ended, plan=replace(ended.plan, total=None)), TODAY) is None


def test_a_pace_that_may_be_none_promises_no_latest_day() -> None:
    ends = forecast(reading([0] * 20 + [50, 0, 0, 1, 0, 0, 1, 0], left=600), TODAY)
    assert ends
    assert (ends.early is None, ends.late) == (False, None)


@pytest.mark.parametrize(
    ("left", "days", "word"), [(100, 20, "on track"), (100, 5, "behind"), (10_000, 9, "behind")]
)
def test_a_due_date_is_judged(left: int, days: int, word: str) -> None:
    assert chance(reading([10] * DAYS, left=left), TODAY, TODAY + timedelta(days=days)) == word


@pytest.mark.parametrize("pace", ["dice", "weekends", "bursts"])
def test_eight_times_in_ten_the_end_lies_where_it_was_forecast(pace: str) -> None:
    chance_ = Random(4)  # noqa: S311 - a simulation
    hits = 0
    for _ in range(300):
        amounts = [one_day(pace, day, chance_) for day in range(600)]
        ends = forecast(reading(amounts[:DAYS], left=300), TODAY)
        if ends is None:
            hits += 1  # it said that it does not know
            continue
        end = finished(amounts[DAYS:], 300)
        hits += ends.early is not None and ends.early <= end and (ends.late is None or end <= ends.late)
    assert hits / 300 >= 0.75


def one_day(pace: str, day: int, chance_: Random) -> int:
    if pace == "dice":
        return chance_.randrange(0, 20)
    if pace == "weekends":
        return chance_.randrange(20, 60) if day % 7 > 4 else 0
    return 60 if chance_.random() < 0.2 else 0


def finished(amounts: list[int], left: int) -> date:
    for ahead, amount in enumerate(amounts, 1):
        left -= amount
        if left <= 0:
            return TODAY + timedelta(days=ahead)
    return date.max


@given(st.lists(st.integers(min_value=0, max_value=100), min_size=28, max_size=28), st.integers(1, 5000))
def test_a_forecast_is_in_order_and_lies_ahead(amounts: list[int], left: int) -> None:
    ends = forecast(reading(amounts, left=left), TODAY)
    if ends:
        known = [end for end in (TODAY, ends.early, ends.likely, ends.late) if end]
        assert known == sorted(known)
        assert ends.late is None or ends.early
