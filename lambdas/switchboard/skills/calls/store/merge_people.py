"""The calls and profiles of whoever ceased become their heir's, write by write; each takes what it gives.

So it may stop anywhere and go on. A call passes whole, while it is worked on too. A profile whose id the heir
uses already gets another one; until all its versions are there, none of them is in use.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any, Final

from switchboard.core.people.address import PersonId
from switchboard.core.skills.records import Change, DeleteRecord, Record, Records, pass_on
from switchboard.skills.calls.profiles.repository import POINTER, SETTINGS, version_key
from switchboard.skills.calls.store.repository import CALL, OWNER
from switchboard.skills.calls.uploads.quota import UPLOADS, sent_on

LONGEST_STEM: Final = 31
CAME: Final = "CAME#"
"""A note, where something was before: where it has gone, and what it is called there."""


@dataclass(frozen=True, slots=True)
class Move:
    """From one person to another, by the owners of their records."""

    records: Records
    ceased: PersonId
    heir: PersonId

    @property
    def source(self) -> str:
        return f"PERSON#{self.ceased}"

    @property
    def target(self) -> str:
        return f"PERSON#{self.heir}"

    def first(self, prefix: str) -> Record | None:
        """Of what is still to pass."""
        return next(iter(self.records.find(self.source, prefix, limit=1).records), None)

    def note(self, key: str, name: str) -> Iterator[Change]:
        """Once."""
        noted = Record(self.source, CAME + key, {"owner": self.target, "name": name})
        if self.records.get(noted.owner, noted.key) is None:
            yield noted

    def new_id(self, profile: str) -> str:
        """The same, unless the heir has one of that id that did not come from here."""
        there = self.records.get(self.target, POINTER + profile)
        if there is None or there.body.get("from") == self.ceased:
            return profile
        return self.other_id(profile)

    def passed_as(self, profile: str) -> str:
        """What a profile is called that has passed, or is everybody's."""
        other = self.other_id(profile)
        return other if self.records.get(self.target, POINTER + other) else profile

    def other_id(self, profile: str) -> str:
        digest = sha256(f"{self.ceased}:{profile}".encode()).hexdigest()
        return f"{profile[:LONGEST_STEM]}-{digest[:8]}"


def join(records: Records, ceased: PersonId, heir: PersonId) -> None:
    """Errors: RecordConflict, while others keep writing."""
    pass_on(STEPS, Move(records, ceased, heir))


def _profile(move: Move) -> bool:
    """Whether there was something to do."""
    pointer = move.first(POINTER)
    if pointer:
        pass_profile(move, pointer)
    return pointer is not None


def pass_profile(move: Move, pointer: Record) -> None:
    """Room is made, the versions follow, and only then it is in use."""
    before = pointer.key.removeprefix(POINTER)
    name = move.new_id(before)
    there = move.records.get(move.target, POINTER + name)
    version = move.first(f"PROFILE#{before}#VERSION#")
    if there is None:
        room = {**pointer.body, "trail": [], "ruled": 0, "from": move.ceased}
        move.records.write(Record(move.target, POINTER + name, room))
    elif version:
        key = version_key(name, int(version.body["version"]))
        move.records.write(DeleteRecord(version), Record(move.target, key, {**version.body, "id": name}))
    else:
        newest = max(int(pointer.body["newest"]), int(there.body["newest"]))
        passed = replace(there, body={**pointer.body, "newest": newest})
        move.records.write(DeleteRecord(pointer), passed, *move.note(pointer.key, name))


def _settings(move: Move) -> bool:
    """The heir's own, if they have any."""
    kept = move.records.get(move.source, SETTINGS)
    if kept is None:
        return False
    body = {**kept.body, "profile": move.passed_as(str(kept.body["profile"]))}
    has_own = move.records.get(move.target, SETTINGS) is not None
    move.records.write(DeleteRecord(kept), *([] if has_own else [Record(move.target, SETTINGS, body)]))
    return True


def _call(move: Move) -> bool:
    kept = move.first(CALL)
    if kept:
        pass_call(move, kept)
    return kept is not None


def pass_call(move: Move, kept: Record) -> None:
    """With what leads to it by its id alone."""
    pointer = move.records.get(kept.key, OWNER)
    leads = [replace(pointer, body={"person": move.heir})] if pointer else []
    passed = Record(move.target, kept.key, _theirs(kept.body, move))
    move.records.write(DeleteRecord(kept), passed, *leads, *move.note(kept.key, kept.key.removeprefix(CALL)))


def _uploads(move: Move) -> bool:
    """What both have uploaded today counts together."""
    kept = move.records.get(move.source, UPLOADS)
    if kept is None:
        return False
    there = move.records.get(move.target, UPLOADS) or Record(move.target, UPLOADS)
    day = max(str(kept.body["day"]), str(there.body.get("day", "")))
    both = {"day": day, "bytes": sent_on(day, kept.body) + sent_on(day, there.body)}
    move.records.write(DeleteRecord(kept), replace(there, body=both))
    return True


def _theirs(body: Mapping[str, Any], move: Move) -> Mapping[str, Any]:
    wish = body["wish"]
    return {
        **body,
        "person": move.heir,
        "wish": {**wish, "profile": move.passed_as(wish["profile"])} if wish else wish,
        "findings": [{**each, "profile": move.passed_as(each["profile"])} for each in body["findings"]],
    }


STEPS: Final = (_profile, _settings, _call, _uploads)
