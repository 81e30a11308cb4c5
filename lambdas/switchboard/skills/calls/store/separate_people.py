"""Calls and profiles that somebody brought along go with them again: write by write, as they came.

What is theirs is known by the notes that were left where it was before.
"""

from collections.abc import Callable
from dataclasses import dataclass

from switchboard.core.people.address import PersonId
from switchboard.core.skills.records import DeleteRecord, Record, Records, pass_on
from switchboard.skills.calls.profiles.repository import POINTER
from switchboard.skills.calls.store.merge_people import CAME, Move, pass_call, pass_profile
from switchboard.skills.calls.store.repository import CALL


@dataclass(frozen=True, slots=True)
class Return(Move):
    """From who holds it now to whom it is given; `brought` is whose notes say what."""

    brought: str

    def noted(self, prefix: str) -> Record | None:
        return next(iter(self.records.find(self.brought, CAME + prefix, limit=1).records), None)

    def held(self, prefix: str, note: Record) -> str:
        """Its key where it is held; "" where it is not."""
        last: Record | None = note
        while last and last.body["owner"] != self.source:
            last = self.records.get(last.body["owner"], CAME + prefix + last.body["name"])
        return prefix + str(last.body["name"]) if last else ""


def separate(records: Records, ceased: PersonId, holder: PersonId, newcomer: PersonId) -> None:
    """Errors: RecordConflict, while others keep writing."""
    pass_on((_profile, _call), Return(records, holder, newcomer, f"PERSON#{ceased}"))


def _profile(move: Return) -> bool:
    return _next(move, POINTER, pass_profile)


def _call(move: Return) -> bool:
    return _next(move, CALL, pass_call)


def _next(move: Return, prefix: str, passing: Callable[[Move, Record], None]) -> bool:
    """Whether there was something to do."""
    note = move.noted(prefix)
    if note is None:
        return False
    key = move.held(prefix, note)
    kept = move.records.get(move.source, key) if key else None
    if kept:
        passing(move, kept)
    else:
        _end(move, key, note)
    return True


def _end(move: Return, key: str, note: Record) -> None:
    """It has passed, or is no longer there."""
    passed = move.records.get(move.source, CAME + key) if key else None
    move.records.write(*(DeleteRecord(each) for each in (note, passed) if each))
