"""How a task goes: streaks that forgive a planned skip, completion against the cadence, trend, best day."""

from collections.abc import Iterator
from datetime import date, timedelta
from enum import StrEnum
from typing import Final, NamedTuple

from switchboard.skills.tasks.domain.cadence import ONE_DAY, Cadence, Kind, Week, week_of
from switchboard.skills.tasks.domain.task import NONE, Task

COUNTED_DAYS: Final = 28
TREND_WEEKS: Final = 6
NOTICEABLE: Final = 0.1
"""A weekly change smaller than this share of the average is no trend."""


class Mark(StrEnum):
    """One day of a task; each mark is one character of GSM 03.38."""

    FULL = "#"
    SOME = "+"
    SKIPPED = "-"
    MISSED = "x"
    PLANNED = "_"
    FREE = "."


class Streak(NamedTuple):
    """In days, or in weeks for a task of so many times a week."""

    now: int
    longest: int


class Share(NamedTuple):
    done: int
    planned: int


class Trend(StrEnum):
    UNKNOWN = "too early"
    UP = "up"
    DOWN = "down"
    STEADY = "steady"


def days_between(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(days=number) for number in range((last - first).days + 1))


def mark(task: Task, day: date, today: date) -> Mark:
    if task.on(day) > 0:
        return Mark.FULL if _kept(task, day) else Mark.SOME
    if day in task.skips:
        return Mark.SKIPPED
    if not task.due_on(day) or day < task.counted_from:
        return Mark.FREE
    return Mark.MISSED if day < today else Mark.PLANNED


def _kept(task: Task, day: date) -> bool:
    """What an earlier plan asked for is not known any more: anything done then was enough."""
    return task.full_on(day) or day < task.counted_from or task.plan.cadence.kind is Kind.ONCE


def streak(task: Task, today: date, *, starts: int) -> Streak:
    """Today, or this week, counts once it is done, and breaks nothing while it may still be done."""
    return counted(task, today, starts=starts, until=today)


def counted(task: Task, today: date, *, starts: int, until: date) -> Streak:
    """The streak as it stood on the evening of `until`."""
    results = (_weeks if task.plan.cadence.kind is Kind.WEEKLY else _days)(task, today, starts, until)
    now, longest = task.run, task.longest
    for kept in results:
        now = now + 1 if kept else 0
        longest = max(longest, now)
    return Streak(now, longest)


def _days(task: Task, today: date, _starts: int, until: date) -> Iterator[bool]:
    """For each planned day whether it was kept; a day that is forgiven or still open says nothing."""
    for day in days_between(task.counted_from, until):
        if task.plan.cadence.plans(day) and task.full_on(day):
            yield True
        elif task.due_on(day) and day < today:
            yield False


def _weeks(task: Task, today: date, starts: int, until: date) -> Iterator[bool]:
    week = week_of(task.counted_from, starts=starts)
    while week.first <= until:
        share = weekly(task, week)
        if share.planned and share.done >= share.planned:
            yield True
        elif week.last < today and _held_against(task, week):
            yield False
        week = Week(week.last + ONE_DAY)


def _held_against(task: Task, week: Week) -> bool:
    """A week in which the task began, rested, or was skipped altogether is not missed."""
    rested = any(task.rests_on(day) for day in week.days)
    return task.since <= week.first and not rested and weekly(task, week).planned > 0


def weekly(task: Task, week: Week) -> Share:
    """Reps of a week against those planned; each skip forgives one."""
    reps = sum(task.reps_on(day) for day in week.days)
    if task.plan.cadence.kind is Kind.WEEKLY:
        skipped = sum(day in task.skips for day in week.days)
        return Share(reps, max(0, task.plan.cadence.times - skipped))
    due = [day for day in week.days if task.due_on(day)]
    kept = [day for day in week.days if task.plan.cadence.plans(day) and task.full_on(day)]
    return Share(len(kept), len({*due, *kept}))


def completion(task: Task, today: date, *, starts: int) -> Share:
    """Of the last four weeks, as far as the plan reaches back; of the whole when the task has an end only."""
    kind = task.plan.cadence.kind
    if kind is Kind.ONCE:
        return Share(int(task.done), int(task.plan.total or 0))
    first = max(task.since, task.counted_from, today - timedelta(days=COUNTED_DAYS - 1))
    if kind is Kind.WEEKLY:
        return _of_weeks(task, first, today, starts)
    days = [day for day in days_between(first, today) if task.plan.cadence.plans(day)]
    kept = [day for day in days if task.full_on(day)]
    missed = [day for day in days if day < today and task.due_on(day) and not task.full_on(day)]
    return Share(len(kept), len(kept) + len(missed))


def _of_weeks(task: Task, first: date, today: date, starts: int) -> Share:
    weeks = [week_of(first, starts=starts)]
    while weeks[-1].last < today:
        weeks.append(Week(weeks[-1].last + ONE_DAY))
    over = [weekly(task, week) for week in weeks if week.last < today]
    now = weekly(task, weeks[-1])
    done = sum(min(share) for share in over) + min(now)
    return Share(done, sum(share.planned for share in over) + min(now))


def weekly_amounts(task: Task, today: date, *, starts: int) -> list[tuple[date, int]]:
    """The first day of each of the last weeks, oldest first, with what was done in hundredths of a unit."""
    week = week_of(today, starts=starts)
    found: list[tuple[date, int]] = []
    for _ in range(TREND_WEEKS):
        found.insert(0, (week.first, int(sum((task.on(day) for day in week.days), NONE) * 100)))
        week = week.before
    return found


def trend(task: Task, today: date, *, starts: int) -> Trend:
    """Over the weeks that are over and that the task has seen whole: at least three."""
    whole = [
        amount for first, amount in weekly_amounts(task, today, starts=starts)[:-1] if first >= task.since
    ]
    if len(whole) < 3:
        return Trend.UNKNOWN
    middle, average = (len(whole) - 1) / 2, sum(whole) / len(whole)
    spread = sum((place - middle) ** 2 for place in range(len(whole)))
    slope = sum((place - middle) * amount for place, amount in enumerate(whole)) / spread
    if abs(slope) <= NOTICEABLE * average:
        return Trend.STEADY
    return Trend.UP if slope > 0 else Trend.DOWN


def is_due(task: Task, day: date, *, starts: int) -> bool:
    """Whether a day still asks for this task: by its days, by what its week is short of, or until its end."""
    match task.plan.cadence:
        case Cadence(kind=Kind.DAYS):
            return task.due_on(day) and not task.full_on(day)
        case Cadence(kind=Kind.WEEKLY):
            share = weekly(task, week_of(day, starts=starts))
            return share.done < share.planned and day not in task.skips and not task.rests_on(day)
    return day not in task.skips and task.on(day) == NONE and task.left != NONE
