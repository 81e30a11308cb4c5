"""The desk of profiles, as the REST API asks it."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import asdict, dataclass

from switchboard.core.people.address import PersonId
from switchboard.platform.clock import new_id
from switchboard.rest.problems import Problem
from switchboard.skills.calls.api import models, profile_models, views
from switchboard.skills.calls.api.service import Start, again_under, told
from switchboard.skills.calls.domain.call import Wish
from switchboard.skills.calls.domain.redaction import Kind
from switchboard.skills.calls.profiles.builtin import STANDARD_ID
from switchboard.skills.calls.profiles.profile import BadProfile, Mode, Profile, Prompt, Rule, check
from switchboard.skills.calls.profiles.repository import NoSuchProfile, ProfileBook, Shelved
from switchboard.skills.calls.store.repository import CallBook


@dataclass(frozen=True, slots=True)
class RestProfiles:
    """`listed` are the models that a profile may ask for by name."""

    book: CallBook
    start: Start
    listed: Collection[str]

    def all(self, person: PersonId) -> profile_models.Shelf:
        profiles = self._of(person)
        preferred = profiles.preferred().id
        return profile_models.Shelf(items=[_shelved(each, preferred) for each in profiles.all()])

    def save(self, person: PersonId, wanted: profile_models.ProfileBody) -> profile_models.ProfileVersion:
        with told(422):
            return _version(self._of(person).save(_profile(wanted)))

    def check(self, wanted: profile_models.ProfileBody) -> profile_models.Checked:
        try:
            check(_profile(wanted), models=self.listed)
        except BadProfile as error:
            return profile_models.Checked(ok=False, problems=list(error.faults))
        return profile_models.Checked(ok=True, problems=[])

    def versions(self, person: PersonId, profile: str, *, limit: int) -> profile_models.Versions:
        found = self._of(person).versions(profile, limit=limit)
        if not found:
            raise Problem(404, str(NoSuchProfile()))
        return profile_models.Versions(items=list(map(_version, found)))

    def version(self, person: PersonId, profile: str, version: int) -> profile_models.ProfileVersion:
        with told(409, no_profile=404):
            return _version(self._of(person).get(profile, version))

    def publish(self, person: PersonId, profile: str, version: int) -> profile_models.Shelved:
        profiles = self._of(person)
        with told(409, no_profile=404):
            return _shelved(profiles.publish(profile, version), profiles.preferred().id)

    def roll_back(self, person: PersonId, profile: str, *, key: str | None) -> profile_models.Shelved:
        profiles = self._of(person)
        with told(409, no_profile=404):
            return _shelved(profiles.roll_back(profile, under=key or new_id()), profiles.preferred().id)

    def attempt(
        self, person: PersonId, profile: str, trial: profile_models.Trial, *, key: str | None
    ) -> models.CallLine:
        with told(409, no_profile=404):
            call = self.book.get(person, trial.call)
            wish = Wish(profile, trial.version)
            asked = again_under(call, key, book=self._of(person), wish=wish, trial=True)
        self.start(asked)
        return views.line(call)

    def _of(self, person: PersonId) -> ProfileBook:
        return ProfileBook(self.book.records, person, self.listed)


def _profile(wanted: profile_models.ProfileBody) -> Profile:
    """Errors: BadProfile, for a schema that is nested too deep to be written down."""
    try:
        json.dumps(wanted.answers)
    except RecursionError:
        raise BadProfile(["the schema must be JSON"]) from None
    return Profile(
        id=wanted.id,
        name=wanted.name,
        system=wanted.system,
        prompts=tuple(Prompt(each.name, each.text) for each in wanted.prompts),
        schema=wanted.answers,
        model=wanted.model,
        temperature=wanted.temperature,
        mode=Mode(wanted.mode.value),
        redact=frozenset(Kind(each.value) for each in wanted.redact),
        rules=tuple(Rule(each.field, each.value) for each in wanted.rules),
    )


def _version(profile: Profile) -> profile_models.ProfileVersion:
    return profile_models.ProfileVersion(
        id=profile.id,
        version=profile.version,
        name=profile.name,
        system=profile.system,
        prompts=[profile_models.Prompt(**asdict(each)) for each in profile.prompts],
        schema=dict(profile.schema),
        model=profile.model,
        temperature=profile.temperature,
        mode=profile_models.Mode(profile.mode.value),
        redact=sorted(profile_models.Redacted(kind.value) for kind in profile.redact),
        rules=[profile_models.Rule(**asdict(each)) for each in profile.rules],
    )


def _shelved(found: Shelved, preferred: str) -> profile_models.Shelved:
    return profile_models.Shelved(
        profile=found.id,
        name=found.name,
        published=found.published or None,
        versions=found.newest,
        preferred=found.id == preferred,
        standard=found.id == STANDARD_ID,
    )
