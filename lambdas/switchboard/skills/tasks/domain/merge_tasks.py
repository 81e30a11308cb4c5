"""Two tasks that are the same become one, when the people who had them turn out to be one person."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Final

from switchboard.skills.tasks.domain.cadence import ONE_DAY
from switchboard.skills.tasks.domain.progress import counted
from switchboard.skills.tasks.domain.task import NONE, Best, Plan, Rest, State, Task
from switchboard.skills.tasks.language.numbers import converted

_LIVELIEST: Final = (State.OPEN, State.PAUSED, State.ARCHIVED)


def united(one: Task, other: Task, *, starts: int) -> Task:
    """One's plan, number and unit, with what was done for both; what was finished has no part in this.

    A day that rested or was skipped for one of them is forgiven; the livelier state stands.
    """
    other = in_unit(other, one.plan.unit)
    begins = _begins(one, other)
    before = [counted(task, begins, starts=starts, until=begins - ONE_DAY) for task in (one, other)]
    days = added(one.days, other.days)
    plan, done = _plan(one, other), one.done + other.done
    state = next(each for each in _LIVELIEST if each in {one.state, other.state})
    return replace(
        one,
        plan=plan,
        since=min(one.since, other.since),
        counted_from=begins,
        state=State.FINISHED if plan.total is not None and done >= plan.total else state,
        done=done,
        times=one.times + other.times,
        days=days,
        skips=(one.skips | other.skips) - days.keys(),
        rests=tuple(_rests(one, other, paused=state is State.PAUSED)),
        run=max(streak.now for streak in before),
        longest=max(streak.longest for streak in before),
        best=best_of(filter(None, (one.best, other.best))),
    )


def in_unit(task: Task, unit: str) -> Task:
    """All of its amounts, in a unit that is an hour where its own is a minute, or the other way round."""
    if unit == task.plan.unit:
        return task
    total = task.plan.total
    plan = replace(
        task.plan,
        unit=unit,
        amount=converted(task.plan.amount, unit=task.plan.unit, to=unit),
        total=None if total is None else converted(total, unit=task.plan.unit, to=unit),
    )
    return replace(
        task,
        plan=plan,
        done=converted(task.done, unit=task.plan.unit, to=unit),
        days={day: converted(done, unit=task.plan.unit, to=unit) for day, done in task.days.items()},
        best=task.best and Best(task.best.day, converted(task.best.amount, unit=task.plan.unit, to=unit)),
    )


def added(one: Mapping[date, Decimal], other: Mapping[date, Decimal]) -> dict[date, Decimal]:
    return {day: one.get(day, NONE) + other.get(day, NONE) for day in one.keys() | other.keys()}


def best_of(days: Iterable[Best]) -> Best | None:
    """The first one, of days that were as good."""
    return max(days, key=lambda best: (best.amount, -best.day.toordinal()), default=None)


def _plan(one: Task, other: Task) -> Plan:
    ends = (one.plan.due or other.plan.due, one.plan.total or other.plan.total)
    return replace(one.plan, due=ends[0], total=ends[1])


def _begins(one: Task, other: Task) -> date:
    """From when on all days of both are known: one that is still counted from its beginning hides none."""
    both = (one, other)
    hiding = [task.counted_from for task in both if task.counted_from > task.since]
    return max(hiding, default=min(task.counted_from for task in both))


def _rests(one: Task, other: Task, *, paused: bool) -> Iterator[Rest]:
    """In order; only what is paused has one without an end, and that is the last."""
    all_ = {*one.rests, *other.rests}
    yield from sorted((rest for rest in all_ if rest.last), key=lambda rest: (rest.first, rest.last))
    endless = [rest for rest in all_ if rest.last is None]
    if paused and endless:
        yield min(endless, key=lambda rest: rest.first)
