"""Reports as data, for the page and the API: the heat map, the bars, the trend and the forecast of a task."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from switchboard.core.skills.records import Record
from switchboard.skills.tasks.domain.cadence import week_of
from switchboard.skills.tasks.domain.forecast import chance, forecast
from switchboard.skills.tasks.domain.progress import completion, is_due, streak, trend, weekly, weekly_amounts
from switchboard.skills.tasks.domain.task import NONE, State, Task, TaskId
from switchboard.skills.tasks.language.numbers import shown
from switchboard.skills.tasks.store import keys
from switchboard.skills.tasks.store.repository import Head, head_of, page
from switchboard.skills.tasks.store.unit_of_work import Work
from switchboard.skills.tasks.text.charts import bar
from switchboard.skills.tasks.text.formatting import planned

MONTHS_OF_HEAT: Final = 13
LEVELS: Final = 4


@dataclass(frozen=True, slots=True)
class Card:
    """A task in a list; amounts are decimal text, dates are ISO 8601, `week` is seven marks."""

    number: int
    id: str
    title: str
    state: str
    plan: str
    unit: str
    amount: str
    total: str
    done: str
    due: str
    today: str
    is_due: bool
    week: str
    week_done: int
    week_planned: int
    streak: int
    version: int


@dataclass(frozen=True, slots=True)
class Board:
    """A page of cards; `after` asks for the next one, 0 when there is none."""

    today: str
    week_starts: int
    cards: Sequence[Card]
    after: int
    counts: dict[str, int]


@dataclass(frozen=True, slots=True)
class Heat:
    """`level` is 0 for nothing, and 1 to 4 by quarters of a rep, 4 from a whole one on."""

    day: str
    amount: str
    level: int


@dataclass(frozen=True, slots=True)
class Bar:
    """`week` is its first day."""

    week: str
    amount: str


@dataclass(frozen=True, slots=True)
class Outlook:
    """When it will be finished, eight times in ten; "" where no end is in sight."""

    early: str
    likely: str
    late: str
    chance: str


@dataclass(frozen=True, slots=True)
class Report:
    card: Card
    since: str
    times: int
    longest_streak: int
    kept: int
    planned: int
    best_day: str
    best_amount: str
    trend: str
    bars: Sequence[Bar]
    heat: Sequence[Heat]
    outlook: Outlook | None


def board(work: Work, today: date, *, state: State = State.OPEN, after: int = 0, limit: int = 20) -> Board:
    head, found = head_of(work), page(work, state, after=after, limit=limit)
    cards = [card(task, today, starts=head.week_starts) for task in found.tasks]
    return Board(today.isoformat(), head.week_starts, cards, found.after, _counts(head))


def card(task: Task, today: date, *, starts: int) -> Card:
    week = week_of(today, starts=starts)
    share = weekly(task, week)
    return Card(
        number=task.number,
        id=task.id,
        title=task.plan.title,
        state=task.state.value,
        plan=planned(task.plan, today),
        unit=task.plan.unit,
        amount=shown(task.plan.amount),
        total=shown(task.plan.total) if task.plan.total is not None else "",
        done=shown(task.done),
        due=_iso(task.plan.due),
        today=shown(task.on(today)),
        is_due=task.state is State.OPEN and is_due(task, today, starts=starts),
        week=bar(task, week, today),
        week_done=share.done,
        week_planned=share.planned,
        streak=streak(task, today, starts=starts).now,
        version=task.version,
    )


def report(work: Work, task: Task, today: date) -> Report:
    """One task, with a year of days."""
    starts = head_of(work).week_starts
    share = completion(task, today, starts=starts)
    return Report(
        card=card(task, today, starts=starts),
        since=task.since.isoformat(),
        times=task.times,
        longest_streak=streak(task, today, starts=starts).longest,
        kept=share.done,
        planned=share.planned,
        best_day=_iso(task.best.day if task.best else None),
        best_amount=shown(task.best.amount) if task.best else "",
        trend=trend(task, today, starts=starts).value,
        bars=bars(task, today, starts=starts),
        heat=list(heat(work, task, today)),
        outlook=outlook(task, today),
    )


def bars(task: Task, today: date, *, starts: int) -> list[Bar]:
    weeks = weekly_amounts(task, today, starts=starts)
    return [Bar(first.isoformat(), shown(Decimal(hundredths) / 100)) for first, hundredths in weeks]


def heat(work: Work, task: Task, today: date) -> Iterator[Heat]:
    """The days of the last year on which something was done, oldest first."""
    first = today - timedelta(days=365)
    for month in reversed(_months(work, task.id)):
        begin = month.key.rpartition("#")[2]
        for day, amount in sorted(month.body.items()):
            at = date.fromisoformat(f"{begin}-{day}")
            if at >= first:
                yield Heat(at.isoformat(), amount, _level(Decimal(amount), task.plan.amount))


def outlook(task: Task, today: date) -> Outlook | None:
    ends = forecast(task, today)
    if ends is None:
        return None
    hope = chance(task, today, task.plan.due) if task.plan.due else ""
    return Outlook(_iso(ends.early), _iso(ends.likely), _iso(ends.late), hope)


def _months(work: Work, task: TaskId) -> Sequence[Record]:
    prefix = keys.month_prefix(task)
    return work.find(prefix, limit=MONTHS_OF_HEAT, newest_first=True).records


def _level(amount: Decimal, rep: Decimal) -> int:
    return 0 if amount <= NONE else min(LEVELS, max(1, int(LEVELS * amount / rep)))


def _counts(head: Head) -> dict[str, int]:
    return {state.value: getattr(head, state.value) for state in State}


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""
