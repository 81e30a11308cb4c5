"""What a worker may spend of everybody's money: taken in tranches, so that no turn waits for one item."""

import threading
from contextlib import suppress
from dataclasses import dataclass, field

from switchboard.core.spend.ledger import BudgetExceeded, Ledger, SpendCaps, SpendStatus

TRANCHES_A_DAY = 100


@dataclass(slots=True)
class BudgetPool:
    """One a process; what is left in it is lost with the process or with the day, which only errs high."""

    ledger: Ledger
    caps: SpendCaps
    _day: str = ""
    _balance: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def draw(self, amount: int, day: str, *, within: SpendCaps) -> None:
        """Take an amount; a new tranche must keep everybody within those caps. Errors: BudgetExceeded."""
        with self._lock:
            if day != self._day:
                self._day, self._balance = day, 0
            if self._balance < amount:
                self._balance += self._tranche(amount - self._balance, day, within)
            self._balance -= amount

    def give(self, amount: int, day: str) -> None:
        """Put back what a turn of that day did not need; less than nothing when it needed more."""
        with self._lock:
            if day == self._day:
                self._balance += amount

    def _tranche(self, least: int, day: str, within: SpendCaps) -> int:
        usual = self.caps.day // TRANCHES_A_DAY
        if usual > least:
            with suppress(BudgetExceeded):
                return self._committed(usual, day, within)
        return self._committed(least, day, within)

    def _committed(self, amount: int, day: str, within: SpendCaps) -> int:
        room = within.less(amount)
        if min(room) < 0:
            raise BudgetExceeded(SpendStatus())
        self.ledger.draw(amount, day, room=room)
        return amount
