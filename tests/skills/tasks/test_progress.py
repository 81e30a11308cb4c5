"""Streaks, shares and trends, counted by hand."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from switchboard.core.errors import UserFacing
from switchboard.skills.tasks.domain.cadence import Cadence, Kind, week_of
from switchboard.skills.tasks.domain.progress import Trend, completion, streak, trend, weekly, weekly_amounts
from switchboard.skills.tasks.domain.task import Best, Plan, Task, TaskId
from switchboard.skills.tasks.domain.transitions import replanned, rested, resting, with_rep, with_skip
from switchboard.skills.tasks.store.codec import task_body, task_of
from switchboard.skills.tasks.text.charts import bar

from tests.skills.tasks.talk import Talk

MONDAY = date(2026, 11, 2)
DAILY = Cadence(Kind.DAYS, days=frozenset(range(7)))
MON_WED_FRI = Cadence(Kind.DAYS, days=frozenset({0, 2, 4}))
THRICE = Cadence(Kind.WEEKLY, times=3)


def task(cadence: Cadence = DAILY, *, since: date = MONDAY, amount: int = 10) -> Task:
    plan = Plan("pushups", "do", "pushups", "rep", Decimal(amount), cadence)
    return Task(TaskId("trp1_x"), 1, plan, since=since, counted_from=since)


def lived(days: str, *, cadence: Cadence = DAILY, since: date = MONDAY) -> tuple[Task, date]:
    """A task after days of `#` done, `+` half of it, `-` skipped, `.` nothing; and the last of them."""
    now = task(cadence, since=since)
    for ahead, mark in enumerate(days):
        day = since + timedelta(days=ahead)
        if mark in "#+":
            now = with_rep(now, day, Decimal(10 if mark == "#" else 5), today=day, starts=0)
        elif mark == "-":
            now = with_skip(now, day, today=day, starts=0)
    return now, since + timedelta(days=len(days) - 1)


@pytest.mark.parametrize(
    ("days", "now", "longest"),
    [
        ("#", 1, 1),
        ("###", 3, 3),
        ("##.", 2, 2),
        ("##..", 0, 2),
        ("##.#", 1, 2),
        ("##-#", 3, 3),
        ("##--#", 3, 3),
        ("--", 0, 0),
        ("##+", 2, 2),
        ("##+.", 0, 2),
        ("##-.", 2, 2),
        ("##-..", 0, 2),
    ],
)
def test_a_daily_streak_forgives_skips_and_waits_for_today(days: str, now: int, longest: int) -> None:
    assert streak(*lived(days), starts=0) == (now, longest)


@pytest.mark.parametrize(
    ("days", "now"),
    [("#.#.#..", 3), ("#.#....", 0), ("#.#.-..#", 3), ("##.....", 0), (".#.....", 0), ("#.#.#..#.-..", 4)],
)
def test_only_the_planned_days_count(days: str, now: int) -> None:
    assert streak(*lived(days, cadence=MON_WED_FRI), starts=0).now == now


@pytest.mark.parametrize(
    ("days", "now"),
    [
        ("###....", 1),
        ("##.....", 0),
        ("###....##.....", 1),
        ("###....##.....#", 0),
        ("###....##-....#", 2),
        ("###....###....#", 2),
        ("###....---....#", 1),
    ],
)
def test_a_weekly_streak_counts_weeks_and_a_skip_forgives_a_rep(days: str, now: int) -> None:
    assert streak(*lived(days, cadence=THRICE), starts=0).now == now


def test_the_week_in_which_a_task_begins_is_not_missed() -> None:
    began = lived("#.###", cadence=THRICE, since=MONDAY + timedelta(days=5))
    assert streak(*began, starts=0).now == 1


def test_weeks_start_where_the_person_says() -> None:
    lived_through = lived("......###.......", cadence=THRICE)
    assert streak(*lived_through, starts=0).longest == 0
    assert streak(*lived_through, starts=6).longest == 1


def test_a_rest_breaks_nothing_and_asks_for_nothing() -> None:
    now, today = lived("###")
    away = resting(now, today=today + timedelta(days=1))
    back = rested(away, today=today + timedelta(days=30))
    assert streak(away, today + timedelta(days=20), starts=0).now == 3
    assert streak(back, today + timedelta(days=30), starts=0).now == 3
    assert streak(back, today + timedelta(days=31), starts=0).now == 0


def test_another_plan_keeps_the_streak_and_is_not_held_against_the_past() -> None:
    now, today = lived("###")
    more = replanned(now, replace(now.plan, amount=Decimal(20)), today=today, starts=0)
    assert streak(more, today, starts=0).now == 2
    half = with_rep(more, today, Decimal(10), today=today, starts=0)
    assert streak(half, today, starts=0).now == 3


def test_days_and_weeks_are_not_counted_on_into_each_other() -> None:
    now, today = lived("###")
    assert (
        streak(replanned(now, replace(now.plan, cadence=THRICE), today=today, starts=0), today, starts=0).now
        <= 1
    )


@given(st.lists(st.sampled_from("##.-+"), min_size=1, max_size=120).map("".join))
def test_what_was_forgotten_still_counts(days: str) -> None:
    """The streak of a task that forgets its days equals that of one that remembers them all."""
    kept, today = lived(days)
    now, longest = 0, 0
    for place, mark in enumerate(days):
        if mark == "#":
            now += 1
        elif mark in ".+" and place < len(days) - 1:
            now = 0
        longest = max(longest, now)
    assert streak(kept, today, starts=0) == (now, longest)
    assert len(kept.days) <= 42
    assert kept.done == 10 * days.count("#") + 5 * days.count("+")


@pytest.mark.parametrize(("cadence", "now"), [(DAILY, 100), (MON_WED_FRI, 43), (THRICE, 14)])
def test_a_long_streak_outlives_the_days_it_was_made_of(cadence: Cadence, now: int) -> None:
    only = {0, 2, 4} if cadence is MON_WED_FRI else set(range(7))
    kept, today = lived("".join("#" if ahead % 7 in only else "." for ahead in range(100)), cadence=cadence)
    assert len(kept.days) <= 49
    assert streak(kept, today, starts=0) == (now, now)


@given(
    st.lists(st.sampled_from("##.-+"), max_size=60).map("".join),
    st.sampled_from([DAILY, MON_WED_FRI, THRICE]),
)
def test_a_task_is_stored_as_it_is(days: str, cadence: Cadence) -> None:
    now, _ = lived(days, cadence=cadence)
    assert task_of(task_body(now)) == now


@settings(max_examples=30)
@given(
    st.sampled_from(sorted(available_timezones())),
    st.dates(date(2025, 1, 1), date(2027, 12, 31)),
    st.integers(min_value=2, max_value=20),
)
def test_a_rep_every_local_day_is_a_streak_in_every_zone(zone: str, start: date, days: int) -> None:
    """Across daylight saving, and wherever a calendar leaps a day, which nobody can use."""
    local = ZoneInfo(zone)
    dates = [start + timedelta(days=ahead) for ahead in range(days)]
    talk = Talk(zone=zone, day=dates[0])
    talk.say("30 pushups every day")
    for day in dates:
        talk.say("did pushups", now=datetime(day.year, day.month, day.day, 23, 30, tzinfo=local))
    held = streak(talk.task(1), dates[-1], starts=0)
    assert held.now == days


@pytest.mark.parametrize(
    ("zone", "utc", "day"),
    [
        ("America/Los_Angeles", "2026-11-02T07:30:00+00:00", date(2026, 11, 1)),
        ("America/Los_Angeles", "2026-11-02T08:30:00+00:00", date(2026, 11, 2)),
        ("America/Los_Angeles", "2026-07-02T07:30:00+00:00", date(2026, 7, 2)),
        ("Pacific/Kiritimati", "2026-11-01T10:30:00+00:00", date(2026, 11, 2)),
        ("Asia/Kathmandu", "2026-11-01T18:20:00+00:00", date(2026, 11, 2)),
        ("No/Where", "2026-11-01T23:30:00+00:00", date(2026, 11, 1)),
    ],
)
def test_a_rep_belongs_to_the_persons_own_day(zone: str, utc: str, day: date) -> None:
    talk = Talk(zone=zone if zone != "No/Where" else "UTC")
    talk.zone = zone
    now = datetime.fromisoformat(utc)
    talk.say("30 pushups every day", now=now)
    talk.say("did pushups", now=now)
    assert list(talk.task(1).days) == [day]


@pytest.mark.parametrize(
    ("days", "marks", "share"),
    [
        ("##.-+..", "##x-+x_", (2, 6)),
        ("###", "###____", (3, 7)),
        ("-------", "-------", (0, 0)),
    ],
)
def test_a_week_is_seven_marks(days: str, marks: str, share: tuple[int, int]) -> None:
    now, today = lived(days)
    week = week_of(today, starts=0)
    assert (bar(now, week, today), weekly(now, week)) == (marks, share)


def test_completion_is_against_the_cadence_and_forgives_skips() -> None:
    assert completion(*lived("##.-#..###"), starts=0) == (6, 9)
    assert completion(*lived("##.-#..##."), starts=0) == (5, 8)
    assert completion(*lived("####...##....."), starts=0) == (6, 13)
    assert completion(*lived("####...##.....", cadence=THRICE), starts=0) == (5, 5)
    assert completion(*lived("####...##......", cadence=THRICE), starts=0) == (5, 6)


@pytest.mark.parametrize(
    ("weeks", "expected"),
    [
        (("#", "##", "###", "####", ""), Trend.UP),
        (("####", "###", "##", "#", ""), Trend.DOWN),
        (("##", "##", "##", "##", ""), Trend.STEADY),
        (("#", "##", ""), Trend.UNKNOWN),
        (("", "", "", ""), Trend.STEADY),
    ],
)
def test_a_trend_needs_three_whole_weeks(weeks: tuple[str, ...], expected: Trend) -> None:
    now, today = lived("".join(week.ljust(7, ".") for week in weeks))
    assert trend(now, today, starts=0) is expected
    assert weekly_amounts(now, today, starts=0)[-1][1] == 0


def test_what_is_too_far_away_is_refused() -> None:
    with pytest.raises(UserFacing, match="five weeks back"):
        with_rep(task(), MONDAY - timedelta(days=36), Decimal(1), today=MONDAY, starts=0)
    with pytest.raises(UserFacing, match="still to come"):
        with_rep(task(), MONDAY + timedelta(days=1), Decimal(1), today=MONDAY, starts=0)
    with pytest.raises(UserFacing, match="within five weeks"):
        with_skip(task(), MONDAY + timedelta(days=36), today=MONDAY, starts=0)


def test_what_was_done_before_the_task_was_told_of_counts() -> None:
    now = with_rep(task(), MONDAY - timedelta(days=1), Decimal(10), today=MONDAY, starts=0)
    now = with_rep(now, MONDAY, Decimal(10), today=MONDAY, starts=0)
    assert streak(now, MONDAY, starts=0).now == 2


def test_the_best_day_is_the_first_of_the_largest() -> None:
    now, _ = lived("+##+")
    assert now.best == Best(MONDAY + timedelta(days=1), Decimal(10))
