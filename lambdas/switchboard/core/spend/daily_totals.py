"""Spending day by day, in whole micro-dollars: of a person, and of everybody."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

from switchboard.core.people.address import PersonId


@dataclass(frozen=True, slots=True)
class Span:
    """Days of UTC, the first and the last included."""

    first: date
    last: date

    @property
    def days(self) -> list[str]:
        count = (self.last - self.first).days + 1
        return [(self.first + timedelta(days=number)).isoformat() for number in range(count)]


@dataclass(frozen=True, slots=True)
class Tally:
    """Turns that ended, and what they did cost."""

    turns: int = 0
    spent: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(self.turns + other.turns, self.spent + other.spent)


class PersonDays(Protocol):
    def spent(self, person: PersonId, span: Span) -> Mapping[str, int]:
        """By day; a day on which nothing was spent may be missing."""


class EverybodysDays(Protocol):
    def tallies(self, span: Span) -> Mapping[str, Tally]:
        """By day; a day on which nobody said anything may be missing."""


def span_to(last: str, *, days: int) -> Span:
    """So many days, up to one."""
    end = date.fromisoformat(last)
    return Span(end - timedelta(days=days - 1), end)
