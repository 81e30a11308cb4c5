"""What is told unasked and belongs to no turn: seldom to each address, and out of everybody's cap."""

from dataclasses import dataclass

from switchboard.core.people.address import Address
from switchboard.core.people.throttle import Rate, Throttle, ThrottleKey
from switchboard.core.spend.ledger import BudgetExceeded, Ledger, SpendCaps, day_of, micros
from switchboard.core.spend.prices import PriceBook

TOLD_ONCE_IN_MS = 10 * 60 * 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Notices:
    """`caps` are everybody's; a notice has so many `parts`."""

    throttle: Throttle
    ledger: Ledger
    caps: SpendCaps
    prices: PriceBook
    parts: int

    def may_tell(self, address: Address, at_ms: int) -> bool:
        """Whether that address may be told something now (Unix milliseconds); what it costs is drawn then."""
        bucket = ThrottleKey.of("notice", str(address))
        if self.throttle.take(bucket, Rate(1, TOLD_ONCE_IN_MS), now_ms=at_ms):
            return False
        amount = micros(self.prices.part(address) * self.parts)
        try:
            self.ledger.draw(amount, day_of(at_ms), room=self.caps.less(amount))
        except BudgetExceeded:
            return False
        return True
