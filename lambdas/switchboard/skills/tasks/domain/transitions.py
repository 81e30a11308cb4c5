"""What happens to a task: a rep, a skip, a rest, another plan. Each gives the task as it is then."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from switchboard.core.errors import UserFacing
from switchboard.skills.tasks.domain.cadence import ONE_DAY, Kind, week_of
from switchboard.skills.tasks.domain.progress import counted, streak
from switchboard.skills.tasks.domain.task import NONE, Best, Plan, Rest, State, Task

REMEMBERED_DAYS: Final = 42
FARTHEST_BACK: Final = 35


def with_rep(task: Task, day: date, amount: Decimal, *, today: date, starts: int) -> Task:
    """Errors: UserFacing for a day to come, or one that is too long ago."""
    _require_near(day, today)
    days = {**task.days, day: task.on(day) + amount}
    begun = replace(
        _begun(task, day), days=days, skips=task.skips - {day}, done=task.done + amount, times=task.times + 1
    )
    best = max(_bests(begun, day), key=lambda best: (best.amount, -best.day.toordinal()))
    return _settled(replace(begun, best=best), today=today, starts=starts)


def with_skip(task: Task, day: date, *, today: date, starts: int) -> Task:
    """A skip may lie ahead. Errors: UserFacing for a day on which something was done."""
    if task.on(day) > NONE:
        raise UserFacing(f"You did {task.plan.title} that day already: there is nothing to skip.")
    if day < today - timedelta(days=FARTHEST_BACK) or day > today + timedelta(days=FARTHEST_BACK):
        raise UserFacing("I can skip days within five weeks of today.")
    return _settled(replace(task, skips=task.skips | {day}), today=today, starts=starts)


def resting(task: Task, *, today: date) -> Task:
    return replace(task, state=State.PAUSED, rests=(*task.rests, Rest(today)))


def rested(task: Task, *, today: date) -> Task:
    """Back from a rest; one that began today never was."""
    *before, last = task.rests
    ended = () if last.first == today else (Rest(last.first, today - ONE_DAY),)
    return replace(task, state=State.OPEN, rests=(*before, *ended))


def replanned(task: Task, plan: Plan, *, today: date, starts: int) -> Task:
    """Another plan from today on; what the old one counted stays, if it was counted in the same unit."""
    same = plan.cadence.kind is task.plan.cadence.kind
    if same and (plan.amount, plan.cadence) == (task.plan.amount, task.plan.cadence):
        return replace(task, plan=plan)
    weekly = plan.cadence.kind is Kind.WEEKLY
    begins = week_of(today, starts=starts).first if weekly else today
    before = counted(task, today, starts=starts, until=begins - ONE_DAY)
    kept = before if same else (0, 0)
    return replace(task, plan=plan, counted_from=begins, run=kept[0], longest=kept[1])


def _require_near(day: date, today: date) -> None:
    if day > today:
        raise UserFacing("That day is still to come.")
    if day < today - timedelta(days=FARTHEST_BACK):
        raise UserFacing("I can log up to five weeks back.")


def _begun(task: Task, day: date) -> Task:
    """What was done before a task was told of belongs to it."""
    if day >= task.since:
        return task
    from_then = day if task.counted_from == task.since else task.counted_from
    return replace(task, since=day, counted_from=from_then)


def _bests(task: Task, day: date) -> list[Best]:
    return [Best(day, task.on(day)), *filter(None, [task.best])]


def _settled(task: Task, *, today: date, starts: int) -> Task:
    """With days that are long over counted into the streak and forgotten."""
    edge = today - timedelta(days=REMEMBERED_DAYS - 1)
    if task.plan.cadence.kind is Kind.WEEKLY:
        edge = week_of(edge, starts=starts).first
    if edge > task.counted_from:
        before = counted(task, today, starts=starts, until=edge - ONE_DAY)
        task = replace(task, counted_from=edge, run=before.now, longest=before.longest)
    kept = replace(
        task,
        days={day: amount for day, amount in task.days.items() if day >= edge},
        skips=frozenset(day for day in task.skips if day >= edge),
        rests=tuple(rest for rest in task.rests if rest.last is None or rest.last >= edge),
    )
    return replace(kept, longest=streak(kept, today, starts=starts).longest)
