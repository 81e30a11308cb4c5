"""What was spent: one item a month, `PERSON#id`/`SPEND#2026-11` or `DEPLOYMENT`/`SPEND#2026-11`.

`committed` and `settled` are of the month, `committed_21` and `settled_21` of its 21st.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from switchboard.adapters.dynamo.table.items import Item, pack, standing, unpack
from switchboard.core.people.address import PersonId
from switchboard.core.spend.ledger import (
    BudgetExceeded,
    Reservation,
    ReservationLimits,
    SpendCaps,
    SpendStatus,
    SpendTotals,
    Verdict,
)

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

KEPT_DAYS: Final = 400
SPEND: Final = "SPEND#"
DEPLOYMENT: Final = "DEPLOYMENT"
COMMIT: Final = "SET expires = :expires{mark} ADD committed :amount, #committed :amount"
SETTLE: Final = (
    "SET expires = :expires ADD committed :change, #committed :change, settled :actual, #settled :actual"
)
ROOM: Final = (
    "(attribute_not_exists(committed) OR committed <= :month)"
    " AND (attribute_not_exists(#committed) OR #committed <= :day)"
)
NEED_NO_WARNING: Final = (
    "(warned = :today OR ((attribute_not_exists(committed) OR committed < :warn_month)"
    " AND (attribute_not_exists(#committed) OR #committed < :warn_day)))"
)
NOT_TOLD: Final = "(attribute_not_exists(refused) OR refused <> :today)"
MARKS: Final = {Verdict.WARNED: "warned", Verdict.REFUSED: "refused", Verdict.CLOSED: "refused"}


@dataclass(frozen=True, slots=True)
class DynamoLedger:
    client: DynamoDBClient
    table: str

    def standing(self, person: PersonId, day: str) -> SpendStatus:
        found = self.client.get_item(
            TableName=self.table, Key=_key(f"PERSON#{person}", day), ConsistentRead=True
        )
        return standing_of(unpack(found.get("Item", {})), day)

    def draw(self, amount: int, day: str, *, room: SpendCaps) -> None:
        try:
            self.client.update_item(
                TableName=self.table,
                Key=_key(DEPLOYMENT, day),
                UpdateExpression=COMMIT.format(mark=""),
                ConditionExpression=ROOM,
                ExpressionAttributeNames={"#committed": _of("committed", day)},
                ExpressionAttributeValues=pack(_amount(amount, day) | _room(room)),
                ReturnValuesOnConditionCheckFailure="ALL_OLD",
            )
        except self.client.exceptions.ConditionalCheckFailedException as error:
            raise BudgetExceeded(standing_of(standing(error), day)) from error


def reserving(
    table: str, person: PersonId, reservation: Reservation, terms: ReservationLimits | None
) -> dict[str, Any]:
    """The update that commits a reservation, or refuses the transaction that it is part of."""
    day, mark = reservation.day, MARKS.get(reservation.verdict)
    update: dict[str, Any] = {
        "TableName": table,
        "Key": _key(f"PERSON#{person}", day),
        "UpdateExpression": COMMIT.format(mark=f", {mark} = :today" if mark else ""),
        "ExpressionAttributeNames": {"#committed": _of("committed", day)},
        "ReturnValuesOnConditionCheckFailure": "ALL_OLD",
    }
    values = _amount(reservation.amount, day) | ({":today": day} if mark else {})
    if terms:
        condition, bounds = _conditions(reservation, terms)
        update["ConditionExpression"] = condition
        values |= bounds
    return {"Update": {**update, "ExpressionAttributeValues": pack(values)}}


def settling(table: str, person: PersonId, reservation: Reservation, actual: int) -> dict[str, Any]:
    """The update that puts what a turn did cost in the place of what was reserved for it."""
    day = reservation.day
    values = {":change": actual - reservation.amount, ":actual": actual, ":expires": expires_of(day)}
    return {
        "Update": {
            "TableName": table,
            "Key": _key(f"PERSON#{person}", day),
            "UpdateExpression": SETTLE,
            "ExpressionAttributeNames": {
                "#committed": _of("committed", day),
                "#settled": _of("settled", day),
            },
            "ExpressionAttributeValues": pack(values),
        }
    }


def standing_of(item: Item, day: str) -> SpendStatus:
    return SpendStatus(
        day=SpendTotals(item.get(_of("committed", day), 0), item.get(_of("settled", day), 0)),
        month=SpendTotals(item.get("committed", 0), item.get("settled", 0)),
        warned=item.get("warned", ""),
        refused=item.get("refused", ""),
    )


def _conditions(reservation: Reservation, terms: ReservationLimits) -> tuple[str, Item]:
    room, today = _room(terms.room), {":today": reservation.day}
    if reservation.refused:
        return f"{ROOM} AND {NOT_TOLD}", room | today
    if reservation.verdict is Verdict.WARNED:
        return ROOM, room
    warn = {":warn_day": terms.warn.day, ":warn_month": terms.warn.month}
    return f"{ROOM} AND {NEED_NO_WARNING}", room | warn | today


def _amount(amount: int, day: str) -> Item:
    return {":amount": amount, ":expires": expires_of(day)}


def _room(room: SpendCaps) -> Item:
    return {":day": room.day, ":month": room.month}


def _key(pk: str, day: str) -> dict[str, Any]:
    return pack({"pk": pk, "sk": SPEND + day[:7]})


def _of(name: str, day: str) -> str:
    return f"{name}_{day[8:]}"


def expires_of(day: str) -> int:
    """When what was written down of a day is forgotten (Unix seconds)."""
    return int((datetime.fromisoformat(day).replace(tzinfo=UTC) + timedelta(days=KEPT_DAYS)).timestamp())


def overdrawn(reason: Mapping[str, Any], day: str) -> BudgetExceeded:
    return BudgetExceeded(standing_of(unpack(reason.get("Item", {})), day))
