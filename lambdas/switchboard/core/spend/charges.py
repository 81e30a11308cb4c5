"""Work beside turns that costs money: its worst case is set aside before, and the actual is paid after."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Final, Protocol

from switchboard.core.people.address import PersonId
from switchboard.core.spend.ledger import Caps, SpendLimits

FOR_WORK: Final = Decimal("0.98")
"""Of everybody's caps, as turns may use of them."""


@dataclass(frozen=True, slots=True)
class Bill:
    """What somebody's work may cost or did cost, in micro-dollars; each is written down once by its name."""

    name: str
    person: PersonId
    amount: int
    day: str


@dataclass(frozen=True, slots=True)
class Room:
    """What may be committed before a bill is, of the person's and of everybody's money."""

    person: Caps
    everybody: Caps

    @property
    def least(self) -> int:
        return min(*self.person, *self.everybody)


class Bills(Protocol):
    """Where bills are written down, each together with the sums that it changes."""

    def reserve(self, bill: Bill, *, room: Room | None) -> None:
        """Set the worst case aside; without bounds when there is no room to keep to.

        Errors: Overdrawn; Retryable, when nobody is of that name, or for the moment.
        """

    def settle(self, bill: Bill) -> None:
        """The actual takes the place of what was set aside; without that nothing is paid.

        A bill that was paid long ago is forgotten, and not paid again. Nobody is charged who was erased.

        Errors: Retryable, when the person has just become another.
        """


def room_for(amount: int, limits: SpendLimits) -> Room:
    return Room(limits.person.less(amount), limits.deployment.share(FOR_WORK).less(amount))
