"""Wires who pays for calls: the ledger of everything else, each step once under its name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from switchboard.adapters.dynamo.spend.charges import DynamoBills
from switchboard.core.messages.ports import Clock
from switchboard.core.people.address import Address
from switchboard.core.spend.charges import Charge, Charges, room_for
from switchboard.core.spend.ledger import SpendLimits, day_of
from switchboard.platform.clock import SystemClock
from switchboard.platform.spend_limits import from_json
from switchboard.skills.calls.domain.call import Call

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient


@dataclass(frozen=True, slots=True)
class LedgerTill:
    """A skills.calls.ports.Till. Whoever's address is exempt is never refused."""

    bills: Charges
    limits: SpendLimits
    clock: Clock

    def reserve(self, call: Call, amount: int, *, under: str) -> None:
        room = None if self._exempt(call) else room_for(amount, self.limits)
        self.bills.reserve(self._bill(call, amount, under), room=room)

    def settle(self, call: Call, amount: int, *, under: str) -> None:
        self.bills.settle(self._bill(call, amount, under))

    def _bill(self, call: Call, amount: int, under: str) -> Charge:
        """Names of analyses are only unique within a call."""
        name = under if under.startswith(call.id) else f"{call.id}-{under}"
        return Charge(name, call.person, amount, day_of(self.clock.now_ms()))

    def _exempt(self, call: Call) -> bool:
        return bool(call.tell) and self.limits.exempts(Address(*call.tell))


def till(*, client: DynamoDBClient, people_table: str, spend: str) -> LedgerTill:
    """`spend` is the JSON text that the stacks write.

    The table of people is asked to GetItem, PutItem, UpdateItem and ConditionCheckItem.
    """
    return LedgerTill(DynamoBills(client, people_table), from_json(spend), SystemClock())
