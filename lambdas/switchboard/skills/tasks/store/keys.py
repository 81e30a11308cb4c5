"""The keys of a person's inventory; each kind is read by its prefix alone, and none of them by scanning."""

from datetime import date
from typing import Final

from switchboard.core.people.address import PersonId
from switchboard.skills.tasks.domain.cadence import Kind
from switchboard.skills.tasks.domain.similarity import VERSION, bands, digest, name_words
from switchboard.skills.tasks.domain.task import Plan, State, Task, TaskId

HEAD: Final = "HEAD"
JOURNAL: Final = "JOURNAL"
PROPOSAL: Final = "PROPOSAL"
QUESTION: Final = "QUESTION"
QUOTED: Final = "QUOTED"
"""There when words among the tasks may be somebody else's; undoing leaves it."""
TASKS: Final = "TASK#"
MONTHS: Final = "MONTH#"
MOVED: Final = "MOVED#"
REPS: Final = "REP#"
MOST_WORDS: Final = 8


def owner_of(person: PersonId) -> str:
    return f"PERSON#{person}"


def task_key(task: str) -> str:
    return f"{TASKS}{task}"


def number_key(number: int) -> str:
    return f"NUMBER#{number:08}"


def rep_key(task: TaskId, day: date, name: str) -> str:
    return f"{REPS}{task}#{day.isoformat()}#{name}"


def month_key(task: TaskId, day: date) -> str:
    return f"{month_prefix(task)}{day:%Y-%m}"


def month_prefix(task: TaskId) -> str:
    return f"{MONTHS}{task}#"


def touched_key(day: date, task: str = "") -> str:
    return f"DAY#{day.isoformat()}#{task}"


def undo_key(slot: int) -> str:
    return f"UNDO#{slot:02}"


def listed_key(state: State, number: int | None = None) -> str:
    return f"LIST#{state.value}#" + ("" if number is None else f"{number:08}")


def same_key(digest_: str, task: str = "") -> str:
    return f"SAME#{digest_}#{task}"


def bucket_key(bucket: str, task: str = "") -> str:
    return f"BUCKET#{VERSION}#{bucket}#{task}"


def name_key(word: str, task: str = "") -> str:
    """A sharp in a word would look like the end of it."""
    return f"NAME#{word.replace('#', '%')}#{task}"


def moved_key(task: str) -> str:
    return f"{MOVED}{task}"


def unit_key(unit: str, task: str = "") -> str:
    return f"UNIT#{unit}#{task}"


def planned_keys(plan: Plan, ending: str) -> list[str]:
    """Where a task is found by when it is due; `ending` tells it from others there."""
    cadence = plan.cadence
    if cadence.kind is Kind.WEEKLY:
        return [f"PLAN#week#{ending}"]
    if cadence.kind is Kind.DAYS:
        return [f"PLAN#{day}#{ending}" for day in sorted(cadence.days)]
    return [f"PLAN#due#{plan.due.isoformat()}#{ending}" if plan.due else f"PLAN#some#{ending}"]


def plan_prefix(kind: str) -> str:
    return f"PLAN#{kind}#"


def last_part(key: str) -> TaskId:
    return TaskId(key.rpartition("#")[2])


def entries(task: Task) -> frozenset[str]:
    """All keys under which a task can be found; they depend on the task alone, and hold nothing."""
    found = {listed_key(task.state, task.number) + f"#{task.id}", same_key(digest(task.plan), task.id)}
    if task.state in {State.OPEN, State.PAUSED}:
        name = name_words(task.plan)
        found |= {name_key(word, task.id) for word in name[:MOST_WORDS]}
        found |= {bucket_key(bucket, task.id) for bucket in bands(name)}
        found.add(unit_key(task.plan.unit, task.id))
    if task.state is State.OPEN:
        found |= set(planned_keys(task.plan, f"{task.number:08}#{task.id}"))
    return frozenset(found)
