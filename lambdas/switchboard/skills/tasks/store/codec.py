"""Tasks and plans as the bodies of records, and back: whole numbers, text, lists and maps only."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from switchboard.skills.tasks.domain.cadence import from_code
from switchboard.skills.tasks.domain.task import Best, Plan, Rest, State, Task, TaskId
from switchboard.skills.tasks.language.numbers import shown

Body = Mapping[str, Any]


def plan_body(plan: Plan) -> dict[str, Any]:
    return {
        "title": plan.title,
        "activity": plan.activity,
        "object": plan.object,
        "unit": plan.unit,
        "amount": shown(plan.amount),
        "cadence": plan.cadence.code,
        "total": shown(plan.total) if plan.total is not None else "",
        "due": _text(plan.due),
        "effort": plan.effort,
    }


def plan_of(body: Body) -> Plan:
    return Plan(
        title=body["title"],
        activity=body["activity"],
        object=body["object"],
        unit=body["unit"],
        amount=Decimal(body["amount"]),
        cadence=from_code(body["cadence"]),
        total=Decimal(body["total"]) if body["total"] else None,
        due=_day(body["due"]),
        effort=body["effort"],
    )


def task_body(task: Task) -> dict[str, Any]:
    return {
        "id": task.id,
        "number": task.number,
        "plan": plan_body(task.plan),
        "since": task.since.isoformat(),
        "counted_from": task.counted_from.isoformat(),
        "state": task.state.value,
        "done": shown(task.done),
        "times": task.times,
        "days": {day.isoformat(): shown(amount) for day, amount in sorted(task.days.items())},
        "skips": [day.isoformat() for day in sorted(task.skips)],
        "rests": [[_text(rest.first), _text(rest.last)] for rest in task.rests],
        "run": task.run,
        "longest": task.longest,
        "best": [_text(task.best.day), shown(task.best.amount)] if task.best else [],
    }


def task_of(body: Body) -> Task:
    return Task(
        id=TaskId(body["id"]),
        number=body["number"],
        plan=plan_of(body["plan"]),
        since=date.fromisoformat(body["since"]),
        counted_from=date.fromisoformat(body["counted_from"]),
        state=State(body["state"]),
        done=Decimal(body["done"]),
        times=body["times"],
        days={date.fromisoformat(day): Decimal(amount) for day, amount in body["days"].items()},
        skips=frozenset(map(date.fromisoformat, body["skips"])),
        rests=tuple(Rest(date.fromisoformat(first), _day(last)) for first, last in body["rests"]),
        run=body["run"],
        longest=body["longest"],
        best=Best(date.fromisoformat(body["best"][0]), Decimal(body["best"][1])) if body["best"] else None,
    )


def _text(day: date | None) -> str:
    return day.isoformat() if day else ""


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
