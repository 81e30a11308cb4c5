"""A ticket opens one socket for one person, once, within a minute."""

from dataclasses import dataclass
from typing import Protocol

from switchboard.core.people.address import Address, PersonId

LIFETIME_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Principal:
    """Who a socket speaks for, and the address that replies go to."""

    person: PersonId
    address: Address


class Tickets(Protocol):
    def issue(self, ticket: str, bearer: Principal, *, expires: int) -> None: ...
    def redeem(self, ticket: str, *, now: int) -> Principal | None: ...
    def withdraw(self, person: PersonId) -> None:
        """What was made out to a person opens nothing any more."""
