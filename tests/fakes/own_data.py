"""Links, exports and erasures in memory, as the routes know them."""

from dataclasses import dataclass, field

from switchboard.core.people.address import Address, PersonId
from switchboard.rest.ports import Code, Erasure, Export, JobState, WaitingLink

from tests.fakes.clock import EPOCH_MS


@dataclass
class FakeLinks:
    codes: dict[str, PersonId] = field(default_factory=dict)
    linked: dict[str, PersonId] = field(default_factory=dict)
    waits: dict[str, PersonId] = field(default_factory=dict)

    def waiting(self, person: PersonId) -> list[WaitingLink]:
        return [
            WaitingLink(link, "sms …0150", EPOCH_MS) for link, whose in self.waits.items() if whose == person
        ]

    def take_back(self, person: PersonId, _address: Address, link_id: str) -> bool:
        return self.waits.get(link_id) == person and bool(self.waits.pop(link_id))

    def make_code(self, person: PersonId, _address: Address, _key: str | None) -> Code:
        code = f"K7QM-{len(self.codes):04d}"
        self.codes[code] = person
        return Code(code, 600)

    def unlink(self, person: PersonId, address_id: str) -> bool:
        if self.linked.get(address_id) != person:
            return False
        del self.linked[address_id]
        return True


@dataclass
class FakeExports:
    asked: dict[str, PersonId] = field(default_factory=dict)

    def request(self, person: PersonId, _address: Address, _key: str | None) -> str:
        export_id = f"export-{len(self.asked) + 1}"
        self.asked[export_id] = person
        return export_id

    def find(self, person: PersonId, export_id: str) -> Export | None:
        if self.asked.get(export_id) != person:
            return None
        url = f"https://exports.example/{export_id}?signature=s"
        return Export(export_id, JobState.DONE, url, EPOCH_MS + 600_000, 1234)

    def fetch(self, token: str) -> str | None:
        return f"https://exports.example/{token}?signature=s" if token in self.asked else None


@dataclass
class FakeErasures:
    asked: dict[str, Address] = field(default_factory=dict)

    def request(self, _person: PersonId, account: Address) -> str:
        erasure_id = f"erasure-{len(self.asked) + 1}"
        self.asked[erasure_id] = account
        return erasure_id

    def find(self, account: Address, erasure_id: str) -> Erasure | None:
        if self.asked.get(erasure_id) != account:
            return None
        return Erasure(erasure_id, JobState.DONE, erased={"conversations": 7}, kept={"consent": 1})
