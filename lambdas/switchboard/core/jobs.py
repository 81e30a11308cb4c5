"""Errands: what takes longer than a turn or a request may, handed over to be done soon, in steps."""

from dataclasses import dataclass
from typing import Protocol

from switchboard.core.people.address import Address, PersonId


@dataclass(frozen=True, slots=True)
class Job:
    """`person` asked for it, by `address`, where they are told what came of it.

    `id` stays the same when it is handed over again, and an errand may run more than once: each step of
    it is done once. `detail` is the kind's own. `due_ms` is for when it was planned, or else when it was
    handed over (Unix milliseconds); whoever hands it over leaves that to whoever takes it.
    """

    kind: str
    id: str
    person: PersonId
    address: Address
    detail: str = ""
    due_ms: int = 0


class Timer(Protocol):
    def at(self, job: Job, *, at_ms: int) -> None:
        """It is handed over at that time (Unix milliseconds); asked for again, it is the same one."""


class JobQueue(Protocol):
    def hand_over(self, job: Job) -> None:
        """It will run at least once, soon, and again while it fails."""
