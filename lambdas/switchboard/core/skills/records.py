"""Where a skill keeps what it knows of a person: small versioned records, changed all or nothing."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Final, NamedTuple, Protocol, TypeVar

from switchboard.core.errors import Permanent, Retryable

MOST_CHANGES = 90
"""In one write; the table takes a few more."""


TRIES: Final = 5
T = TypeVar("T")


class RecordConflict(Retryable):
    """A record was not as it had been read, so nothing was written: read it again."""


@dataclass(frozen=True, slots=True)
class Record:
    """`owner` holds the records of one person or thing; `key` names one among them and gives their order.

    `body` is of JSON's kinds, with whole numbers and text only. `version` counts its writes from 1;
    0 is a record that is not there yet.
    """

    owner: str
    key: str
    body: Mapping[str, Any] = field(default_factory=dict)
    version: int = 0


@dataclass(frozen=True, slots=True)
class DeleteRecord:
    """The wish to delete a record as it was read."""

    record: Record


Change = Record | DeleteRecord


class RecordPage(NamedTuple):
    """Some records in the order of their keys; `next` continues after them, or is ""."""

    records: Sequence[Record]
    next: str


class Records(Protocol):
    """One store of one skill. Reads see every write that came before."""

    def get(self, owner: str, key: str) -> Record | None: ...

    def find(
        self, owner: str, prefix: str, *, limit: int = 100, after: str = "", newest_first: bool = False
    ) -> RecordPage:
        """Records whose keys begin with `prefix`, from `after` on (a `next`, or a key)."""

    def write(self, *changes: Change) -> None:
        """Store each record as its next version, if it still has the version given, or all of it not.

        Errors: RecordConflict; ValueError for more than MOST_CHANGES.
        """


def retry_on_conflict(attempt: Callable[[], T]) -> T:
    """Reads and writes anew where somebody else wrote first.

    Errors: RecordConflict, while others keep writing.
    """
    for _ in range(TRIES - 1):
        with suppress(RecordConflict):
            return attempt()
    return attempt()


def pass_on(steps: Iterable[Callable[[T], bool]], move: T) -> None:
    """Each step until it says that there was nothing left to do. Errors: RecordConflict."""
    for step in steps:
        while retry_on_conflict(partial(step, move)):
            continue


class NoRecords:
    """The store of a skill that keeps nothing."""

    def get(self, owner: str, key: str) -> Record | None:
        raise self._mistake(owner, key)

    def find(
        self, owner: str, prefix: str, *, limit: int = 100, after: str = "", newest_first: bool = False
    ) -> RecordPage:
        raise self._mistake(owner, prefix, limit, after, newest_first)

    def write(self, *changes: Change) -> None:
        raise self._mistake(*changes)

    def _mistake(self, *_arguments: object) -> Permanent:
        return Permanent("this skill keeps no records")


NO_RECORDS = NoRecords()
