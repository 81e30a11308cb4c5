"""For operators: everybody and what they cost, what is stuck, and how it is put right."""

from fastapi import APIRouter, Depends
from pydantic import BaseModel, Field

from switchboard.api.usage import Days
from switchboard.core.operations.repairs import (
    ActionNotAllowed,
    AuditStamp,
    InvalidItemId,
    ItemNotFound,
    NotRepairable,
)
from switchboard.core.operations.stuck import Action, StuckItem
from switchboard.core.people.directory import PersonSummary
from switchboard.core.spend.daily_totals import DailyTotal, span_to
from switchboard.core.spend.ledger import day_of, dollars
from switchboard.rest.auth import Given, Operating, operator_of
from switchboard.rest.pages import Cursor, Limit, Next, cursor, position
from switchboard.rest.problems import Problem, refuses
from switchboard.rest.times import Day, Moment, Money, moment

router = APIRouter(prefix="/operator", tags=["operator"], dependencies=[Depends(operator_of)])


class PersonSpent(BaseModel):
    person: str = Field(examples=["1c9d4f6a2be83d7750a4f1e2"])
    channels: list[str] = Field(description="By which channels they are reached", examples=[["mail"]])
    since: Moment
    today: Money
    month: Money


class People(BaseModel):
    items: list[PersonSpent]
    next: Next


class OneDay(BaseModel):
    date: Day
    turns: int = Field(examples=[17])
    spent: Money


class EveryDay(BaseModel):
    """Oldest first, one for every day."""

    days: list[OneDay]


class Stuck(BaseModel):
    """`can` is what may be done about it; `count` is of dead letters."""

    id: str = Field(examples=["letters/turns"])
    kind: str = Field(examples=["letters"])
    since: Moment | None
    state: str | None = Field(examples=["dead letters"])
    count: int | None = Field(examples=[3])
    can: list[Action] = Field(examples=[[Action.REDRIVE]])


class AllStuck(BaseModel):
    items: list[Stuck]


class Wish(BaseModel):
    """`id` as /operator/stuck lists it."""

    id: str = Field(max_length=300, examples=["letters/turns"])
    action: Action = Field(examples=[Action.REDRIVE])


class Repaired(BaseModel):
    id: str = Field(examples=["letters/turns"])
    outcome: str = Field(examples=["3 sent back"])


@router.get("/people", responses=refuses(401, 403, 422))
def list_people(ports: Given, limit: Limit = 20, cursor_: Cursor = "") -> People:
    """Everybody, newest first, and what each has spent; nothing of who they are or what they said."""
    page = ports.roster().page(day=day_of(ports.now_ms()), limit=limit, after=position(cursor_))
    return People(items=[_spent(member) for member in page.items], next=cursor(page.next))


@router.get("/days", responses=refuses(401, 403, 422))
def list_days(ports: Given, days: Days = 30) -> EveryDay:
    """Turns and their cost of everybody together, day by day."""
    span = span_to(day_of(ports.now_ms()), days=days)
    found = ports.everybodys_days.tallies(span)
    return EveryDay(days=[_day(day, found.get(day, DailyTotal())) for day in span.days])


@router.get("/stuck", responses=refuses(401, 403))
def list_stuck(ports: Given) -> AllStuck:
    """What waits for an operator: dead letters first, then what waits longest."""
    found = ports.workshop().stuck(now_ms=ports.now_ms())
    return AllStuck(items=[_stuck(finding) for finding in found])


@router.post("/repairs", responses=refuses(400, 401, 403, 404, 409, 413, 422))
def repair(wish: Wish, operator: Operating, ports: Given) -> Repaired:
    """Put one thing right. What it does is written down with the operator's account."""
    hand = AuditStamp(str(operator.address), ports.now_ms())
    try:
        return Repaired(id=wish.id, outcome=ports.workshop().repair(wish.id, wish.action, hand))
    except (InvalidItemId, ItemNotFound) as error:
        raise Problem(404, str(error)) from error
    except (ActionNotAllowed, NotRepairable) as error:
        raise Problem(409, str(error)) from error


def _spent(member: PersonSummary) -> PersonSpent:
    return PersonSpent(
        person=member.person,
        channels=list(member.channels),
        since=moment(member.since_ms),
        today=dollars(member.today),
        month=dollars(member.month),
    )


def _day(day: str, tally: DailyTotal) -> OneDay:
    return OneDay(date=day, turns=tally.turns, spent=dollars(tally.spent))


def _stuck(finding: StuckItem) -> Stuck:
    return Stuck(
        id=finding.id,
        kind=finding.kind,
        since=None if finding.since_ms is None else moment(finding.since_ms),
        state=finding.state,
        count=finding.count,
        can=list(finding.can),
    )
