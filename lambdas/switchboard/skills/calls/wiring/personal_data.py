"""The files of calls as a store of somebody's data: what was heard and found, and where each recording is."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from switchboard.adapters.blobs import S3Blobs
from switchboard.adapters.dynamo.skill_records import DynamoRecords
from switchboard.adapters.s3 import make_client
from switchboard.core.people.address import PersonId
from switchboard.core.skills.blobs import Blobs, NoSuchBlob
from switchboard.core.stored_data.reader import PersonScope
from switchboard.skills.calls.domain.call import Call
from switchboard.skills.calls.domain.files import analysis_key, transcript_key, upload_key
from switchboard.skills.calls.store.repository import CallBook
from switchboard.skills.calls.workflow.context import forget

if TYPE_CHECKING:
    from switchboard.platform.skills import Given
    from switchboard.platform.tables import Tables

AT_ONCE = 50


def stores(tables: Tables, given: Given) -> Sequence[CallFiles]:
    book = CallBook(DynamoRecords(tables.client, given["records"]))
    return (CallFiles(book, S3Blobs(make_client(), given["files"])),)


@dataclass(frozen=True, slots=True)
class CallFiles:
    """A recording may be larger than an archive can be: it is named, and fetched from the page."""

    book: CallBook
    blobs: Blobs
    name = "files of calls"
    file = "call-files.json"

    def entries(self, scope: PersonScope) -> Iterator[Mapping[str, object]]:
        for person in scope.persons:
            for call in self._calls(person):
                yield from self._recording(call)
                for key in _texts(call):
                    yield from self._text(key)

    def erase(self, scope: PersonScope) -> None:
        """With each call's own records, which say where its files are: they go last."""
        for person in scope.persons:
            for call in self._calls(person):
                forget(self, call.id)

    def _calls(self, person: PersonId) -> Iterator[Call]:
        after = ""
        while True:
            page = self.book.page(person, after=after, limit=AT_ONCE)
            yield from page.calls
            after = page.next
            if not after:
                return

    def _recording(self, call: Call) -> Iterator[Mapping[str, object]]:
        key = upload_key(call.id, call.file_name)
        found = self.blobs.stat(key)
        if found:
            yield {"key": key, "bytes": found.size, "type": found.content_type, "where": "on the page: Calls"}

    def _text(self, key: str) -> Iterator[Mapping[str, Any]]:
        try:
            yield {"key": key, "content": json.loads(self.blobs.get(key))}
        except NoSuchBlob:
            return


def _texts(call: Call) -> Iterator[str]:
    yield transcript_key(call.id)
    yield from (analysis_key(call.id, each.id) for each in call.findings)
