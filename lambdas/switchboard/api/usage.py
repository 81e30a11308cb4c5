"""What the person has spent, today, this month and day by day, against what they may."""

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel

from switchboard.core.spend.daily_totals import span_to
from switchboard.core.spend.ledger import day_of, dollars, resets
from switchboard.rest.auth import Asking, Given
from switchboard.rest.problems import refuses
from switchboard.rest.times import Day, Money

router = APIRouter(tags=["usage"])

Days = Annotated[int, Query(ge=1, le=90, description="How many days, today included")]


class Spent(BaseModel):
    """`cap` is null for whoever has none."""

    spent: Money
    cap: Money | None


class SpentDay(BaseModel):
    date: Day
    spent: Money


class Usage(BaseModel):
    """`resets` is when somebody who has reached a cap can go on; `days` are oldest first."""

    today: Spent
    month: Spent
    resets: Day
    exempt: bool
    days: list[SpentDay]


@router.get("/usage", responses=refuses(401, 422))
def read_usage(asking: Asking, ports: Given, days: Days = 30) -> Usage:
    """Today's and this month's spending, and each of the last days'."""
    today, caps = day_of(ports.now_ms()), ports.limits.person
    standing = ports.ledger.standing(asking.person, today)
    exempt = ports.limits.exempts(asking.address)
    span = span_to(today, days=days)
    spent = ports.days.spent(asking.person, span)
    return Usage(
        today=Spent(spent=dollars(standing.day.settled), cap=None if exempt else dollars(caps.day)),
        month=Spent(spent=dollars(standing.month.settled), cap=None if exempt else dollars(caps.month)),
        resets=resets(standing, today, caps),
        exempt=exempt,
        days=[SpentDay(date=day, spent=dollars(spent.get(day, 0))) for day in span.days],
    )
