"""Spending by day: a person's from their items of the month, everybody's from sixteen counters.

`DEPLOYMENT`/`TURNS#2026-11#a` has `turns_21` and `settled_21` of the turns whose id ends with "a": a single
counter would be what all turns wait for.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from switchboard.adapters.dynamo.spend.ledger import DEPLOYMENT, SPEND, expires_of
from switchboard.adapters.dynamo.table.items import Item, pack, unpack
from switchboard.core.people.address import PersonId
from switchboard.core.spend.daily_totals import DailyTotal, DateRange
from switchboard.core.spend.ledger import day_of

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

    from switchboard.core.conversation.turn import Turn

TURNS = "TURNS#"
COUNT = "SET expires = :expires ADD #turns :one, #settled :actual"


def counting(table: str, turn: Turn, actual: int) -> dict[str, Any]:
    """The update that counts a turn which ends, among everybody's of its day."""
    day = turn.reservation.day or day_of(turn.at_ms)
    values = {":expires": expires_of(day), ":one": 1, ":actual": actual}
    return {
        "Update": {
            "TableName": table,
            "Key": pack({"pk": DEPLOYMENT, "sk": f"{TURNS}{day[:7]}#{turn.id[-1]}"}),
            "UpdateExpression": COUNT,
            "ExpressionAttributeNames": {"#turns": f"turns_{day[8:]}", "#settled": f"settled_{day[8:]}"},
            "ExpressionAttributeValues": pack(values),
        }
    }


@dataclass(frozen=True, slots=True)
class DynamoDays:
    client: DynamoDBClient
    table: str

    def spent(self, person: PersonId, span: DateRange) -> Mapping[str, int]:
        months = self._months(f"PERSON#{person}", SPEND, span)
        return {day: tally.spent for month in months for day, tally in _tallies(month, SPEND)}

    def tallies(self, span: DateRange) -> Mapping[str, DailyTotal]:
        found: defaultdict[str, DailyTotal] = defaultdict(DailyTotal)
        for month in self._months(DEPLOYMENT, TURNS, span):
            for day, tally in _tallies(month, TURNS):
                found[day] += tally
        return found

    def _months(self, pk: str, prefix: str, span: DateRange) -> Iterator[Item]:
        """A tilde sorts behind whatever follows the last month."""
        first, last = span.first.isoformat()[:7], span.last.isoformat()[:7]
        values = {":pk": pk, ":first": prefix + first, ":last": f"{prefix}{last}~"}
        pages = self.client.get_paginator("query").paginate(
            TableName=self.table,
            KeyConditionExpression="pk = :pk AND sk BETWEEN :first AND :last",
            ExpressionAttributeValues=pack(values),
        )
        return (unpack(item) for page in pages for item in page["Items"])


def _tallies(item: Item, prefix: str) -> Iterator[tuple[str, DailyTotal]]:
    month = item["sk"].removeprefix(prefix)[:7]
    for name, amount in item.items():
        if name.startswith("settled_"):
            day = name.removeprefix("settled_")
            yield f"{month}-{day}", DailyTotal(item.get(f"turns_{day}", 0), amount)
