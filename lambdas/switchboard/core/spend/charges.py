"""Work beside turns that costs money: its worst case is set aside before, and the actual is paid after."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Final, Protocol

from switchboard.core.people.address import PersonId
from switchboard.core.spend.ledger import SpendCaps, SpendLimits

FOR_WORK: Final = Decimal("0.98")
"""Of everybody's caps, as turns may use of them."""


@dataclass(frozen=True, slots=True)
class Charge:
    """What somebody's work may cost or did cost, in micro-dollars; each is written down once by its name."""

    name: str
    person: PersonId
    amount: int
    day: str


@dataclass(frozen=True, slots=True)
class Headroom:
    """What may be committed before a bill is, of the person's and of everybody's money."""

    person: SpendCaps
    everybody: SpendCaps

    @property
    def least(self) -> int:
        return min(*self.person, *self.everybody)


class Charges(Protocol):
    """Where bills are written down, each together with the sums that it changes."""

    def reserve(self, bill: Charge, *, room: Headroom | None) -> None:
        """Set the worst case aside; without bounds when there is no room to keep to.

        Errors: BudgetExceeded; Retryable, when nobody is of that name, or for the moment.
        """

    def settle(self, bill: Charge) -> None:
        """The actual takes the place of what was set aside; without that nothing is paid.

        A bill that was paid long ago is forgotten, and not paid again. Nobody is charged who was erased.

        Errors: Retryable, when the person has just become another.
        """


def room_for(amount: int, limits: SpendLimits) -> Headroom:
    return Headroom(limits.person.less(amount), limits.deployment.share(FOR_WORK).less(amount))
