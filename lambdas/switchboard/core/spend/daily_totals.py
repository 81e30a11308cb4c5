"""Spending day by day, in whole micro-dollars: of a person, and of everybody."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

from switchboard.core.people.address import PersonId


@dataclass(frozen=True, slots=True)
class DateRange:
    """Days of UTC, the first and the last included."""

    first: date
    last: date

    @property
    def days(self) -> list[str]:
        count = (self.last - self.first).days + 1
        return [(self.first + timedelta(days=number)).isoformat() for number in range(count)]


@dataclass(frozen=True, slots=True)
class DailyTotal:
    """Turns that ended, and what they did cost."""

    turns: int = 0
    spent: int = 0

    def __add__(self, other: "DailyTotal") -> "DailyTotal":
        return DailyTotal(self.turns + other.turns, self.spent + other.spent)


class PersonDailyTotals(Protocol):
    def spent(self, person: PersonId, span: DateRange) -> Mapping[str, int]:
        """By day; a day on which nothing was spent may be missing."""


class GlobalDailyTotals(Protocol):
    def tallies(self, span: DateRange) -> Mapping[str, DailyTotal]:
        """By day; a day on which nobody said anything may be missing."""


def span_to(last: str, *, days: int) -> DateRange:
    """So many days, up to one."""
    end = date.fromisoformat(last)
    return DateRange(end - timedelta(days=days - 1), end)
