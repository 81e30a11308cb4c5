"""The desk of links, as the REST API asks it."""

from collections.abc import Sequence
from dataclasses import dataclass

from switchboard.core.linking.codes import UnlinkRequest, masked
from switchboard.core.linking.service import LinkService, TakeBack
from switchboard.core.messages.ports import Clock
from switchboard.core.people.address import Address, PersonId
from switchboard.core.people.profiles import address_id as name_of
from switchboard.core.verification_codes import LIFETIME_MS
from switchboard.platform.clock import new_id
from switchboard.rest.ports import Code, WaitingLink


@dataclass(frozen=True, slots=True)
class RestLinks:
    """A request that comes twice under one key is answered once by the routes themselves."""

    desk: LinkService
    clock: Clock

    def make_code(self, person: PersonId, address: Address, key: str | None) -> Code:  # noqa: ARG002
        code = self.desk.offer(person, address, at_ms=self.clock.now_ms())
        return Code(code, expires_in=LIFETIME_MS // 1000)

    def waiting(self, person: PersonId) -> Sequence[WaitingLink]:
        return [
            WaitingLink(each.id, masked(each.beside(person).address), each.due_ms)
            for each in self.desk.waiting(person)
        ]

    def take_back(self, person: PersonId, address: Address, link_id: str) -> bool:
        wish = TakeBack(person, address, new_id(), self.clock.now_ms(), link_id)
        return bool(self.desk.take_back(wish))

    def unlink(self, person: PersonId, address_id: str) -> bool:
        named = {name_of(each): each for each in self.desk.addresses(person)}
        if address_id not in named:
            return False
        self.desk.part(UnlinkRequest(person, named[address_id], new_id(), self.clock.now_ms()))
        return True
