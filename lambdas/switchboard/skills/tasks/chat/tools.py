"""Tasks as the model may work on them; it passes on what the person said, and never what it assumes."""

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal

from switchboard.core.errors import UserFacing
from switchboard.core.skills.spec import Effect, Tool, ToolContext
from switchboard.skills.tasks.actions.context import today_of
from switchboard.skills.tasks.actions.service import TaskService
from switchboard.skills.tasks.actions.suggest import Suggestion
from switchboard.skills.tasks.chat.arguments import (
    Answer,
    CheckIn,
    Consent,
    Hour,
    NewTask,
    Nothing,
    PageOfTasks,
    WeekStart,
    WhatToChange,
    WhatToSkip,
    WhatWasDone,
    WhichTask,
)
from switchboard.skills.tasks.chat.commands import weekday
from switchboard.skills.tasks.domain.cadence import EVERY_DAY, Cadence, Kind
from switchboard.skills.tasks.domain.dates import parse_date
from switchboard.skills.tasks.language.lexicon import UNIT_OF, WEEKDAYS
from switchboard.skills.tasks.parsing import phrases
from switchboard.skills.tasks.parsing.amounts import Amount
from switchboard.skills.tasks.parsing.intent import Intent, Verb
from switchboard.skills.tool import tool

Adapt = Callable[[TaskService], Tool]


def tools(service: TaskService) -> Sequence[Tool]:
    return [make(service) for make in _MAKERS]


def _add_task(service: TaskService) -> Tool:
    @tool(Effect.CHANGES, quotes=service.quotes)
    def add_task(args: NewTask, context: ToolContext) -> str:
        """Add a task that the person wants to work on.

        What the sentence says is understood by itself: leave that null. Fill in only what it leaves
        open: that becomes a proposal, which you put to the person and which counts once they say yes.
        """
        return service.add(context, args.sentence, _suggestion(args, today_of(context)))

    return add_task


def _log_rep(service: TaskService) -> Tool:
    @tool(Effect.CHANGES, quotes=service.quotes)
    def log_rep(args: WhatWasDone, context: ToolContext) -> str:
        """Log that the person worked on a task: did 25 pages, done pushups, ran 5 km yesterday."""
        intent = phrases.did(args.what, today_of(context))
        day = _day(args.day, today_of(context)) or intent.day
        if args.amount is None:
            return service.carry_out(context, Intent(Verb.DID, intent.about, intent.amount, intent.unit, day))
        amount = _amount(args.amount, args.unit or "")
        return service.carry_out(context, Intent(Verb.DID, intent.about, amount.value, amount.unit, day))

    return log_rep


def _skip_rep(service: TaskService) -> Tool:
    @tool(Effect.CHANGES, quotes=service.quotes)
    def skip_rep(args: WhatToSkip, context: ToolContext) -> str:
        """Skip a task on a day by plan, which keeps its streak."""
        intent = phrases.skip(args.task or "", today_of(context))
        day = _day(args.day, today_of(context)) or intent.day
        return service.carry_out(context, Intent(Verb.SKIP, intent.about, day=day))

    return skip_rep


def _change_task(service: TaskService) -> Tool:
    @tool(Effect.CHANGES, quotes=service.quotes)
    def change_task(args: WhatToChange, context: ToolContext) -> str:
        """Move, rename, pause, resume, archive or finish a task."""
        verb = Verb(args.change)
        if verb in {Verb.MOVE, Verb.RENAME} and not args.to:
            raise UserFacing(f"change_task was not run: {args.change} needs `to`.")
        return service.carry_out(context, Intent(verb, args.task, to=args.to or ""))

    return change_task


def _answer_question(service: TaskService) -> Tool:
    @tool(Effect.CHANGES, quotes=service.quotes)
    def answer_question(args: Answer, context: ToolContext) -> str:
        """Pass on the number with which the person answers an open question about their tasks."""
        return service.pick(context, args.number)

    return answer_question


def _answer_proposal(service: TaskService) -> Tool:
    @tool(Effect.CONSENTS, quotes=service.quotes)
    def answer_proposal(args: Consent, context: ToolContext) -> str:
        """Pass on the person's own yes or no to a task that was proposed; you cannot agree for them."""
        return service.confirm(context) if args.agreed else service.decline(context)

    return answer_proposal


