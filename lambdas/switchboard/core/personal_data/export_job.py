"""Making an export: everything of a person's in one archive, and a message with a link to it."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from tempfile import SpooledTemporaryFile
from typing import BinaryIO, cast

from switchboard.core.conversation.notifier import Notifier
from switchboard.core.conversation.store import ConversationErased
from switchboard.core.jobs import Job
from switchboard.core.messages.ports import Clock
from switchboard.core.people.address import PersonId
from switchboard.core.personal_data.archive import ArchiveWriter
from switchboard.core.personal_data.export_requests import KIND, Archives, Export, Exports, ExportState
from switchboard.core.stored_data.reader import StoreSet

DOWNLOAD_SECONDS = 3600
IN_MEMORY = 8 * 1024 * 1024
"""An archive that grows beyond this goes on in a file."""

FAILED = "I could not put your export together. Please ask for it again."


@dataclass(frozen=True, slots=True)
class Exporter:
    """Makes an export, and tells the address that asked for it. `downloads` is what a token is added to."""

    exports: Exports
    stores: StoreSet
    archives: Archives
    notifier: Notifier
    clock: Clock
    new_token: Callable[[], str]
    downloads: str

    def run(self, job: Job) -> None:
        export = self.exports.read(job.person, job.id)
        if export is None:
            return
        if export.state is not ExportState.DONE:
            export = self._made(job.person, export)
        if export:
            self._tell(job, self._ready(job.person, export))

    def give_up(self, job: Job) -> None:
        export = self.exports.read(job.person, job.id)
        if export and self.exports.change(job.person, replace(export, state=ExportState.FAILED)):
            self._tell(job, FAILED)

    def _made(self, person: PersonId, export: Export) -> Export | None:
        """None when the person left meanwhile: then nothing is left of it either."""
        self.exports.change(person, replace(export, state=ExportState.RUNNING))
        size = self._put(person, export.id)
        done = replace(export, state=ExportState.DONE, done_ms=self.clock.now_ms(), size=size)
        if self.exports.change(person, done):
            return done
        self.archives.delete(person, export.id)
        return None

    def _put(self, person: PersonId, export_id: str) -> int:
        scope = self.stores.belongings.scope(person)
        made_at = datetime.fromtimestamp(self.clock.now_ms() / 1000, UTC)
        with SpooledTemporaryFile(max_size=IN_MEMORY) as spool:
            file = cast("BinaryIO", spool)
            ArchiveWriter(self.stores, scope).write(file, made_at=made_at)
            size = file.tell()
            file.seek(0)
            self.archives.put(person, export_id, file)
        return size

    def _ready(self, person: PersonId, export: Export) -> str:
        token = self.new_token()
        expires = self.clock.now_ms() // 1000 + DOWNLOAD_SECONDS
        self.exports.hand_out(person, export.id, token, expires=expires)
        size = _size(export.size or 0)
        return f"Your export is ready ({size}): {self.downloads}/{token} The link is good for an hour."

    def _tell(self, job: Job, text: str) -> None:
        """Once; nobody is told who left meanwhile."""
        with suppress(ConversationErased):
            self.notifier.tell(
                text,
                person=job.person,
                address=job.address,
                key=f"{KIND}-{job.id}",
                at_ms=self.clock.now_ms(),
            )


def _size(count: int) -> str:
    """As people read it: 900 B, 12 KB, 3.4 MB."""
    if count < 1000:
        return f"{count} B"
    return f"{count / 1000:.0f} KB" if count < 1_000_000 else f"{count / 1_000_000:.1f} MB"
