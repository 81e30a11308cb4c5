"""What a day asks for, and what was done on it: a few bounded pages, however many tasks there are."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final, NamedTuple

from switchboard.skills.tasks.domain.cadence import Kind
from switchboard.skills.tasks.domain.progress import is_due
from switchboard.skills.tasks.domain.task import NONE, Task, TaskId
from switchboard.skills.tasks.store import keys
from switchboard.skills.tasks.store.repository import head_of, loaded
from switchboard.skills.tasks.store.unit_of_work import Work

EACH: Final = 6
TOUCHED: Final = 8
NEAR: Final = timedelta(days=14)


class Agenda(NamedTuple):
    """`later` are things to finish some day; `more` when a page was full."""

    due: Sequence[Task]
    done: Sequence[Task]
    skipped: Sequence[Task]
    later: Sequence[Task]
    more: bool


def agenda(work: Work, day: date) -> Agenda:
    starts = head_of(work).week_starts
    planned, more = _planned(work, day)
    touched = work.find(keys.touched_key(day), limit=TOUCHED)
    ids = dict.fromkeys((*planned, *(keys.last_part(record.key) for record in touched.records)))
    tasks = loaded(work, ids)
    due = [task for task in tasks if task.id in planned and is_due(task, day, starts=starts)]
    return Agenda(
        due=sorted((task for task in due if _now(task, day)), key=_order),
        done=[task for task in tasks if task.on(day) > NONE],
        skipped=[task for task in tasks if day in task.skips],
        later=sorted((task for task in due if not _now(task, day)), key=_order),
        more=more or bool(touched.next),
    )


def _planned(work: Work, day: date) -> tuple[list[TaskId], bool]:
    """Those of the weekday, of any day of the week, those that end soonest, and those that end some day."""
    pages = [
        work.find(keys.plan_prefix(kind), limit=EACH) for kind in (str(day.weekday()), "week", "due", "some")
    ]
    ids = [keys.last_part(record.key) for page in pages for record in page.records]
    return ids, any(page.next for page in pages)


def _now(task: Task, day: date) -> bool:
    """Whether a task that only has an end is worth a word today."""
    plan = task.plan
    return plan.cadence.kind is not Kind.ONCE or (plan.due is not None and plan.due <= day + NEAR)


def _order(task: Task) -> tuple[date, int]:
    """What ends first comes first, then by number."""
    return (task.plan.due or date.max, task.number)
