"""Bills: `BILL#name`/`BILL` says what was set aside, or that it is paid; whose it is stands nowhere in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from switchboard.adapters.dynamo.people.profiles import PROFILE
from switchboard.adapters.dynamo.spend.daily_totals import TURNS
from switchboard.adapters.dynamo.spend.ledger import (
    COMMIT,
    DEPLOYMENT,
    ROOM,
    SPEND,
    expires_of,
    overdrawn,
    settling,
)
from switchboard.adapters.dynamo.table.items import REFUSED, Item, pack, reasons, unpack
from switchboard.adapters.dynamo.table.retries import retry_on_contention
from switchboard.adapters.dynamo.table.transactions import Write, check, put, update
from switchboard.core.errors import Retryable
from switchboard.core.people.address import PersonId
from switchboard.core.spend.charges import Charge, Headroom
from switchboard.core.spend.ledger import BudgetExceeded, Reservation, SpendCaps, SpendStatus

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

KEPT_DAYS: Final = 30
"""Longer than any work is tried for."""
BILL: Final = "BILL#"
NEW: Final = "attribute_not_exists(pk)"
SHARD: Final = "bills"
"""Among the counters of everybody's days, the one that counts no turns."""


@dataclass(frozen=True, slots=True)
class DynamoBills:
    client: DynamoDBClient
    table: str

    def reserve(self, bill: Charge, *, room: Headroom | None) -> None:
        if room and room.least < 0:
            raise BudgetExceeded(SpendStatus())
        refused = self._refused(
            put(self.table, _item(bill, "reserved"), only_if=NEW),
            _stays(self.table, bill.person),
            _commit(self.table, f"PERSON#{bill.person}", bill, room.person if room else None),
            _commit(self.table, DEPLOYMENT, bill, room.everybody if room else None),
        )
        if not refused or _is_refused(refused[0]):
            return
        if _is_refused(refused[1]):
            raise Retryable("there is no such person")
        raise overdrawn(next(filter(_is_refused, refused)), bill.day)

    def settle(self, bill: Charge) -> None:
        before = self._read(bill.name)
        if before.get("state") != "reserved":
            return
        reserved = Reservation(before["day"], before["amount"])
        refused = self._refused(
            self._paid(bill),
            _stays(self.table, bill.person),
            settling(self.table, bill.person, reserved, bill.amount),
            _settle_everybodys(self.table, reserved, bill.amount),
            _count(self.table, reserved.day, bill.amount),
        )
        if refused and _is_refused(refused[1]) and self._became_another(bill.person):
            raise Retryable("they are somebody else now")

    def _paid(self, bill: Charge) -> Write:
        """Only if the bill is as it was read: whoever pays at the same time pays alone."""
        return update(
            self.table,
            _key(bill.name),
            "SET #state = :paid, amount = :amount, expires = :expires",
            only_if="#state = :reserved",
            values={
                ":paid": "paid",
                ":amount": bill.amount,
                ":expires": _expires(bill.day),
                ":reserved": "reserved",
            },
            names={"#state": "state"},
        )

    def _refused(self, *writes: Write) -> Sequence[Mapping[str, Any]]:
        """Why the writes were refused, one by one; empty when they were done."""
        items: list[Any] = list(writes)
        try:
            retry_on_contention(self.client, lambda: self.client.transact_write_items(TransactItems=items))
        except self.client.exceptions.TransactionCanceledException as error:
            return reasons(error)
        return ()

    def _read(self, name: str) -> Item:
        return self._found(_key(name))

    def _became_another(self, person: PersonId) -> bool:
        return bool(self._found({"pk": f"PERSON#{person}", "sk": "MERGED"}))

    def _found(self, key: Item) -> Item:
        found = self.client.get_item(TableName=self.table, Key=pack(key), ConsistentRead=True)
        return unpack(found.get("Item", {}))


def _stays(table: str, person: PersonId) -> Write:
    return check(table, {"pk": f"PERSON#{person}", "sk": PROFILE}, only_if="attribute_exists(pk)")


def _commit(table: str, pk: str, bill: Charge, room: SpendCaps | None) -> Write:
    values: Item = {":amount": bill.amount, ":expires": expires_of(bill.day)}
    bounds: Item = {":day": room.day, ":month": room.month} if room else {}
    made = update(
        table,
        {"pk": pk, "sk": SPEND + bill.day[:7]},
        COMMIT.format(mark=""),
        only_if=ROOM if room else "",
        values=values | bounds,
        names={"#committed": f"committed_{bill.day[8:]}"},
    )
    made["Update"]["ReturnValuesOnConditionCheckFailure"] = "ALL_OLD"
    return made


def _settle_everybodys(table: str, reserved: Reservation, actual: int) -> Write:
    """Of everybody's money only what is committed is kept."""
    return update(
        table,
        {"pk": DEPLOYMENT, "sk": SPEND + reserved.day[:7]},
        COMMIT.format(mark=""),
        values={":amount": actual - reserved.amount, ":expires": expires_of(reserved.day)},
        names={"#committed": f"committed_{reserved.day[8:]}"},
    )


def _count(table: str, day: str, actual: int) -> Write:
    return update(
        table,
        {"pk": DEPLOYMENT, "sk": f"{TURNS}{day[:7]}#{SHARD}"},
        "SET expires = :expires ADD #settled :actual",
        values={":actual": actual, ":expires": expires_of(day)},
        names={"#settled": f"settled_{day[8:]}"},
    )


def _item(bill: Charge, state: str) -> Item:
    return {
        **_key(bill.name),
        "state": state,
        "amount": bill.amount,
        "day": bill.day,
        "expires": _expires(bill.day),
    }


def _key(name: str) -> Item:
    return {"pk": BILL + name, "sk": "BILL"}


def _expires(day: str) -> int:
    return int((datetime.fromisoformat(day).replace(tzinfo=UTC) + timedelta(days=KEPT_DAYS)).timestamp())


def _is_refused(reason: Mapping[str, Any]) -> bool:
    return bool(reason["Code"] == REFUSED)
