"""The desks of exports and erasures, as the REST API asks them."""

from __future__ import annotations

from dataclasses import dataclass

from switchboard.adapters.dynamo.personal_data.export_requests import DynamoExports
from switchboard.adapters.export_bucket import ExportBucket
from switchboard.adapters.s3 import make_client
from switchboard.core.jobs import JobQueue
from switchboard.core.messages.ports import Clock
from switchboard.core.people.address import Address, PersonId
from switchboard.core.personal_data.erasure_requests import ErasureService
from switchboard.core.personal_data.export_requests import LINK_SECONDS, ExportDownloads, ExportService
from switchboard.platform.clock import SystemClock, new_id
from switchboard.platform.tables import Tables
from switchboard.rest.ports import Erasure, Export, JobState
from switchboard.runtime.personal_data import erasure_service, export_service


@dataclass(frozen=True, slots=True)
class RestExports:
    desk: ExportService
    counter: ExportDownloads
    clock: Clock

    def request(self, person: PersonId, address: Address, key: str | None) -> str:
        return self.desk.request(person, address, key=key or new_id()).id

    def find(self, person: PersonId, export_id: str) -> Export | None:
        ready = self.counter.look(person, export_id)
        if ready is None:
            return None
        expires_ms = self.clock.now_ms() + LINK_SECONDS * 1000 if ready.url else None
        state = JobState(ready.export.state)
        return Export(ready.export.id, state, ready.url, expires_ms, ready.export.size)

    def fetch(self, token: str) -> str | None:
        return self.counter.fetch(token)


@dataclass(frozen=True, slots=True)
class RestErasures:
    desk: ErasureService

    def request(self, person: PersonId, account: Address) -> str:
        return self.desk.request(person, account).id

    def find(self, account: Address, erasure_id: str) -> Erasure | None:
        found = self.desk.look(erasure_id, account=account)
        return Erasure(found.id, JobState(found.state), found.erased, found.kept) if found else None


def rest_exports(tables: Tables, jobs: JobQueue, *, bucket: str) -> RestExports:
    exports, clock = DynamoExports(tables.client, tables.people), SystemClock()
    counter = ExportDownloads(exports, ExportBucket(make_client(), bucket), clock)
    return RestExports(export_service(tables, jobs), counter, clock)


def rest_erasures(tables: Tables, jobs: JobQueue) -> RestErasures:
    return RestErasures(erasure_service(tables, jobs))
