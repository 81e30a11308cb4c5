"""The tasks of whoever ceased become their heir's: write by write, each of which takes what it gives.

So it may stop anywhere and go on, twice at once and with another heir, and nothing is lost or counted twice.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Final, NamedTuple

from switchboard.core.people.address import PersonId
from switchboard.core.skills.records import (
    MOST_CHANGES,
    Change,
    DeleteRecord,
    Record,
    RecordConflict,
    Records,
    pass_on,
)
from switchboard.skills.tasks.domain.merge_tasks import added, best_of, united
from switchboard.skills.tasks.domain.task import NONE, Best, State, Task
from switchboard.skills.tasks.language.numbers import converted, shown
from switchboard.skills.tasks.store import keys
from switchboard.skills.tasks.store.codec import task_of
from switchboard.skills.tasks.store.repository import create, head_of, load, same, save, set_week_start
from switchboard.skills.tasks.store.unit_of_work import Work

REPS_AT_ONCE: Final = (MOST_CHANGES - 2) // 2
"""Each is given and taken; beside them the task is written, and what can be undone."""
LEFT: Final = (
    *("QUESTION", "PROPOSAL", "QUOTED", "JOURNAL", "UNDO#"),
    *("NUMBER#", "LIST#", "SAME#", "NAME#", "BUCKET#", "UNIT#", "PLAN#", "DAY#"),
)
"""What waits for nobody's answer any more, and what is made anew."""


@dataclass(frozen=True, slots=True)
class Move:
    """From one inventory to another, by their owners."""

    records: Records
    source: str
    heir: str

    def first(self, prefix: str, *, limit: int = 1) -> Sequence[Record]:
        """Of what is still to move."""
        return self.records.find(self.source, prefix, limit=limit).records


class Reached(NamedTuple):
    """Where a task has come to; `unit` is what it was counted in before."""

    work: Work
    task: Task
    unit: str

    def amount(self, text: str) -> Decimal:
        return converted(Decimal(text), unit=self.unit, to=self.task.plan.unit)


def join(records: Records, ceased: PersonId, heir: PersonId) -> None:
    """Errors: RecordConflict, while others keep writing."""
    pass_on(STEPS, Move(records, keys.owner_of(ceased), keys.owner_of(heir)))


def _settings(move: Move) -> bool:
    """The heir's own, if they have any. Whether there was something to do, as in every step."""
    head = move.records.get(move.source, keys.HEAD)
    if head is None:
        return False
    work = Work(move.records, move.heir)
    if work.get(keys.HEAD) is None:
        set_week_start(work, head.body["week_starts"])
    work.commit_for_good(DeleteRecord(head))
    return True


def _task(move: Move) -> bool:
    """Where it has gone is noted in its place: its months and reps follow. Its words are not the heir's."""
    for record in move.first(keys.TASKS):
        task, work = task_of(record.body), Work(move.records, move.heir)
        twin = _twin(work, task)
        taken = (
            save(work, twin, united(twin, task, starts=head_of(work).week_starts))
            if twin
            else made(work, task)
        )
        work.put(keys.QUOTED, {})
        work.commit_for_good(DeleteRecord(record), moved(move, task, taken, united=twin is not None))
        return True
    return False


def _twin(work: Work, task: Task) -> Task | None:
    """The same task becomes one, unless it is finished."""
    chain = same(work, task.plan) if task.state is not State.FINISHED else ()
    return next((each for each in chain if each.state is not State.FINISHED), None)


def made(work: Work, task: Task) -> Task:
    """Errors: RecordConflict, when the heir has ceased too."""
    new = create(work, task.plan, task.since)
    if work.get(keys.moved_key(new.id)):
        raise RecordConflict("what was here has moved on")
    return save(work, new, replace(task, id=new.id, number=new.number))


def moved(move: Move, task: Task, taken: Task, *, united: bool) -> Record:
    """Where a task has gone, what it was counted in, and whether there it is one with another."""
    note = {"owner": move.heir, "task": taken.id, "unit": task.plan.unit, "united": united}
    return Record(move.source, keys.moved_key(task.id), note)


def _month(move: Move) -> bool:
    for record in move.first(keys.MONTHS):
        give_month(move, record)
        return True
    return False


def give_month(move: Move, record: Record, *others: Change) -> None:
    """With its days: on which of them the task was worked on, and whether one was the best."""
    _, name, month = record.key.split("#")
    reached = _reached(move, name)
    if reached is None:
        move.records.write(DeleteRecord(record))
        return
    done = {day: reached.amount(text) for day, text in record.body.items()}
    _give_days(reached, {date.fromisoformat(f"{month}-{day}"): amount for day, amount in done.items()})
    reached.work.commit_for_good(DeleteRecord(record), *others)


def _give_days(reached: Reached, days: dict[date, Decimal]) -> None:
    work, task, _ = reached
    key = keys.month_key(task.id, min(days))
    before = {min(days).replace(day=int(day)): Decimal(text) for day, text in (work.get(key) or {}).items()}
    after = added(before, days)
    work.put(key, {f"{day.day:02}": shown(amount) for day, amount in after.items()})
    new = frozenset(keys.touched_key(day, task.id) for day in days.keys() - before.keys())
    work.reindex(frozenset(), new)
    bests = [Best(day, after[day]) for day in days]
    save(work, task, replace(task, best=best_of((*bests, *filter(None, [task.best])))))


def _reps(move: Move) -> bool:
    return give_reps(move, move.first(keys.REPS, limit=REPS_AT_ONCE))


def give_reps(move: Move, found: Sequence[Record]) -> bool:
    """Those of the first one's task. Whether there were any."""
    if not found:
        return False
    name = found[0].key.split("#")[1]
    reps = [record for record in found if record.key.split("#")[1] == name]
    reached = _reached(move, name)
    if reached is None:
        move.records.write(*map(DeleteRecord, reps))
        return True
    for rep in reps:
        _give_rep(reached, rep)
    save(reached.work, reached.task, reached.task)
    reached.work.commit_for_good(*map(DeleteRecord, reps))
    return True


def _give_rep(reached: Reached, rep: Record) -> None:
    *_, day, name = rep.key.split("#")
    key = keys.rep_key(reached.task.id, date.fromisoformat(day), name)
    there = reached.work.get(key)
    before = Decimal(there["amount"]) if there else NONE
    reached.work.put(key, {**rep.body, "amount": shown(before + reached.amount(rep.body["amount"]))})


def _reached(move: Move, name: str) -> Reached | None:
    """None for a task that never was. Errors: RecordConflict, while it is on its way.

    Whoever gives it something has to write the task itself, so that it does not move on at the same time.
    """
    if move.records.get(move.source, keys.task_key(name)):
        raise RecordConflict("it has only just come here")
    note = move.records.get(move.source, keys.moved_key(name))
    if note is None:
        return None
    last = note
    while further := move.records.get(last.body["owner"], keys.moved_key(last.body["task"])):
        last = further
    work = Work(move.records, last.body["owner"])
    task = load(work, last.body["task"])
    if task is None:
        raise RecordConflict("it is moving on")
    return Reached(work, task, note.body["unit"])


def _rest(move: Move) -> bool:
    for prefix in LEFT:
        found = move.first(prefix, limit=MOST_CHANGES)
        if found:
            move.records.write(*map(DeleteRecord, found))
            return True
    return False


STEPS: Final = (_settings, _task, _month, _reps, _rest)
