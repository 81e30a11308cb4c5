"""People and tickets in memory."""

from dataclasses import dataclass, field

from switchboard.core.people.address import Address, PersonId
from switchboard.core.people.tickets import Principal


@dataclass
class FakePeople:
    known: dict[Address, PersonId] = field(default_factory=dict)

    def behind(self, address: Address) -> PersonId:
        return self.known.setdefault(address, PersonId(f"person-{len(self.known) + 1}"))


@dataclass
class FakeTickets:
    issued: dict[str, tuple[Principal, int]] = field(default_factory=dict)

    def issue(self, ticket: str, bearer: Principal, *, expires: int) -> None:
        self.issued[ticket] = (bearer, expires)

    def redeem(self, ticket: str, *, now: int) -> Principal | None:
        bearer, expires = self.issued.pop(ticket, (None, 0))
        return bearer if expires > now else None

    def withdraw(self, person: PersonId) -> None:
        self.issued = {ticket: each for ticket, each in self.issued.items() if each[0].person != person}
