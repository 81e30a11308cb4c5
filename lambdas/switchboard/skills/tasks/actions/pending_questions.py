"""What waits for the person's answer: one open question, and one open proposal."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from switchboard.core.errors import UserFacing
from switchboard.skills.tasks.actions.context import Desk
from switchboard.skills.tasks.domain.task import Plan, Task
from switchboard.skills.tasks.parsing.intent import Intent, intent_body, intent_of
from switchboard.skills.tasks.store.codec import plan_body, plan_of
from switchboard.skills.tasks.store.keys import PROPOSAL, QUESTION
from switchboard.skills.tasks.store.repository import loaded
from switchboard.skills.tasks.text.formatting import described


@dataclass(frozen=True, slots=True)
class Question:
    """Which task an intent is about, or whether a plan is one of them; `zero` is what 0 answers, or ""."""

    options: Sequence[Task]
    intent: Intent | None = None
    plan: Plan | None = None
    zero: str = ""


def ask(desk: Desk, question: Question) -> str:
    """The question in words; it stays open until it is answered or another is asked."""
    desk.work.put(
        QUESTION,
        {
            "options": [task.id for task in question.options],
            "intent": intent_body(question.intent) if question.intent else {},
            "plan": plan_body(question.plan) if question.plan else {},
            "zero": question.zero,
        },
    )
    choices = "\n".join(described(task, desk.today) for task in question.options)
    none_of_them = f", or 0 {question.zero}" if question.zero else ""
    if len(question.options) == 1:
        return f"Do you mean {choices}? Answer {question.options[0].number}{none_of_them}."
    return f"Which one?\n{choices}\nAnswer with the number{none_of_them}."


def open_question(desk: Desk) -> Question:
    """Errors: UserFacing when none is open."""
    body = desk.work.get(QUESTION)
    if body is None:
        raise UserFacing("I have no open question to answer with a number.")
    return Question(
        options=loaded(desk.work, body["options"]),
        intent=intent_of(body["intent"]) if body["intent"] else None,
        plan=plan_of(body["plan"]) if body["plan"] else None,
        zero=body["zero"],
    )


def close_question(desk: Desk) -> None:
    desk.work.delete(QUESTION)


def propose(desk: Desk, plan: Plan) -> None:
    desk.work.put(PROPOSAL, plan_body(plan))


def open_proposal(desk: Desk) -> Plan:
    """Errors: UserFacing when none is open."""
    body: Mapping[str, Any] | None = desk.work.get(PROPOSAL)
    if body is None:
        raise UserFacing("I have no open proposal to confirm.")
    return plan_of(body)


def close_proposal(desk: Desk) -> None:
    desk.work.delete(PROPOSAL)
