"""What was spent, in memory, by whom and in which month."""

from collections import defaultdict
from dataclasses import dataclass, field

from switchboard.core.people.address import PersonId
from switchboard.core.spend.ledger import (
    BudgetExceeded,
    Reservation,
    ReservationLimits,
    SpendCaps,
    SpendStatus,
    SpendTotals,
    Verdict,
    admits,
)

EVERYBODY = PersonId("everybody")


@dataclass
class Sheet:
    """A month: both sums of each day, and the days of the last warning and refusal."""

    committed: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    settled: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    warned: str = ""
    refused: str = ""

    def standing(self, day: str) -> SpendStatus:
        return SpendStatus(
            day=SpendTotals(self.committed[day], self.settled[day]),
            month=SpendTotals(sum(self.committed.values()), sum(self.settled.values())),
            warned=self.warned,
            refused=self.refused,
        )


@dataclass
class FakeLedger:
    sheets: dict[tuple[PersonId, str], Sheet] = field(default_factory=lambda: defaultdict(Sheet))
    draws: int = 0

    def standing(self, person: PersonId, day: str) -> SpendStatus:
        return self._sheet(person, day).standing(day)

    def draw(self, amount: int, day: str, *, room: SpendCaps) -> None:
        self.draws += 1
        standing = self.standing(EVERYBODY, day)
        if standing.day.committed > room.day or standing.month.committed > room.month:
            raise BudgetExceeded(standing)
        self._sheet(EVERYBODY, day).committed[day] += amount

    def reserve(self, person: PersonId, reservation: Reservation, terms: ReservationLimits | None) -> None:
        sheet, day = self._sheet(person, reservation.day), reservation.day
        if not reservation.amount:
            return
        if terms and not admits(sheet.standing(day), reservation, terms):
            raise BudgetExceeded(sheet.standing(day))
        sheet.committed[day] += reservation.amount
        if reservation.verdict is Verdict.WARNED:
            sheet.warned = day
        elif reservation.refused:
            sheet.refused = day

    def settle(self, person: PersonId, reservation: Reservation, actual: int) -> None:
        sheet, day = self._sheet(person, reservation.day), reservation.day
        sheet.committed[day] += actual - reservation.amount
        sheet.settled[day] += actual

    def _sheet(self, person: PersonId, day: str) -> Sheet:
        return self.sheets[person, day[:7]]
