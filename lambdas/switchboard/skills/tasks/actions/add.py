"""Adding a task: from what was said to the inventory, past proposals and look-alikes."""

import re
from dataclasses import replace
from decimal import Decimal
from typing import Final

from switchboard.core.errors import UserFacing
from switchboard.skills.tasks.actions.context import Desk
from switchboard.skills.tasks.actions.pending_questions import (
    Question,
    ask,
    close_proposal,
    close_question,
    open_proposal,
    propose,
)
from switchboard.skills.tasks.actions.suggest import Suggestion, completed, suggested
from switchboard.skills.tasks.domain.similarity import name_words
from switchboard.skills.tasks.domain.task import LIVE, Plan, State, Task
from switchboard.skills.tasks.domain.transitions import replanned
from switchboard.skills.tasks.parsing.amounts import Amount, take_amount
from switchboard.skills.tasks.parsing.cadences import take_often
from switchboard.skills.tasks.parsing.draft import Draft, plan_of, read
from switchboard.skills.tasks.parsing.sentence import Sentence
from switchboard.skills.tasks.store.keys import PROPOSAL
from switchboard.skills.tasks.store.repository import alike, create, same, save
from switchboard.skills.tasks.text.formatting import described, named, planned, plural

NEW: Final = "for a new one"
NOTHING_SUGGESTED: Final = Suggestion()

_RATHER: Final = re.compile(
    r"^(?:(?:no|actually|rather|better|instead|yes|but|make it|let's say)\b[, ]*)+", re.IGNORECASE
)


def add(desk: Desk, sentence: str, by: Suggestion = NOTHING_SUGGESTED) -> str:
    """A sentence that says everything adds the task; what it left open is proposed. Errors: UserFacing."""
    other = counterproposal(desk, sentence)
    if other:
        close_proposal(desk)
        return place(desk, other)
    said = read(sentence, desk.today)
    meant = suggested(said, by)
    if meant == said and not said.open and not said.unclear:
        return place(desk, plan_of(said))
    return _proposed(desk, said, completed(meant))


def counterproposal(desk: Desk, sentence: str) -> Plan | None:
    """What is proposed, with what the person would rather have: `no, 20 minutes every day`."""
    if desk.work.get(PROPOSAL) is None:
        return None
    rest = Sentence(_RATHER.sub("", sentence))
    cadence, amount = take_often(rest).cadence, take_amount(rest)
    if rest.left.strip(" .!") or not (cadence or amount):
        return None
    plan = open_proposal(desk)
    if amount:
        plan = replace(plan, amount=amount.value, unit=amount.unit, total=_total(plan, amount))
    return replace(plan, cadence=cadence) if cadence else plan


def _total(plan: Plan, amount: Amount) -> Decimal | None:
    """What is done once is done when that is done."""
    return amount.value if plan.total == plan.amount else plan.total


def confirm(desk: Desk) -> str:
    """Errors: UserFacing when nothing was proposed."""
    plan = open_proposal(desk)
    close_proposal(desk)
    return place(desk, plan)


def decline(desk: Desk) -> str:
    """Errors: UserFacing when nothing was proposed."""
    plan = open_proposal(desk)
    close_proposal(desk)
    return f"All right, {plan.title} is not added. Say it again with how much and how often."


def place(desk: Desk, plan: Plan) -> str:
    """Add a plan, unless it is there already, or might be."""
    chain = same(desk.work, plan)
    known = next((task for task in chain if task.state is not State.FINISHED), None)
    if known:
        return _known(desk, known, plan)
    similar = alike(desk.work, name_words(plan))
    if similar:
        return ask(desk, Question(similar, plan=plan, zero=NEW))
    return settle(desk, plan)


def settle(desk: Desk, plan: Plan) -> str:
    """Add a plan as a task of its own."""
    close_question(desk)
    return f"Added {described(create(desk.work, plan, desk.today), desk.today)}."


def adopt(desk: Desk, task: Task, plan: Plan) -> str:
    """It was that task: from now on it has the plan that was said, and its own name."""
    if plan.unit != task.plan.unit:
        raise UserFacing(f"{named(task)} is counted in {plural(task.plan.unit)}. Answer 0 to add a new task.")
    close_question(desk)
    new = replace(plan, title=task.plan.title, activity=task.plan.activity, object=task.plan.object)
    save(desk.work, task, replanned(task, new, today=desk.today, starts=desk.starts))
    return f"Changed {named(task)}: {planned(new, desk.today)} (was {planned(task.plan, desk.today)})."


def _known(desk: Desk, task: Task, plan: Plan) -> str:
    """The same task said twice is one entry; another end or total is a change of it."""
    back = replace(task, state=State.OPEN) if task.state not in LIVE else task
    ends = (plan.due or task.plan.due, plan.total or task.plan.total)
    new = replace(back, plan=replace(task.plan, due=ends[0], total=ends[1]))
    if new == task:
        desk.work.concern(task.id)
        paused = f" It is paused: /resume {task.number}." if task.state is State.PAUSED else ""
        return f"You have that already: {described(task, desk.today)}.{paused}"
    save(desk.work, task, new)
    word = "Back in the inventory" if back is not task else "Changed"
    return f"{word}: {described(new, desk.today)}."


def _proposed(desk: Desk, said: Draft, draft: Draft) -> str:
    plan = plan_of(draft)
    propose(desk, plan)
    unclear = f'I cannot plan "{said.unclear}". ' if said.unclear else ""
    left_open = f"You did not say {' and '.join(said.open)}. " if said.open and not unclear else ""
    return (
        f"{unclear}{left_open}My proposal: {plan.title}, {planned(plan, desk.today)}. "
        "Say yes, or say it again your way."
    )
