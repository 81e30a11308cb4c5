"""Tasks that somebody brought along go with them again: write by write, each of which takes what it gives.

What is theirs is known by the notes that their inventory has kept. A task that became one with another stays.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from switchboard.core.people.address import PersonId
from switchboard.core.skills.records import DeleteRecord, Record, Records, pass_on
from switchboard.skills.tasks.store import keys
from switchboard.skills.tasks.store.merge_people import REPS_AT_ONCE, Move, give_month, give_reps, made, moved
from switchboard.skills.tasks.store.repository import head_of, load, remove, set_week_start
from switchboard.skills.tasks.store.unit_of_work import Work


@dataclass(frozen=True, slots=True)
class Return(Move):
    """`notes` is the inventory that says what was brought along."""

    notes: str

    def held(self, note: Record) -> str:
        """The task of a note, as it is called here; "" for one that is not theirs alone, or not here."""
        last: Record | None = note
        while last and not last.body["united"]:
            owner, task = last.body["owner"], str(last.body["task"])
            if owner == self.source:
                return task
            last = self.records.get(owner, keys.moved_key(task))
        return ""

    def of(self, prefix: str, *, limit: int = 1) -> Sequence[Record]:
        return self.records.find(self.source, prefix, limit=limit).records


def separate(records: Records, ceased: PersonId, holder: PersonId, newcomer: PersonId) -> None:
    """Errors: RecordConflict, while others keep writing."""
    owners = (keys.owner_of(each) for each in (holder, newcomer, ceased))
    pass_on((_next,), Return(records, *owners))


def _next(move: Return) -> bool:
    """Whether there was something to do."""
    note = next(iter(move.records.find(move.notes, keys.MOVED, limit=1).records), None)
    if note is None:
        return False
    task = move.held(note)
    if not task or not (_task(move, task) or _month(move, task) or _reps(move, task)):
        passed = move.records.get(move.source, keys.moved_key(task)) if task else None
        move.records.write(*(DeleteRecord(each) for each in (note, passed) if each))
    return True


def _task(move: Return, name: str) -> bool:
    taking, work = Work(move.records, move.source), Work(move.records, move.heir)
    task = load(taking, name)
    if task is None:
        return False
    if work.get(keys.HEAD) is None:
        set_week_start(work, head_of(taking).week_starts)
    given = moved(move, task, made(work, task), united=False)
    remove(taking, task)
    work.put(keys.QUOTED, {})
    work.commit_for_good(*taking.for_good(), given)
    return True


def _month(move: Return, name: str) -> bool:
    """Its days are no longer among those on which something was done here."""
    for record in move.of(f"{keys.MONTHS}{name}#"):
        begin = record.key.rpartition("#")[2]
        days = (date.fromisoformat(f"{begin}-{day}") for day in record.body)
        give_month(
            move,
            record,
            *(DeleteRecord(Record(move.source, keys.touched_key(day, name), {}, 1)) for day in days),
        )
        return True
    return False


def _reps(move: Return, name: str) -> bool:
    return give_reps(move, move.of(f"{keys.REPS}{name}#", limit=REPS_AT_ONCE))
