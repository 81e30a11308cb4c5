"""What can be done with a task, once it is known which."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Final

from switchboard.core.errors import UserFacing
from switchboard.skills.tasks.actions.context import Desk
from switchboard.skills.tasks.domain.cadence import Kind
from switchboard.skills.tasks.domain.dates import parse_date, short_date
from switchboard.skills.tasks.domain.progress import streak
from switchboard.skills.tasks.domain.task import NONE, ONE, REP, Plan, State, Task
from switchboard.skills.tasks.domain.transitions import replanned, rested, resting, with_rep, with_skip
from switchboard.skills.tasks.language.numbers import converted, shown
from switchboard.skills.tasks.limits import LONGEST_TITLE
from switchboard.skills.tasks.parsing.amounts import Amount, alone, take_amount
from switchboard.skills.tasks.parsing.cadences import take_often
from switchboard.skills.tasks.parsing.draft import parts, titled
from switchboard.skills.tasks.parsing.intent import Intent, Verb
from switchboard.skills.tasks.parsing.sentence import Sentence
from switchboard.skills.tasks.store import keys
from switchboard.skills.tasks.store.repository import same, save
from switchboard.skills.tasks.text.charts import streak_text, tally
from switchboard.skills.tasks.text.formatting import counted, described, named, planned, plural
from switchboard.skills.tasks.text.reports import tell_task

Act = Callable[[Desk, Intent, Task], str]


def did(desk: Desk, intent: Intent, task: Task) -> str:
    """Errors: UserFacing for a task that is not open, or another unit."""
    _require_open(task)
    day = intent.day or desk.today
    amount = _amount(intent, task, task.on(day))
    new = with_rep(task, day, amount, today=desk.today, starts=desk.starts)
    if new.plan.total is not None and new.done >= new.plan.total:
        new = replace(new, state=State.FINISHED)
    save(desk.work, task, new)
    _record(desk, task, intent, amount)
    when = "" if day == desk.today else f" {short_date(day, desk.today)}"
    return f"{named(task)}: {counted(amount, task.plan.unit)}{when}. {_standing(desk, new, intent)}"


def skip(desk: Desk, intent: Intent, task: Task) -> str:
    _require_open(task)
    day = intent.day or desk.today
    new = save(desk.work, task, with_skip(task, day, today=desk.today, starts=desk.starts))
    held = streak(new, desk.today, starts=desk.starts)
    kept = f" {streak_text(new, held)}, kept." if held.now else ""
    return f"Skipped {named(task)} {short_date(day, desk.today)}.{kept}"


def move(desk: Desk, intent: Intent, task: Task) -> str:
    """To other days, another end, another amount, as far as each is said."""
    new = moved(task.plan, intent.to, desk)
    others = [each for each in same(desk.work, new) if each.id != task.id and each.state is State.OPEN]
    if others:
        raise UserFacing(f"That would be the same as {described(others[0], desk.today)}.")
    save(desk.work, task, replanned(task, new, today=desk.today, starts=desk.starts))
    return f"Changed {named(task)}: {planned(new, desk.today)} (was {planned(task.plan, desk.today)})."


def moved(plan: Plan, to: str, desk: Desk) -> Plan:
    """Errors: UserFacing for words that name no day, end or amount that this plan can have."""
    sentence = Sentence(to)
    often = take_often(sentence)
    amount = take_amount(sentence) or alone(sentence.left)
    due = None if often.cadence else parse_date(sentence.left.strip(" .,").removeprefix("by "), desk.today)
    if not (often.cadence or amount or due):
        raise UserFacing(f'I cannot tell what "{to[:40]}" changes. Say a day, like Friday, or mon wed fri.')
    if due and plan.cadence.kind is not Kind.ONCE and plan.total is None:
        raise UserFacing(f'{plan.title} repeats {plan.cadence}. Say the days, like "every friday".')
    new = replace(plan, cadence=often.cadence or plan.cadence, due=due or plan.due)
    return resized(new, amount) if amount else new


def resized(plan: Plan, amount: Amount) -> Plan:
    """With another amount a rep. Errors: UserFacing for another unit than what was done is counted in."""
    if amount.unit not in {"", plan.unit, REP}:
        raise UserFacing(f"{plan.title} is counted in {plural(plan.unit)}, not in {plural(amount.unit)}.")
    total = amount.value if plan.total == plan.amount else plan.total
    return replace(plan, amount=amount.value, total=total)


def rename(desk: Desk, intent: Intent, task: Task) -> str:
    if len(intent.to) > LONGEST_TITLE:
        raise UserFacing(f"A task's name has {LONGEST_TITLE} characters at most; that has {len(intent.to)}.")
    title = titled(intent.to)
    activity, thing = parts(title, unit=task.plan.unit)
    new = replace(task.plan, title=title, activity=activity, object=thing)
    others = [each for each in same(desk.work, new) if each.id != task.id]
    if others:
        raise UserFacing(f"You have that already: {described(others[0], desk.today)}.")
    save(desk.work, task, replace(task, plan=new))
    return f"Renamed {named(task)}: it is {title} now."


def pause(desk: Desk, _intent: Intent, task: Task) -> str:
    _require_open(task)
    save(desk.work, task, resting(task, today=desk.today))
    return f"Paused {named(task)}. /resume {task.number} takes it up again."


def resume(desk: Desk, _intent: Intent, task: Task) -> str:
    if task.state is State.OPEN:
        raise UserFacing(f"{named(task)} is not paused.")
    back = rested(task, today=desk.today) if task.state is State.PAUSED else replace(task, state=State.OPEN)
    save(desk.work, task, back)
    return f"Back to {described(task, desk.today)}."


def archive(desk: Desk, _intent: Intent, task: Task) -> str:
    if task.state is State.ARCHIVED:
        raise UserFacing(f"{named(task)} is archived already.")
    save(desk.work, task, replace(_awake(desk, task), state=State.ARCHIVED))
    return f"Archived {named(task)}. /resume {task.number} brings it back."


def finish(desk: Desk, _intent: Intent, task: Task) -> str:
    if task.state is State.FINISHED:
        raise UserFacing(f"{named(task)} is finished already.")
    save(desk.work, task, replace(_awake(desk, task), state=State.FINISHED))
    return f"Finished {named(task)}. Well done!"


def show(desk: Desk, _intent: Intent, task: Task) -> str:
    return tell_task(desk.work, task, desk.today)


ACTS: Final[Mapping[Verb, Act]] = {
    Verb.DID: did,
    Verb.SKIP: skip,
    Verb.SHOW: show,
    Verb.MOVE: move,
    Verb.RENAME: rename,
    Verb.PAUSE: pause,
    Verb.RESUME: resume,
    Verb.ARCHIVE: archive,
    Verb.FINISH: finish,
}


def _amount(intent: Intent, task: Task, already: Decimal) -> Decimal:
    """What was said, in the task's unit; unsaid it is the rep, or the rest of it, or of the whole."""
    plan = task.plan
    if intent.amount is None:
        rest = plan.amount - already
        whole = plan.amount if rest <= NONE else rest
        return min(whole, task.left) if task.left else whole
    if intent.unit in {"", plan.unit}:
        return intent.amount
    if intent.unit == REP:
        return intent.amount * plan.amount
    if {intent.unit, plan.unit} == {"hour", "minute"}:
        return converted(intent.amount, unit=intent.unit, to=plan.unit)
    raise UserFacing(f"{named(task)} is counted in {plural(task.plan.unit)}, not in {plural(intent.unit)}.")


