"""Nudges: at which hour somebody wants to be asked, when that is next, and what one message says."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from switchboard.core.channels.policy import QUIET_FROM, QUIET_UNTIL
from switchboard.core.errors import UserFacing
from switchboard.core.skills.reminders import DAYS
from switchboard.skills.tasks.domain.cadence import Kind
from switchboard.skills.tasks.domain.dates import short_date
from switchboard.skills.tasks.domain.task import Task
from switchboard.skills.tasks.language.lexicon import DAY_OF
from switchboard.skills.tasks.parsing.cadences import take_often
from switchboard.skills.tasks.parsing.sentence import Sentence
from switchboard.skills.tasks.store.agenda import Agenda
from switchboard.skills.tasks.text.charts import fitting, plain
from switchboard.skills.tasks.text.formatting import counted, named

MOST_NAMED: Final = 4
TITLE: Final = 18

_HOUR: Final = re.compile(
    r"(?:\bat )?(?<!\d)(?P<hour>\d{1,2})(?:[:.h](?P<minute>\d{2}))?\s*(?P<half>am|pm|a\.m\.|p\.m\.)?(?!\d)",
    re.IGNORECASE,
)
_DAY: Final = re.compile(rf"\b(?:{'|'.join(sorted(DAY_OF, key=len, reverse=True))})\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Hour:
    """`at` by the person's clock, on `days` (as core.wakeups names them; none is every day)."""

    at: time
    days: Sequence[str] = ()


def parse_hour(text: str) -> Hour:
    """`8:00`, `weekdays at 7pm`, `sundays 18:30`. Errors: UserFacing, in quiet hours too."""
    sentence = Sentence(text)
    at = sentence.take(_HOUR, _time)
    if at is None:
        raise UserFacing("Say an hour, like 8:30, 7pm or sundays at 18:00; or off.")
    if at >= QUIET_FROM or at < QUIET_UNTIL:
        raise UserFacing(f"I stay quiet from {QUIET_FROM:%H:%M} to {QUIET_UNTIL:%H:%M}. Choose another hour.")
    return Hour(at, _days(sentence.left))


def next_time(hour: Hour, after: datetime, zone: ZoneInfo) -> datetime:
    """The next time (UTC) that a clock in the zone shows the hour.

    An hour that a clock leaps over is taken when it would have been; one that comes twice, the first time.
    """
    day = after.astimezone(zone).date()
    while True:
        at = datetime.combine(day, hour.at, zone).astimezone(UTC)
        if at > after and (not hour.days or DAYS[day.weekday()] in hour.days):
            return at
        day += timedelta(days=1)


def nudge(found: Agenda) -> str:
    """What is due, in one part, with the words to answer; "" when nothing is."""
    if not found.due:
        return ""
    shown = found.due[:MOST_NAMED]
    example = f"{shown[0].number} done" + (f", {shown[1].number} skip" if len(shown) > 1 else "")
    answer = f"Answer like: {example}" if len(shown) > 1 else f"Answer: {example}, or {shown[0].number} skip"
    lines = [plain(_line(task)) for task in shown]
    more = len(found.due) - len(shown)
    return fitting(("Due today:", *lines, *([f"and {more} more"] if more else [])), end=answer)


def _line(task: Task) -> str:
    name = named(task, room=TITLE)
    if task.plan.cadence.kind is Kind.ONCE:
        return f"{name}, by {task.plan.due:%b} {task.plan.due.day}" if task.plan.due else name
    size = counted(task.plan.amount, task.plan.unit)
    return name if size == "1x" else f"{name}, {size}"


def _time(found: re.Match[str]) -> time | None:
    hour, minute = int(found["hour"]), int(found["minute"] or 0)
    half = (found["half"] or "").casefold().replace(".", "")
    if (half and not 1 <= hour <= 12) or hour > 23 or minute > 59:
        return None
    return time(hour % 12 + (12 if half == "pm" else 0) if half else hour, minute)


def _days(text: str) -> tuple[str, ...]:
    cadence = take_often(Sentence(text)).cadence
    if cadence and cadence.kind is Kind.DAYS:
        return tuple(DAYS[day] for day in sorted(cadence.days)) if len(cadence.days) < 7 else ()
    named_days = {DAY_OF[day.casefold()] for day in _DAY.findall(text)}
    if cadence and not named_days:
        named_days = {0}
    return tuple(DAYS[day] for day in sorted(named_days))


def said(hour: Hour, after: datetime, zone: ZoneInfo) -> str:
    """When the person will be asked, and when first."""
    when = "every day" if not hour.days else "on " + " ".join(day.capitalize() for day in hour.days)
    first = next_time(hour, after, zone).astimezone(zone)
    return f"{when} at {hour.at:%H:%M}, first {short_date(first.date(), after.astimezone(zone).date())}"