def _answer_check_in(service: TaskService) -> Tool:
    @tool(Effect.CHANGES, quotes=service.quotes)
    def answer_check_in(args: CheckIn, context: ToolContext) -> str:
        """Log several answers at once, by the tasks' numbers: 1 done, 2 skip."""
        return service.mark(context, args.answers)

    return answer_check_in


def _undo_last(service: TaskService) -> Tool:
    @tool(Effect.CHANGES, quotes=service.quotes)
    def undo_last(_args: Nothing, context: ToolContext) -> str:
        """Take back the last change of the person's tasks."""
        return service.undo(context)

    return undo_last


def _whats_next(service: TaskService) -> Tool:
    @tool(Effect.READS, quotes=service.quotes)
    def whats_next(_args: Nothing, context: ToolContext) -> str:
        """What is due today and what was done, with the tasks' numbers."""
        return f"{service.next(context)}\n{service.today(context)}"

    return whats_next


def _week_report(service: TaskService) -> Tool:
    @tool(Effect.READS, quotes=service.quotes)
    def week_report(args: PageOfTasks, context: ToolContext) -> str:
        """How the person is doing this week: a picture with a mark a day; pass it on as it is."""
        return service.week(context, after=args.after)

    return week_report


def _task_report(service: TaskService) -> Tool:
    @tool(Effect.READS, quotes=service.quotes)
    def task_report(args: WhichTask, context: ToolContext) -> str:
        """How one task goes: its week, streak, trend, what is left and when it will likely be done."""
        return service.show(context, args.task)

    return task_report


def _list_tasks(service: TaskService) -> Tool:
    @tool(Effect.READS, quotes=service.quotes)
    def list_tasks(args: PageOfTasks, context: ToolContext) -> str:
        """The person's open tasks with their numbers and plans, a page at a time."""
        return service.tasks(context, after=args.after)

    return list_tasks


def _start_weeks(service: TaskService) -> Tool:
    @tool(Effect.CHANGES, quotes=service.quotes)
    def start_weeks(args: WeekStart, context: ToolContext) -> str:
        """Set on which day the person's weeks start."""
        return service.start_weeks(context, weekday(args.day))

    return start_weeks


def _set_check_in(service: TaskService) -> Tool:
    @tool(Effect.CHANGES, quotes=service.quotes)
    def set_check_in(args: Hour, context: ToolContext) -> str:
        """Ask the person at an hour of theirs, every day or on some days, what they did; or stop asking."""
        return service.check_in(context, args.when)

    return set_check_in


_MAKERS: Sequence[Adapt] = (
    _add_task,
    _log_rep,
    _skip_rep,
    _change_task,
    _answer_question,
    _answer_proposal,
    _answer_check_in,
    _undo_last,
    _whats_next,
    _week_report,
    _task_report,
    _list_tasks,
    _start_weeks,
    _set_check_in,
)


def _suggestion(args: NewTask, today: date) -> Suggestion:
    unit = args.unit or ""
    return Suggestion(
        title=args.title or None,
        amount=_amount(args.amount, unit) if args.amount else None,
        cadence=_cadence(args),
        total=_amount(args.total, unit) if args.total else None,
        due=_day(args.due, today),
        effort=args.minutes_each,
    )


def _amount(value: float, unit: str) -> Amount:
    """Errors: UserFacing for a unit that nothing is counted in."""
    known = UNIT_OF.get(unit.casefold(), "")
    if unit and not known:
        raise UserFacing(
            f'The unit "{unit[:20]}" is not known. Use one like page, minute, km, session or rep.'
        )
    return Amount(Decimal(str(round(value, 2))), known)


def _cadence(args: NewTask) -> Cadence | None:
    if args.cadence == "daily":
        return Cadence(Kind.DAYS, days=EVERY_DAY)
    if args.cadence == "weekdays" and args.weekdays:
        return Cadence(Kind.DAYS, days=frozenset(map(WEEKDAYS.index, args.weekdays)))
    if args.cadence == "times_a_week" and args.times_a_week:
        return Cadence(Kind.WEEKLY, times=args.times_a_week)
    return Cadence(Kind.ONCE) if args.cadence == "once" else None


def _day(text: str | None, today: date) -> date | None:
    """Errors: UserFacing for what names no day."""
    if not text:
        return None
    day = parse_date(text, today)
    if day is None:
        raise UserFacing(f'"{text[:20]}" is no day. Use YYYY-MM-DD.')
    return day
