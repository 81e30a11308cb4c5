"""The /words of tasks: the same as the tools do, without a model."""

import re
from collections.abc import Callable, Mapping
from typing import Final

from switchboard.core.errors import UserFacing
from switchboard.core.skills.spec import Command, ToolContext
from switchboard.skills.tasks.actions.context import today_of
from switchboard.skills.tasks.actions.service import TaskService
from switchboard.skills.tasks.language.lexicon import DAY_OF
from switchboard.skills.tasks.limits import NUMBER_DIGITS
from switchboard.skills.tasks.parsing import phrases
from switchboard.skills.tasks.parsing.intent import Intent, Verb

_STARTS: Final = re.compile(r"starts?(?: on)? (?P<day>\w+)", re.IGNORECASE)
_CHANGE: Final = re.compile(r"(?P<about>.+?) (?:to|as) (?P<to>.+)", re.IGNORECASE)

Run = Callable[[str, ToolContext], str]


def commands(service: TaskService) -> Mapping[str, Command]:
    def plainly(run: Callable[[ToolContext], str]) -> Run:
        return lambda _rest, context: run(context)

    def named(verb: Verb) -> Run:
        return lambda rest, context: service.carry_out(context, Intent(verb, _required(rest)))

    return {
        "add": Command("adds a task: /add read 20 pages of Dune every day", _add(service)),
        "did": Command("logs a rep: /did 25 pages", _did(service)),
        "skip": Command("skips a rep, and keeps the streak: /skip 1 today", _skip(service)),
        "undo": Command("takes the last change of your tasks back", plainly(service.undo)),
        "today": Command("what today asks for", plainly(service.today)),
        "week": Command("your week as a picture; /week starts sunday", _week(service)),
        "tasks": Command("your tasks", _tasks(service)),
        "task": Command("one task, or any sentence about tasks: /task 1", _task(service)),
        "move": Command("changes when or how much: /move taxes to friday", _changed(service, Verb.MOVE)),
        "rename": Command("another name: /rename 1 to Dune Messiah", _changed(service, Verb.RENAME)),
        "pause": Command("lets a task rest", named(Verb.PAUSE)),
        "resume": Command("takes a task up again", named(Verb.RESUME)),
        "archive": Command("puts a task away", named(Verb.ARCHIVE)),
        "finish": Command("closes a task that is done", named(Verb.FINISH)),
        "checkin": Command("asks you at an hour of yours: /checkin 8:30, or off", _check_in(service)),
        "pick": Command("answers my question: /pick 2", _pick(service)),
        "yes": Command("takes my proposal", plainly(service.confirm)),
        "no": Command("refuses my proposal", plainly(service.decline)),
    }


def _add(service: TaskService) -> Run:
    return lambda rest, context: service.add(context, _required(rest))


def _did(service: TaskService) -> Run:
    def run(rest: str, context: ToolContext) -> str:
        return service.carry_out(context, phrases.did(rest, today_of(context)))

    return run


def _skip(service: TaskService) -> Run:
    def run(rest: str, context: ToolContext) -> str:
        return service.carry_out(context, phrases.skip(rest, today_of(context)))

    return run


def _week(service: TaskService) -> Run:
    def run(rest: str, context: ToolContext) -> str:
        starts = _STARTS.fullmatch(rest)
        if starts is None:
            return service.week(context, after=_after(rest))
        return service.start_weeks(context, weekday(starts["day"]))

    return run


def _tasks(service: TaskService) -> Run:
    return lambda rest, context: service.tasks(context, after=_after(rest))


def _task(service: TaskService) -> Run:
    def run(rest: str, context: ToolContext) -> str:
        number = _required(rest).lstrip("#").isdigit()
        intent = None if number else phrases.understand(rest, today_of(context))
        return service.follow(context, intent) if intent else service.show(context, rest)

    return run


def _changed(service: TaskService, verb: Verb) -> Run:
    def run(rest: str, context: ToolContext) -> str:
        found = _CHANGE.fullmatch(rest)
        if found is None:
            raise UserFacing(f"Say it like: /{verb.value} 1 to something.")
        return service.carry_out(context, Intent(verb, found["about"], to=found["to"]))

    return run


def _pick(service: TaskService) -> Run:
    def run(rest: str, context: ToolContext) -> str:
        if not (rest.isdecimal() and len(rest) <= NUMBER_DIGITS):
            raise UserFacing("Answer with a number, like /pick 2.")
        return service.pick(context, int(rest))

    return run


def _check_in(service: TaskService) -> Run:
    return lambda rest, context: service.check_in(context, rest)


def weekday(name: str) -> int:
    """Errors: UserFacing for what is no day."""
    day = DAY_OF.get(name.casefold())
    if day is None:
        raise UserFacing(f'"{name[:20]}" is no day of the week.')
    return day


def _after(rest: str) -> int:
    return int(rest) if rest.isdecimal() and len(rest) <= NUMBER_DIGITS else 0


def _required(rest: str) -> str:
    if not rest:
        raise UserFacing("What about? Name the task, or its number.")
    return rest
