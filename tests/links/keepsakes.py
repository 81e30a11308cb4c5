"""A skill that keeps a few things, each with whose it was at first."""

from dataclasses import dataclass, replace

from switchboard.core.people.address import PersonId
from switchboard.core.skills.records import DeleteRecord, Record

from tests.fakes.interruptions import Interruptions
from tests.fakes.records import FakeRecords


@dataclass(frozen=True, slots=True)
class Keepsakes:
    records: FakeRecords
    interruptions: Interruptions

    def join(self, ceased: PersonId, heir: PersonId) -> None:
        for kept in self.records.find(ceased, "").records:
            self._give(kept, heir, {"from": ceased, **kept.body})

    def separate(self, ceased: PersonId, holder: PersonId, newcomer: PersonId) -> None:
        for kept in self.records.find(holder, "").records:
            if kept.body.get("from") == ceased:
                self._give(kept, newcomer, {})

    def _give(self, kept: Record, owner: PersonId, body: dict[str, PersonId]) -> None:
        moved = replace(kept, owner=owner, body=body, version=0)
        self.interruptions.around(self.records.write, DeleteRecord(kept), moved)
