"""A skill's records in memory, and a reader that counts what it is asked."""

import json
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field

from switchboard.core.skills.records import (
    MOST_CHANGES,
    Change,
    DeleteRecord,
    Record,
    RecordConflict,
    RecordPage,
    Records,
)

LAST = "\U0010ffff"
"""After every character that a key is written with."""


@dataclass
class FakeRecords:
    """`kept` is by owner and key."""

    kept: dict[str, dict[str, Record]] = field(default_factory=dict)
    ordered: dict[str, list[str]] = field(default_factory=dict)

    def get(self, owner: str, key: str) -> Record | None:
        return self.kept.get(owner, {}).get(key)

    def find(
        self, owner: str, prefix: str, *, limit: int = 100, after: str = "", newest_first: bool = False
    ) -> RecordPage:
        keys = self._keys(owner)
        within = keys[bisect_left(keys, prefix) : bisect_left(keys, f"{prefix}{LAST}")]
        if after and newest_first:
            within = within[: bisect_left(within, after)]
        elif after:
            within = within[bisect_right(within, after) :]
        wanted = within[::-1][: limit + 1] if newest_first else within[: limit + 1]
        found = [self.kept[owner][key] for key in wanted[:limit]]
        return RecordPage(found, found[-1].key if len(wanted) > limit and found else "")

    def write(self, *changes: Change) -> None:
        if len(changes) > MOST_CHANGES:
            raise ValueError(f"{len(changes)} changes in one write")
        if any(self._version(_of(change)) != _of(change).version for change in changes):
            raise RecordConflict("a record is not as it was read")
        for change in changes:
            self._store(change)

    def bodies(self, owner: str) -> dict[str, object]:
        """What an owner's records say, by key."""
        return {key: record.body for key, record in self.kept.get(owner, {}).items()}

    def copy(self) -> "FakeRecords":
        return FakeRecords({owner: dict(records) for owner, records in self.kept.items()}, dict(self.ordered))

    def _keys(self, owner: str) -> list[str]:
        if owner not in self.ordered:
            self.ordered[owner] = sorted(self.kept.get(owner, {}))
        return self.ordered[owner]

    def _version(self, record: Record) -> int:
        standing = self.get(record.owner, record.key)
        return standing.version if standing else 0

    def _store(self, change: Change) -> None:
        record = _of(change)
        owned = self.kept.setdefault(record.owner, {})
        if isinstance(change, DeleteRecord) or record.version == 0:
            self.ordered.pop(record.owner, None)
        if isinstance(change, DeleteRecord):
            owned.pop(record.key, None)
            return
        body = json.loads(json.dumps(record.body))
        owned[record.key] = Record(record.owner, record.key, body, record.version + 1)


def _of(change: Change) -> Record:
    return change.record if isinstance(change, DeleteRecord) else change


@dataclass
class CountingRecords:
    """Counts calls, and bytes read and written, on the way to a store."""

    behind: Records
    calls: int = 0
    read: int = 0
    written: int = 0

    def get(self, owner: str, key: str) -> Record | None:
        found = self.behind.get(owner, key)
        self._count((found,) if found else ())
        return found

    def find(
        self, owner: str, prefix: str, *, limit: int = 100, after: str = "", newest_first: bool = False
    ) -> RecordPage:
        found = self.behind.find(owner, prefix, limit=limit, after=after, newest_first=newest_first)
        self._count(found.records)
        return found

    def write(self, *changes: Change) -> None:
        self.calls += 1
        self.written += sum(_size(_of(change)) for change in changes)
        self.behind.write(*changes)

    def _count(self, found: object) -> None:
        self.calls += 1
        self.read += sum(_size(record) for record in found) if isinstance(found, tuple | list) else 0


def _size(record: Record) -> int:
    return len(record.key) + len(json.dumps(dict(record.body)))
