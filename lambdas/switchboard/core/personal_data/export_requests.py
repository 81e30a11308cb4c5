"""Exports: asked for in any channel, made by an errand, and fetched by a short link that soon ends."""

from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from typing import BinaryIO, Protocol

from switchboard.core.errors import UserFacing
from switchboard.core.jobs import Job, JobQueue
from switchboard.core.messages.ports import Clock
from switchboard.core.people.address import Address, People, PersonId
from switchboard.core.skills.spec import Command, ToolContext

KIND = "export"
KEPT_SECONDS = 24 * 3600
"""The bucket's own rule deletes what is older than that."""
LINK_SECONDS = 10 * 60

COMING = "I am putting together everything I hold about you. You will get a link here."


class ExportState(StrEnum):
    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Export:
    """`at_ms` is when it was asked for, and `done_ms` when it was there (Unix milliseconds)."""

    id: str
    at_ms: int
    state: ExportState = ExportState.QUEUED
    done_ms: int | None = None
    size: int | None = None

    @property
    def expires_ms(self) -> int | None:
        return None if self.done_ms is None else self.done_ms + KEPT_SECONDS * 1000


@dataclass(frozen=True, slots=True)
class Ready:
    """An export and where it can be fetched now; no `url` before it is done, or once it is gone."""

    export: Export
    url: str | None


class ErasureInProgress(UserFacing):
    def __init__(self) -> None:
        super().__init__("You asked me to erase everything, and that is what I am doing.")


class ArchiveLinks(Protocol):
    def link(self, person: PersonId, export: str, *, seconds: int) -> str:
        """Opens it for whoever has the link, for so long."""


class Archives(ArchiveLinks, Protocol):
    """The bucket of exports."""

    def put(self, person: PersonId, export: str, file: BinaryIO) -> None: ...
    def delete(self, person: PersonId, export: str) -> None: ...


class Exports(Protocol):
    """Where requests are written down."""

    def open(self, person: PersonId, export: Export) -> Export:
        """The one that is under way, if there is one. Errors: ErasureInProgress."""

    def read(self, person: PersonId, export_id: str) -> Export | None: ...

    def change(self, person: PersonId, export: Export) -> bool:
        """False when the person is gone; a finished one makes room for the next."""

    def hand_out(self, person: PersonId, export_id: str, token: str, *, expires: int) -> None:
        """From now on the token stands for the export."""

    def behind(self, token: str, *, now: int) -> tuple[PersonId, str] | None:
        """The export that a token stands for, until it expires."""


@dataclass(frozen=True, slots=True)
class ExportService:
    """Where people ask for their exports."""

    exports: Exports
    jobs: JobQueue
    clock: Clock

    def request(self, person: PersonId, address: Address, *, key: str) -> Export:
        """Under one key it is one request. Errors: ErasureInProgress."""
        wanted = Export(sha256(f"{person}:{key}".encode()).hexdigest()[:24], self.clock.now_ms())
        export = self.exports.open(person, wanted)
        if export.state is ExportState.QUEUED:
            self.jobs.hand_over(Job(KIND, export.id, person, address))
        return export


def export_command(desk: ExportService, people: People) -> Command:
    """Who the address belongs to is looked up: a link may be new."""

    def run(_rest: str, context: ToolContext) -> str:
        desk.request(people.behind(context.address), context.address, key=context.turn)
        return COMING

    return Command("sends you everything I hold about you", run)


@dataclass(frozen=True, slots=True)
class ExportDownloads:
    """Where exports are looked up and fetched."""

    exports: Exports
    archives: ArchiveLinks
    clock: Clock

    def look(self, person: PersonId, export_id: str) -> Ready | None:
        export = self.exports.read(person, export_id)
        if export is None:
            return None
        there = export.expires_ms is not None and self.clock.now_ms() < export.expires_ms
        return Ready(export, self._link(person, export_id) if there else None)

    def fetch(self, token: str) -> str | None:
        """Where the export of a token can be fetched now; None for a token that stands for nothing."""
        found = self.exports.behind(token, now=self.clock.now_ms() // 1000)
        return self._link(*found) if found else None

    def _link(self, person: PersonId, export_id: str) -> str:
        return self.archives.link(person, export_id, seconds=LINK_SECONDS)
