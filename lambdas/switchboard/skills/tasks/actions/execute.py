"""Carrying out what a person wants: find the task, or ask which, and do it."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from switchboard.core.errors import UserFacing
from switchboard.skills.tasks.actions.add import adopt, settle
from switchboard.skills.tasks.actions.change import ACTS
from switchboard.skills.tasks.actions.context import Desk
from switchboard.skills.tasks.actions.pending_questions import Question, ask, close_question, open_question
from switchboard.skills.tasks.domain.task import LIVE, REP, State, Task
from switchboard.skills.tasks.parsing.intent import Intent, Verb
from switchboard.skills.tasks.parsing.phrases import marks
from switchboard.skills.tasks.store.agenda import agenda
from switchboard.skills.tasks.store.lookup import Found, find, with_unit
from switchboard.skills.tasks.store.repository import numbered
from switchboard.skills.tasks.text.formatting import plural

ALL: Final = "for all of them"
MOST_ASKED: Final = 5
_SHELVED: Final = frozenset({*LIVE, State.FINISHED, State.ARCHIVED})


def carry_out(desk: Desk, intent: Intent) -> str:
    """What was done, or the question which task is meant. Errors: UserFacing."""
    found = sought(desk, intent)
    if found.sure:
        return ACTS[intent.verb](desk, intent, found.tasks[0])
    several = not intent.about and not intent.unit and len(found.tasks) > 1
    return ask(desk, Question(found.tasks[:MOST_ASKED], intent=intent, zero=ALL if several else ""))


def sought(desk: Desk, intent: Intent) -> Found:
    """Errors: UserFacing when nothing can be meant."""
    if intent.about:
        states = _SHELVED if intent.verb in {Verb.RESUME, Verb.SHOW} else LIVE
        return find(desk.work, intent.about, unit=intent.unit, states=states)
    if intent.unit not in {"", REP}:
        found = with_unit(desk.work, intent.unit)
        if not found.tasks:
            raise UserFacing(f"No open task is counted in {plural(intent.unit)}.")
        return found
    due = agenda(desk.work, intent.day or desk.today).due
    if not due:
        raise UserFacing("Nothing is due then. Name the task, or its number.")
    return Found(due, sure=len(due) == 1)


def pick(desk: Desk, number: int) -> str:
    """The answer to the open question. Errors: UserFacing."""
    question = open_question(desk)
    if number == 0 and question.zero:
        return _none_of(desk, question)
    chosen = next((task for task in question.options if task.number == number), None)
    if chosen is None:
        numbers = ", ".join(str(task.number) for task in question.options)
        raise UserFacing(f"Answer with one of {numbers}{', or 0' if question.zero else ''}.")
    if question.plan:
        return adopt(desk, chosen, question.plan)
    close_question(desk)
    return _act(desk, question.intent, chosen)


def mark(desk: Desk, text: str) -> str:
    """`1 done, 2 skip`: all of it or nothing. Errors: UserFacing."""
    answers = [(number, Intent(verb)) for number, verb in marks(text)]
    if not answers:
        raise UserFacing('Answer like "1 done, 2 skip".')
    return "\n".join(_act(desk, intent, numbered(desk.work, number)) for number, intent in answers)


def _none_of(desk: Desk, question: Question) -> str:
    close_question(desk)
    if question.plan:
        return settle(desk, question.plan)
    return "\n".join(_each(desk, question.intent, question.options))


def _each(desk: Desk, intent: Intent | None, tasks: Sequence[Task]) -> list[str]:
    return [_act(desk, intent, task) for task in tasks]


def _act(desk: Desk, intent: Intent | None, task: Task) -> str:
    """Every task has a name of its own for what is done to it."""
    if intent is None:
        raise UserFacing("I have no open question to answer with a number.")
    return ACTS[intent.verb](replace(desk, name=f"{desk.name}-{task.number}"), intent, task)
