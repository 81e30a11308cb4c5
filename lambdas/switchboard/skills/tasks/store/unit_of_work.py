"""One piece of work on a person's records: read, change, and write all of it at once, once, and undoably."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Final, NamedTuple

from switchboard.core.errors import UserFacing
from switchboard.core.skills.records import (
    MOST_CHANGES,
    Change,
    DeleteRecord,
    Record,
    RecordPage,
    Records,
    retry_on_conflict,
)
from switchboard.skills.tasks.store.keys import JOURNAL, PROPOSAL, QUESTION, QUOTED, undo_key

UNDOABLE: Final = 20
REMEMBERED: Final = 12
LONGEST_ANSWER: Final = 400

_PASSING: Final = frozenset({PROPOSAL, QUESTION, QUOTED})
_NEW: Final[Mapping[str, Any]] = {"next": 0, "oldest": 0, "done": []}

Body = Mapping[str, Any]


class Outcome(NamedTuple):
    """What was answered, and the id of the task that it is about; "" for none, or while that is asked."""

    said: str
    task: str = ""


class Work:
    """Reads see what was changed before in the same work. Entries are records without a body."""

    def __init__(self, records: Records, owner: str) -> None:
        self._records = records
        self._owner = owner
        self._read: dict[str, Record] = {}
        self._bodies: dict[str, Body | None] = {}
        self._added: set[str] = set()
        self._dropped: set[str] = set()
        self._subject = ""

    def get(self, key: str) -> Body | None:
        if key in self._bodies:
            return self._bodies[key]
        return self._body(key)

    def version(self, key: str) -> int:
        """How often a record had been written when it was read."""
        return self._standing(key).version

    def concern(self, task: str) -> None:
        """This work is about that task."""
        self._subject = task

    def find(self, prefix: str, *, limit: int, after: str = "", newest_first: bool = False) -> RecordPage:
        """As the store has it."""
        return self._records.find(self._owner, prefix, limit=limit, after=after, newest_first=newest_first)

    def put(self, key: str, body: Body) -> None:
        self._bodies[key] = body

    def delete(self, key: str) -> None:
        self._bodies[key] = None

    def reindex(self, old: frozenset[str], new: frozenset[str]) -> None:
        """From the entries that were to those that shall be."""
        for key in old - new:
            self._added.discard(key) if key in self._added else self._dropped.add(key)
        for key in new - old:
            self._dropped.discard(key) if key in self._dropped else self._added.add(key)

    def answered(self, name: str) -> Outcome | None:
        """What came of it when this was done before."""
        return next((Outcome(*came) for done, *came in self._journal["done"] if done == name), None)

    def commit(self, name: str, answer: str) -> Outcome:
        """Errors: RecordConflict, when somebody else was faster; UserFacing for more than one write takes."""
        self._bodies = {key: body for key, body in self._bodies.items() if body != self._body(key)}
        lasting = sorted(self._bodies.keys() - _PASSING)
        if lasting or self._added or self._dropped:
            self._note(name, answer, lasting)
        changes = list(self._changes())
        if len(changes) > MOST_CHANGES:
            raise UserFacing("That is too much at once. Say a few of them at a time.")
        self._records.write(*changes)
        return Outcome(answer, self._subject)

    def undo(self) -> str:
        """Put back what the last work changed, and name it. Errors: UserFacing, when there is nothing."""
        journal = self._journal
        if journal["next"] == journal["oldest"]:
            raise UserFacing("There is nothing to undo.")
        slot = undo_key((journal["next"] - 1) % UNDOABLE)
        last = self.get(slot) or {}
        self._added, self._dropped = set(last["dropped"]), set(last["added"])
        self._bodies |= last["was"]
        self._bodies |= {slot: None, JOURNAL: {**journal, "next": journal["next"] - 1}}
        return str(last["answer"])

    def commit_undo(self, name: str, answer: str) -> Outcome:
        """As `commit`, but it cannot itself be undone."""
        self.put(JOURNAL, _remembering(self._journal, name, Outcome(answer)))
        self._records.write(*self._changes())
        return Outcome(answer)

    def commit_for_good(self, *others: Change) -> None:
        """With changes elsewhere; neither this nor what was done before can be undone.

        Errors: RecordConflict.
        """
        self._records.write(*self.for_good(), *others)

    def for_good(self) -> list[Change]:
        """What `commit_for_good` would write."""
        journal = self._journal
        if journal["oldest"] != journal["next"]:
            self.put(JOURNAL, {**journal, "oldest": journal["next"]})
        return list(self._changes())

    @property
    def _journal(self) -> Body:
        return self.get(JOURNAL) or _NEW

    def _body(self, key: str) -> Body | None:
        standing = self._standing(key)
        return standing.body if standing.version else None

    def _standing(self, key: str) -> Record:
        if key not in self._read:
            self._read[key] = self._records.get(self._owner, key) or Record(self._owner, key)
        return self._read[key]

    def _changes(self) -> Iterator[Change]:
        for key, body in self._bodies.items():
            standing = self._standing(key)
            if body is not None:
                yield Record(self._owner, key, body, standing.version)
            elif standing.version:
                yield DeleteRecord(standing)
        yield from (Record(self._owner, key) for key in self._added)
        yield from (DeleteRecord(Record(self._owner, key, {}, 1)) for key in self._dropped)

    def _note(self, name: str, answer: str, lasting: Iterable[str]) -> None:
        journal = self._journal
        number = journal["next"]
        was = {key: self._standing(key) for key in lasting}
        entry = {
            "answer": answer.partition(". ")[0].rstrip(".")[:LONGEST_ANSWER],
            "added": sorted(self._added),
            "dropped": sorted(self._dropped),
            "was": {key: dict(record.body) if record.version else None for key, record in was.items()},
        }
        oldest = max(journal["oldest"], number + 1 - UNDOABLE)
        self.put(undo_key(number % UNDOABLE), entry)
        came = Outcome(answer, self._subject)
        self.put(JOURNAL, _remembering({**journal, "next": number + 1, "oldest": oldest}, name, came))


def _remembering(journal: Body, name: str, came: Outcome) -> Body:
    done = [*journal["done"], [name, came.said[:LONGEST_ANSWER], came.task]]
    return {**journal, "done": done[-REMEMBERED:]}


def once(records: Records, owner: str, name: str, act: Callable[[Work], str]) -> Outcome:
    """Do something under a name: again under the same name, it is only answered again.

    Errors: RecordConflict.
    """
    return _tried(records, owner, name, act, Work.commit)


def undone(records: Records, owner: str, name: str) -> str:
    """Undo the last work, once under this name. Errors: RecordConflict; UserFacing when there is nothing."""
    return _tried(records, owner, name, lambda work: f"Undone: {work.undo()}.", Work.commit_undo).said


def _tried(
    records: Records,
    owner: str,
    name: str,
    act: Callable[[Work], str],
    commit: Callable[[Work, str, str], Outcome],
) -> Outcome:
    def attempt() -> Outcome:
        work = Work(records, owner)
        before = work.answered(name)
        return before if before is not None else commit(work, name, act(work))

    return retry_on_conflict(attempt)