def _record(desk: Desk, task: Task, intent: Intent, amount: Decimal) -> None:
    """The rep itself, its month, and that the task was worked on that day."""
    day = intent.day or desk.today
    rep = {"amount": shown(amount), "at": desk.moment.isoformat(timespec="seconds")}
    desk.work.put(keys.rep_key(task.id, day, desk.name), rep)
    month = keys.month_key(task.id, day)
    before = desk.work.get(month) or {}
    total = Decimal(before.get(f"{day.day:02}", "0")) + amount
    desk.work.put(month, {**before, f"{day.day:02}": shown(total)})
    if not task.on(day):
        desk.work.reindex(frozenset(), frozenset({keys.touched_key(day, task.id)}))


def _standing(desk: Desk, task: Task, intent: Intent) -> str:
    if task.state is State.FINISHED:
        return f"That is all of it: {tally(task, intent.day or desk.today)}. Finished!"
    day = intent.day or desk.today
    said = [tally(task, day) if task.plan.amount != ONE or task.plan.unit != REP else "Done"]
    held = streak_text(task, streak(task, desk.today, starts=desk.starts))
    if task.left is not None and task.plan.cadence.kind is not Kind.ONCE:
        said.append(f"{counted(task.left, task.plan.unit)} to go")
    return ". ".join(filter(None, (*said, held))) + "."


def _awake(desk: Desk, task: Task) -> Task:
    return rested(task, today=desk.today) if task.state is State.PAUSED else task


def _require_open(task: Task) -> None:
    if task.state is State.PAUSED:
        raise UserFacing(f"{named(task)} is paused. /resume {task.number} takes it up again.")
    if task.state is not State.OPEN:
        raise UserFacing(f"{named(task)} is {task.state.value}. /resume {task.number} brings it back.")
