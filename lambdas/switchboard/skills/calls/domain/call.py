"""A call: whose recording it is, where it stands, how it came there, and what was found in it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Final

from switchboard.core.errors import Permanent, UserFacing
from switchboard.core.people.address import PersonId
from switchboard.skills.calls.domain.failure_reasons import Reason

MOST_MOMENTS: Final = 60
MOST_ANALYSES: Final = 20


class Status(StrEnum):
    PENDING_UPLOAD = "PendingUpload"
    UPLOADING = "Uploading"
    QUEUED = "Queued"
    TRANSCRIBING = "Transcribing"
    TRANSCRIBED = "Transcribed"
    ANALYZING = "Analyzing"
    COMPLETED = "Completed"
    FAILED = "Failed"


MOVES: Final[Mapping[Status, frozenset[Status]]] = {
    Status.PENDING_UPLOAD: frozenset({Status.UPLOADING, Status.QUEUED, Status.FAILED}),
    Status.UPLOADING: frozenset({Status.QUEUED, Status.FAILED}),
    Status.QUEUED: frozenset({Status.TRANSCRIBING, Status.FAILED}),
    Status.TRANSCRIBING: frozenset({Status.TRANSCRIBED, Status.FAILED}),
    Status.TRANSCRIBED: frozenset({Status.ANALYZING, Status.FAILED}),
    Status.ANALYZING: frozenset({Status.COMPLETED, Status.FAILED}),
    Status.COMPLETED: frozenset({Status.ANALYZING}),
    Status.FAILED: frozenset({Status.UPLOADING, Status.QUEUED, Status.ANALYZING}),
}
"""A failed call may be uploaded, queued or analysed again; a completed one may be analysed again."""


class IllegalMove(Permanent):
    def __init__(self, before: Status, after: Status) -> None:
        super().__init__(f"a call cannot go from {before} to {after}")


class NoSuchCall(UserFacing):
    def __init__(self) -> None:
        super().__init__("There is no such call.")


@dataclass(frozen=True, slots=True)
class Moment:
    """When a call came to stand where (Unix milliseconds), and why if it failed."""

    status: Status
    at_ms: int
    reason: Reason | None = None


@dataclass(frozen=True, slots=True)
class Wish:
    """The profile that was asked for; version 0 is whichever is published."""

    profile: str
    version: int = 0


@dataclass(frozen=True, slots=True)
class Heard:
    """What is known of a transcript without reading it; without words there is none."""

    duration_ms: int
    words: int
    speakers: int
    language: str


@dataclass(frozen=True, slots=True)
class Finding:
    """An analysis that was done; the whole of it lies in the bucket. A trial tries an unpublished version."""

    id: str
    profile: str
    version: int
    at_ms: int
    cost: int
    headline: str = ""
    trial: bool = False


@dataclass(frozen=True, slots=True)
class Call:
    """`id` sorts by time. `metadata` is the person's own; `object_version` is the upload that is worked on.

    `upload` is one in parts that is not finished; `job` is the transcriber's name for its work. `longest_ms`
    is how long the recording lasts at most, by its bytes. `cost` is in micro-dollars, everything included.
    `tell` is the address that hears how it went, as channel and value.
    """

    id: str
    person: PersonId
    file_name: str
    content_type: str
    size: int
    created_ms: int
    history: tuple[Moment, ...]
    metadata: Mapping[str, str] = field(default_factory=dict)
    wish: Wish | None = None
    consent: bool = False
    tell: tuple[str, ...] = ()
    upload: str = ""
    object_version: str = ""
    job: str = ""
    longest_ms: int = 0
    heard: Heard | None = None
    findings: tuple[Finding, ...] = ()
    cost: int = 0

    @property
    def status(self) -> Status:
        return self.history[-1].status

    @property
    def reason(self) -> Reason | None:
        return self.history[-1].reason

    @property
    def has_transcript(self) -> bool:
        return bool(self.heard and self.heard.words)

    @property
    def latest(self) -> Finding | None:
        """The newest analysis that was no trial."""
        return next((each for each in reversed(self.findings) if not each.trial), None)

    def moved(self, status: Status, at_ms: int, reason: Reason | None = None) -> "Call":
        """The call in its next status; unchanged when it stands there already. Errors: IllegalMove."""
        if status is self.status:
            return self
        if status not in MOVES[self.status]:
            raise IllegalMove(self.status, status)
        first, *later = *self.history, Moment(status, at_ms, reason)
        return replace(self, history=(first, *later[-(MOST_MOMENTS - 1) :]))

    def with_finding(self, finding: Finding) -> "Call":
        """The call with an analysis and its cost; one that is known already adds nothing."""
        if any(each.id == finding.id for each in self.findings):
            return self
        kept = (*self.findings, finding)[-MOST_ANALYSES:]
        return replace(self, findings=kept, cost=self.cost + finding.cost)

    def timings(self) -> Mapping[Status, int]:
        """Milliseconds spent in each status that the call has left."""
        spent: dict[Status, int] = {}
        for before, after in zip(self.history, self.history[1:], strict=False):
            spent[before.status] = spent.get(before.status, 0) + after.at_ms - before.at_ms
        return spent


def call_id(at_ms: int, chance: str) -> str:
    """Ids sort by time; `chance` is what nobody can guess."""
    return f"{at_ms:012x}{chance}"
