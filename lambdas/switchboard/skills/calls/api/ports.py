"""What the routes of calls and profiles need to know of those who keep them.

Errors of every method: Problem, with the status and the sentence that the caller is told.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, Protocol

from switchboard.core.people.address import Address, PersonId
from switchboard.skills.calls import SPEC

if TYPE_CHECKING:
    from collections.abc import Sequence

    from switchboard.rest.ports import Ports
    from switchboard.skills.calls.api import models
    from switchboard.skills.calls.api import profile_models as profiles


@dataclass(frozen=True, slots=True)
class Sought:
    """Which calls are wanted; times are Unix milliseconds, the second is not included."""

    status: str = ""
    profile: str = ""
    words: str = ""
    since_ms: int | None = None
    until_ms: int | None = None


class Calls(Protocol):
    """Every call is looked up as the person's; somebody else's is unknown."""

    def open(self, person: PersonId, wanted: models.NewCall, *, tell: Address) -> models.CallLine: ...
    def form(self, person: PersonId, call: str) -> models.Upload: ...
    def parts(self, person: PersonId, call: str, numbers: Sequence[int]) -> models.Parts:
        """Begins the upload if there is none."""

    def finish(self, person: PersonId, call: str) -> models.CallLine: ...
    def page(self, person: PersonId, sought: Sought, *, limit: int, after: str) -> models.Calls: ...
    def call(self, person: PersonId, call: str) -> models.Call: ...
    def transcript(self, person: PersonId, call: str, *, limit: int, after: str) -> models.Transcript: ...
    def search(self, person: PersonId, call: str, words: str) -> models.Hits: ...
    def insights(self, person: PersonId, call: str, analysis: str) -> models.Insights: ...
    def reanalyze(
        self, person: PersonId, call: str, wish: models.ProfileWish | None, *, key: str | None
    ) -> models.CallLine:
        """`key` is the request's Idempotency-Key, if it has one."""

    def delete(self, person: PersonId, call: str) -> None: ...


class CallProfiles(Protocol):
    def all(self, person: PersonId) -> profiles.Shelf: ...
    def save(self, person: PersonId, wanted: profiles.ProfileBody) -> profiles.ProfileVersion: ...
    def check(self, wanted: profiles.ProfileBody) -> profiles.Checked: ...
    def versions(self, person: PersonId, profile: str, *, limit: int) -> profiles.Versions: ...
    def version(self, person: PersonId, profile: str, version: int) -> profiles.ProfileVersion: ...
    def publish(self, person: PersonId, profile: str, version: int) -> profiles.Shelved: ...
    def roll_back(self, person: PersonId, profile: str, *, key: str | None) -> profiles.Shelved: ...
    def attempt(
        self, person: PersonId, profile: str, trial: profiles.Trial, *, key: str | None
    ) -> models.CallLine: ...


class Served(NamedTuple):
    calls: Calls
    profiles: CallProfiles


def served(ports: Ports) -> Served:
    made: Served = ports.served(SPEC.name)
    return made


def calls_of(ports: Ports) -> Calls:
    return served(ports).calls


def profiles_of(ports: Ports) -> CallProfiles:
    return served(ports).profiles
