"""A person's profiles: versions are only ever added, and a pointer says which one is in use."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, NamedTuple

from switchboard.core.errors import UserFacing
from switchboard.core.people.address import PersonId
from switchboard.core.skills.records import Record, Records, retry_on_conflict
from switchboard.skills.calls.domain.call import Wish
from switchboard.skills.calls.profiles.builtin import STANDARD, STANDARD_ID
from switchboard.skills.calls.profiles.profile import BadProfile, Profile, body, check, check_model, from_body

MOST_PROFILES: Final = 50
TRAIL: Final = 20
POINTER: Final = "PUBLISHED#"
SETTINGS: Final = "SETTINGS"


class NoSuchProfile(UserFacing):
    def __init__(self) -> None:
        super().__init__("There is no such profile, or no such version of it.")


class Shelved(NamedTuple):
    """A profile as it stands: its newest version, and those that were published, the one in use last."""

    id: str
    name: str
    newest: int
    trail: Sequence[int] = ()

    @property
    def published(self) -> int:
        """0 when none is."""
        return self.trail[-1] if self.trail else 0


@dataclass(frozen=True, slots=True)
class ProfileBook:
    """Everything is one person's own, beside the standard profile, which is everybody's and never changes.

    `models` are the names that a profile may ask for: those that the settings list. A version is checked when
    it is saved, and again whenever it comes into use, since other models may be listed by then.
    """

    records: Records
    person: PersonId
    models: Collection[str] = ()

    @property
    def _owner(self) -> str:
        return f"PERSON#{self.person}"

    def save(self, profile: Profile) -> Profile:
        """A new version, not yet in use. Errors: BadProfile."""
        check(profile, models=self.models)
        if profile.id == STANDARD_ID:
            raise BadProfile([f"{STANDARD_ID} cannot be changed; give the profile another id"])
        return retry_on_conflict(lambda: self._saved(profile))

    def get(self, profile: str, version: int) -> Profile:
        """Errors: NoSuchProfile."""
        if profile == STANDARD_ID and version == STANDARD.version:
            return STANDARD
        kept = self.records.get(self._owner, version_key(profile, version))
        if kept is None:
            raise NoSuchProfile
        return from_body(kept.body)

    def wished(self, wish: Wish) -> Profile:
        """The version that was asked for, or the one in use. Errors: NoSuchProfile."""
        return self.get(wish.profile, wish.version or self.shelved(wish.profile).published)

    def check_model(self, profile: Profile) -> None:
        """Errors: BadProfile, when it asks for a model that is not listed any more."""
        check_model(profile, models=self.models)

    def shelved(self, profile: str) -> Shelved:
        """Errors: NoSuchProfile."""
        if profile == STANDARD_ID:
            return Shelved(STANDARD_ID, STANDARD.name, STANDARD.version, (STANDARD.version,))
        return _shelved(self._pointer(profile))

    def all(self) -> Sequence[Shelved]:
        found = self.records.find(self._owner, POINTER, limit=MOST_PROFILES)
        return [self.shelved(STANDARD_ID), *map(_shelved, found.records)]

    def versions(self, profile: str, *, limit: int = 20) -> Sequence[Profile]:
        """The newest first."""
        if profile == STANDARD_ID:
            return [STANDARD]
        prefix = f"PROFILE#{profile}#VERSION#"
        found = self.records.find(self._owner, prefix, limit=limit, newest_first=True)
        return [from_body(record.body) for record in found.records]

    def publish(self, profile: str, version: int) -> Shelved:
        """From now on this version is in use. Errors: NoSuchProfile, BadProfile."""
        self.get(profile, version)
        return self._point(profile, lambda trail: trail if trail[-1:] == [version] else [*trail, version])

    def roll_back(self, profile: str, *, under: str) -> Shelved:
        """Back to the version in use before, once under a name.

        Errors: NoSuchProfile, UserFacing, BadProfile.
        """

        def shortened(trail: list[int]) -> list[int]:
            if len(trail) < 2:
                raise UserFacing("No version was in use before this one.")
            return trail[:-1]

        return self._point(profile, shortened, under=under)

    def prefer(self, profile: str) -> None:
        """For calls that say nothing and that no rule names. Errors: NoSuchProfile, BadProfile."""
        self.check_model(self.wished(Wish(profile)))
        kept = self.records.get(self._owner, SETTINGS) or Record(self._owner, SETTINGS)
        self.records.write(replace(kept, body={**kept.body, "profile": profile}))

    def preferred(self) -> Profile:
        kept = self.records.get(self._owner, SETTINGS)
        return self.wished(Wish(str(kept.body["profile"]))) if kept else STANDARD

    def ruled(self) -> Sequence[Profile]:
        """The versions in use that choose their calls by rules."""
        found = self.records.find(self._owner, POINTER, limit=MOST_PROFILES)
        return [
            self.get(shelved.id, shelved.published)
            for record in found.records
            if record.body["ruled"]
            for shelved in (_shelved(record),)
        ]

    def _saved(self, profile: Profile) -> Profile:
        pointer = self.records.get(self._owner, POINTER + profile.id)
        if pointer is None:
            self._make_room()
            pointer = Record(self._owner, POINTER + profile.id, {"newest": 0, "trail": [], "ruled": 0})
        made = replace(profile, version=int(pointer.body["newest"]) + 1)
        self.records.write(
            replace(pointer, body={**pointer.body, "newest": made.version, "name": made.name}),
            Record(self._owner, version_key(made.id, made.version), body(made)),
        )
        return made

    def _make_room(self) -> None:
        if len(self.records.find(self._owner, POINTER, limit=MOST_PROFILES).records) >= MOST_PROFILES:
            raise BadProfile([f"there may be at most {MOST_PROFILES} profiles"])

    def _pointer(self, profile: str) -> Record:
        kept = self.records.get(self._owner, POINTER + profile)
        if kept is None:
            raise NoSuchProfile
        return kept

    def _point(self, profile: str, change: Callable[[list[int]], list[int]], *, under: str = "") -> Shelved:
        if profile == STANDARD_ID:
            raise UserFacing("The standard profile is always the same.")
        kept = self._pointer(profile)
        if under and kept.body.get("under") == under:
            return _shelved(kept)
        trail = change([int(each) for each in kept.body["trail"]])[-TRAIL:]
        in_use = self.get(profile, trail[-1])
        self.check_model(in_use)
        pointed = {"trail": trail, "ruled": int(bool(in_use.rules)), "under": under}
        changed = replace(kept, body={**kept.body, **pointed})
        self.records.write(changed)
        return _shelved(changed)


def _shelved(record: Record) -> Shelved:
    kept: Any = record.body
    trail = tuple(int(each) for each in kept["trail"])
    return Shelved(record.key.removeprefix(POINTER), kept["name"], int(kept["newest"]), trail)


def version_key(profile: str, version: int) -> str:
    return f"PROFILE#{profile}#VERSION#{version:06d}"
