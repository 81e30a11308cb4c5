"""When a task will be finished, with an honest spread: the pace so far, and how little it is known.

What a day brings is taken to vary as it has varied, and the average to be as uncertain as that many days
leave it; eight times in ten the end should lie between `early` and `late`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import sqrt
from statistics import mean, variance
from typing import Final

from switchboard.skills.tasks.domain.progress import COUNTED_DAYS, days_between
from switchboard.skills.tasks.domain.task import Task

FEWEST_DAYS: Final = 7
FEWEST_REPS: Final = 3
FARTHEST: Final = 730
TENTH: Final = 1.282
"""One in ten lies farther from the middle of a normal distribution than so many deviations."""


@dataclass(frozen=True, slots=True)
class Forecast:
    """None where the pace so far promises no end within two years."""

    early: date | None
    likely: date | None
    late: date | None


def forecast(task: Task, today: date) -> Forecast | None:
    """None for a task without an end, one that is over, or one that is known too little."""
    seen = observed(task, today)
    if not task.left or len(seen) < FEWEST_DAYS or sum(amount > 0 for amount in seen) < FEWEST_REPS:
        return None
    left = float(task.left)
    ends = [days_needed(left, seen, deviations) for deviations in (TENTH, 0, -TENTH)]
    early, likely, late = (today + timedelta(days=days) if days else None for days in ends)
    return Forecast(early, likely, late)


def observed(task: Task, today: date) -> list[float]:
    """What each day brought, of the last weeks up to yesterday, and today if it brought something."""
    first = max(task.since, today - timedelta(days=COUNTED_DAYS))
    last = today if task.on(today) else today - timedelta(days=1)
    return [float(task.on(day)) for day in days_between(first, last) if not task.rests_on(day)]


def days_needed(left: float, seen: Sequence[float], deviations: float) -> int | None:
    """The first day by which the sum, so many deviations from its middle, covers what is left."""
    average, spread, known = mean(seen), variance(seen), len(seen)
    for days in range(1, FARTHEST + 1):
        deviation = sqrt(days * spread + days * days * spread / known)
        if days * average + deviations * deviation >= left:
            return days
    return None


def chance(task: Task, today: date, due: date) -> str:
    """How it stands with a due date, in a word or two; "" when nothing can be said."""
    ends = forecast(task, today)
    if ends is None:
        return ""
    early, likely, late = (end is not None and end <= due for end in (ends.early, ends.likely, ends.late))
    return "on track" if late else "close" if likely else "at risk" if early else "behind"
