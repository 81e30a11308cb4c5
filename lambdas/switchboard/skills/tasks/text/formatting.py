"""Tasks in a few plain words that fit a text message."""

from datetime import date
from decimal import Decimal

from switchboard.skills.tasks.domain.cadence import Kind
from switchboard.skills.tasks.domain.dates import short_date
from switchboard.skills.tasks.domain.task import ONE, REP, Plan, Task
from switchboard.skills.tasks.language.lexicon import PLURALS
from switchboard.skills.tasks.language.numbers import shown
from switchboard.skills.tasks.limits import LONGEST_TITLE


def counted(amount: Decimal, unit: str) -> str:
    """20 pages, 1 session, 30x."""
    if unit == REP:
        return f"{shown(amount)}x"
    return f"{shown(amount)} {unit if amount == ONE else plural(unit)}"


def plural(unit: str) -> str:
    return "reps" if unit == REP else PLURALS.get(unit, unit + "s")


def planned(plan: Plan, today: date) -> str:
    """What a plan asks for: `20 pages every day`, `6 sessions by Apr 12, about 45 minutes each`."""
    effort = f", about {plan.effort} minutes each" if plan.effort else ""
    return _asked(plan, today) + effort


def _asked(plan: Plan, today: date) -> str:
    if plan.cadence.kind is Kind.ONCE:
        return " ".join(filter(None, (_whole(plan), _until(plan, today)))) or "once"
    each = "" if (plan.amount, plan.unit) == (ONE, REP) else counted(plan.amount, plan.unit)
    total = f", {counted(plan.total, plan.unit)} in all" if plan.total else ""
    by = _until(plan, today)
    return " ".join(filter(None, (each, str(plan.cadence)))) + total + (f", {by}" if by else "")


def _whole(plan: Plan) -> str:
    total = plan.total or plan.amount
    return "" if (total, plan.unit) == (ONE, REP) else counted(total, plan.unit)


def _until(plan: Plan, today: date) -> str:
    return f"by {short_date(plan.due, today)}" if plan.due else ""


def named(task: Task, *, room: int = LONGEST_TITLE) -> str:
    """The number that people answer with, and the title."""
    return f"{task.number} {clipped(task.plan.title, room)}"


def described(task: Task, today: date) -> str:
    return f"{named(task)}: {planned(task.plan, today)}"


def clipped(text: str, room: int) -> str:
    return text if len(text) <= room else text[: room - 2].rstrip() + ".."
