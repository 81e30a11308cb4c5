"""What a task is, and what is known of how it goes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Final, NewType

from switchboard.skills.tasks.domain.cadence import Cadence, Kind

TaskId = NewType("TaskId", str)
ONE: Final = Decimal(1)
NONE: Final = Decimal(0)
REP: Final = "rep"


@dataclass(frozen=True, slots=True)
class Plan:
    """A rep is `amount` of `unit`; `effort` is how many minutes one takes as the person said, 0 unsaid."""

    title: str
    activity: str
    object: str
    unit: str
    amount: Decimal
    cadence: Cadence
    total: Decimal | None = None
    due: date | None = None
    effort: int = 0


class State(StrEnum):
    OPEN = "open"
    PAUSED = "paused"
    FINISHED = "finished"
    ARCHIVED = "archived"


LIVE: Final = frozenset({State.OPEN, State.PAUSED})


@dataclass(frozen=True, slots=True)
class Rest:
    """Days on which nothing was planned; one that goes on has no `last`."""

    first: date
    last: date | None = None

    def covers(self, day: date) -> bool:
        return self.first <= day and (self.last is None or day <= self.last)


@dataclass(frozen=True, slots=True)
class Best:
    day: date
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Task:
    """`days` and `skips` are those of the last weeks; `run` is the streak before `counted_from`.

    `version` is how often it had been written when it was read.
    """

    id: TaskId
    number: int
    plan: Plan
    since: date
    counted_from: date
    state: State = State.OPEN
    done: Decimal = NONE
    times: int = 0
    days: Mapping[date, Decimal] = field(default_factory=dict)
    skips: frozenset[date] = frozenset()
    rests: tuple[Rest, ...] = ()
    run: int = 0
    longest: int = 0
    best: Best | None = None
    version: int = 0

    def on(self, day: date) -> Decimal:
        """How much was done on a day."""
        return self.days.get(day, NONE)

    def reps_on(self, day: date) -> int:
        """Whole reps: what was done beyond one counts on."""
        return int(self.on(day) // self.plan.amount)

    def full_on(self, day: date) -> bool:
        return self.on(day) >= self.plan.amount

    def rests_on(self, day: date) -> bool:
        return any(rest.covers(day) for rest in self.rests)

    def due_on(self, day: date) -> bool:
        """Whether the plan asks for a rep on just this day, and no skip or rest forgives it."""
        planned = day >= self.since and self.plan.cadence.plans(day)
        return planned and day not in self.skips and not self.rests_on(day)

    @property
    def left(self) -> Decimal | None:
        """How much is still to do; None for what has no end."""
        return None if self.plan.total is None else max(NONE, self.plan.total - self.done)

    @property
    def single(self) -> bool:
        """One rep and it is finished."""
        return self.plan.cadence.kind is Kind.ONCE and self.plan.total == self.plan.amount
