"""What may be spent: the worst case is reserved before a turn, the actual is settled after it.

Amounts are whole micro-dollars. A day and a month are UTC's, and a turn belongs to those in which it was
reserved, whenever it ends.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import ROUND_CEILING, Decimal
from enum import StrEnum
from hashlib import sha256
from typing import NamedTuple, Protocol

from switchboard.core.errors import SwitchboardError
from switchboard.core.people.address import Address, PersonId

MICRO = 1_000_000


class Verdict(StrEnum):
    """How a turn was let in: REFUSED by the person's own cap, CLOSED by everybody's.

    One that is ABANDONED was let in, and another attempt at it, after its worker vanished, was not.
    """

    GRANTED = "granted"
    WARNED = "warned"
    REFUSED = "refused"
    CLOSED = "closed"
    ABANDONED = "abandoned"


@dataclass(frozen=True, slots=True)
class Reservation:
    """What was set aside for a turn, and on which day; `resets` is when a refused person can come back."""

    day: str = ""
    amount: int = 0
    verdict: Verdict = Verdict.GRANTED
    resets: str = ""

    @property
    def refused(self) -> bool:
        return self.verdict in {Verdict.REFUSED, Verdict.CLOSED}


@dataclass(frozen=True, slots=True)
class SpendTotals:
    """`committed` is what was settled and what is still reserved."""

    committed: int = 0
    settled: int = 0


@dataclass(frozen=True, slots=True)
class SpendStatus:
    """What has been spent in a day and in its month; when a person was last warned and refused."""

    day: SpendTotals = field(default_factory=SpendTotals)
    month: SpendTotals = field(default_factory=SpendTotals)
    warned: str = ""
    refused: str = ""


class SpendCaps(NamedTuple):
    day: int
    month: int

    def less(self, amount: int) -> "SpendCaps":
        return SpendCaps(self.day - amount, self.month - amount)

    def share(self, part: Decimal) -> "SpendCaps":
        return SpendCaps(int(self.day * part), int(self.month * part))


class ReservationLimits(NamedTuple):
    """What may be committed before a reservation, and from where on the person has to be warned."""

    room: SpendCaps
    warn: SpendCaps


@dataclass(frozen=True, slots=True)
class SpendLimits:
    """Caps of each person and of everybody together; addresses that are exempt are known by their digest."""

    person: SpendCaps
    deployment: SpendCaps
    warn_at: Decimal = Decimal("0.8")
    exempt: frozenset[str] = frozenset()

    def exempts(self, address: Address) -> bool:
        return digest(f"{address.channel}:{address.value}") in self.exempt


class BudgetExceeded(SwitchboardError):
    """The reservation was refused; nothing was written."""

    def __init__(self, standing: SpendStatus) -> None:
        super().__init__("there is not enough left to spend")
        self.standing = standing


class Ledger(Protocol):
    """Where spending is written down, outside of the writes that open and finish a turn."""

    def standing(self, person: PersonId, day: str) -> SpendStatus: ...

    def draw(self, amount: int, day: str, *, room: SpendCaps) -> None:
        """Commit an amount of everybody's, when no more than `room` was before. Errors: BudgetExceeded."""


Count = Callable[[str], int]


def micros(dollars: Decimal | str | int) -> int:
    """Rounded up: what costs anything costs at least a millionth."""
    return int((Decimal(dollars) * MICRO).to_integral_value(ROUND_CEILING))


def dollars(amount: int) -> str:
    return f"{Decimal(amount) / MICRO:.6f}"


def digest(address: str) -> str:
    """How settings name an address ("sms:+12065550100") without showing it."""
    return sha256(address.encode()).hexdigest()


def day_of(at_ms: int) -> str:
    return datetime.fromtimestamp(at_ms / 1000, UTC).date().isoformat()


def admits(standing: SpendStatus, reservation: Reservation, terms: ReservationLimits) -> bool:
    """Whether a reservation may be written: the rule that a conditional write repeats."""
    day, month = standing.day.committed, standing.month.committed
    if day > terms.room.day or month > terms.room.month:
        return False
    if reservation.refused:
        return standing.refused != reservation.day
    below = day < terms.warn.day and month < terms.warn.month
    return reservation.verdict is Verdict.WARNED or below or standing.warned == reservation.day


def resets(standing: SpendStatus, day: str, room: SpendCaps) -> str:
    """The day on which somebody who has spent this much can come back."""
    today = date.fromisoformat(day)
    if standing.month.committed > room.month:
        return (today.replace(day=1) + timedelta(days=32)).replace(day=1).isoformat()
    return (today + timedelta(days=1)).isoformat()
