"""How often a task is worked on: on days of the week, so many times a week, or until it is finished."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from switchboard.skills.tasks.language.lexicon import SHORT_DAYS, WEEKDAYS

DAYS_A_WEEK: Final = 7
EVERY_DAY: Final = frozenset(range(DAYS_A_WEEK))
WORKDAYS: Final = frozenset(range(5))
WEEKEND: Final = frozenset({5, 6})
ONE_DAY: Final = timedelta(days=1)
WEEKDAY_NAMES: Final = tuple(day.capitalize() for day in WEEKDAYS)


class Kind(StrEnum):
    DAYS = "days"
    WEEKLY = "weekly"
    ONCE = "once"


@dataclass(frozen=True, slots=True)
class Cadence:
    """`days` counts from Monday 0 and is for Kind.DAYS; `times` a week for Kind.WEEKLY.

    `part` is the part of the day that the person named, or "".
    """

    kind: Kind
    days: frozenset[int] = frozenset()
    times: int = 0
    part: str = ""

    def plans(self, day: date) -> bool:
        """Whether the task is due on just this day."""
        return self.kind is Kind.DAYS and day.weekday() in self.days

    @property
    def code(self) -> str:
        """The cadence in a few characters, the same for the same cadence."""
        when = {
            Kind.DAYS: "".join(map(str, sorted(self.days))),
            Kind.WEEKLY: str(self.times),
            Kind.ONCE: "",
        }[self.kind]
        return f"{self.kind}:{when}:{self.part}"

    def __str__(self) -> str:
        return f"{_said(self)} in the {self.part}" if self.part in _LONG_PARTS else _with_part(self)


_LONG_PARTS: Final = frozenset({"morning", "afternoon", "evening"})


def _with_part(cadence: Cadence) -> str:
    return f"{_said(cadence)} at {cadence.part}" if cadence.part else _said(cadence)


def _said(cadence: Cadence) -> str:
    if cadence.kind is Kind.ONCE:
        return "once"
    if cadence.kind is Kind.WEEKLY:
        return {1: "once a week", 2: "twice a week"}.get(cadence.times, f"{cadence.times} times a week")
    named = {EVERY_DAY: "every day", WORKDAYS: "on weekdays", WEEKEND: "on weekends"}
    return named.get(cadence.days) or "on " + " ".join(SHORT_DAYS[day] for day in sorted(cadence.days))


def from_code(code: str) -> Cadence:
    kind, when, part = code.split(":")
    if kind == Kind.DAYS:
        return Cadence(Kind.DAYS, days=frozenset(map(int, when)), part=part)
    return Cadence(Kind(kind), times=int(when or 0), part=part)


@dataclass(frozen=True, slots=True)
class Week:
    """The seven days from `first` on."""

    first: date

    @property
    def days(self) -> tuple[date, ...]:
        return tuple(self.first + timedelta(days=number) for number in range(DAYS_A_WEEK))

    @property
    def last(self) -> date:
        return self.first + timedelta(days=DAYS_A_WEEK - 1)

    @property
    def before(self) -> "Week":
        return Week(self.first - timedelta(days=DAYS_A_WEEK))


def week_of(day: date, *, starts: int) -> Week:
    """The week that a day is in, where weeks start on the given weekday (Monday is 0)."""
    return Week(day - timedelta(days=(day.weekday() - starts) % DAYS_A_WEEK))
