"""Reports in words: today, the week, the list, one task."""

from datetime import date
from typing import Final

from switchboard.skills.tasks.domain.cadence import Kind, week_of
from switchboard.skills.tasks.domain.dates import short_date
from switchboard.skills.tasks.domain.forecast import chance, forecast
from switchboard.skills.tasks.domain.progress import completion, streak, trend, weekly
from switchboard.skills.tasks.domain.task import State, Task
from switchboard.skills.tasks.store.agenda import agenda
from switchboard.skills.tasks.store.repository import head_of, page
from switchboard.skills.tasks.store.unit_of_work import Work
from switchboard.skills.tasks.text.charts import (
    bar,
    forecast_text,
    next_text,
    percent,
    streak_text,
    tally,
    today_text,
    trend_text,
    week_text,
)
from switchboard.skills.tasks.text.formatting import counted, described

NO_TASKS: Final = "You have no open tasks. Say what you are up to, like: read 20 pages of Dune every day."
WEEK_PAGE: Final = 6


def tell_today(work: Work, today: date) -> str:
    return today_text(agenda(work, today), today)


def tell_next(work: Work, today: date) -> str:
    return next_text(agenda(work, today), today)


def tell_week(work: Work, today: date, *, after: int = 0) -> str:
    found = page(work, State.OPEN, after=after, limit=WEEK_PAGE)
    if not found.tasks:
        return "That is all of them." if after else NO_TASKS
    return week_text(found.tasks, today, starts=head_of(work).week_starts, after=found.after)


def tell_tasks(work: Work, today: date, *, after: int = 0) -> str:
    """The open ones, a page at a time, and how many others there are."""
    head, found = head_of(work), page(work, State.OPEN, after=after)
    if not found.tasks:
        return "That is all of them." if after else NO_TASKS + _others(head.paused, head.finished)
    lines = [described(task, today) for task in found.tasks]
    if found.after:
        return "\n".join((*lines, f"{head.open} in all. More: /tasks {found.after}"))
    return "\n".join(lines) + _others(head.paused, head.finished)


def tell_task(work: Work, task: Task, today: date) -> str:
    """One task: plan, week, streak, what is behind it and what is ahead."""
    starts = head_of(work).week_starts
    return "\n".join(
        filter(
            None,
            (
                described(task, today) + ("" if task.state is State.OPEN else f" ({task.state.value})"),
                _week(task, today, starts),
                _pace(task, today, starts),
                _whole(task, today),
                _best(task, today),
            ),
        )
    )


def _week(task: Task, today: date, starts: int) -> str:
    week = week_of(today, starts=starts)
    share = weekly(task, week)
    done = f" {share.done}/{share.planned}" if share.planned else ""
    return f"Week {bar(task, week, today)}{done}, today {tally(task, today)}"


def _pace(task: Task, today: date, starts: int) -> str:
    if task.plan.cadence.kind is Kind.ONCE:
        return ""
    held = streak_text(task, streak(task, today, starts=starts))
    kept = f"4 weeks {percent(completion(task, today, starts=starts))}"
    return ", ".join(filter(None, (held, kept, trend_text(trend(task, today, starts=starts)))))


def _whole(task: Task, today: date) -> str:
    if task.left is None or task.plan.total is None:
        return ""
    ends = forecast(task, today)
    likely = forecast_text(ends, today) if ends else "too early to forecast"
    hope = chance(task, today, task.plan.due) if task.plan.due else ""
    return ", ".join(filter(None, (f"{counted(task.left, task.plan.unit)} to go", likely, hope)))


def _best(task: Task, today: date) -> str:
    if task.best is None:
        return ""
    return f"Best day {short_date(task.best.day, today)}: {counted(task.best.amount, task.plan.unit)}"


def _others(paused: int, finished: int) -> str:
    counts = [f"{count} {name}" for count, name in ((paused, "paused"), (finished, "finished")) if count]
    return f"\nAlso {' and '.join(counts)}." if counts else ""
