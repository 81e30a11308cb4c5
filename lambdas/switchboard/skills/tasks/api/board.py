"""The skill's door for a page: a board of cards, and what is done to a task that one sees and points at."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final, NamedTuple

from switchboard.core.people.profiles import VersionConflict
from switchboard.core.skills.records import Records
from switchboard.core.skills.spec import ToolContext
from switchboard.skills.tasks.actions import execute
from switchboard.skills.tasks.actions.add import add, confirm, decline
from switchboard.skills.tasks.actions.change import ACTS
from switchboard.skills.tasks.actions.context import Desk, today_of
from switchboard.skills.tasks.actions.service import TaskService
from switchboard.skills.tasks.api import reports
from switchboard.skills.tasks.domain.task import State, Task
from switchboard.skills.tasks.parsing.intent import Intent, Verb
from switchboard.skills.tasks.parsing.phrases import understand
from switchboard.skills.tasks.store.keys import owner_of
from switchboard.skills.tasks.store.repository import head_of, load
from switchboard.skills.tasks.store.unit_of_work import Outcome, Work

MOVED_BY: Final = {State.OPEN: Verb.RESUME, State.PAUSED: Verb.PAUSE, State.ARCHIVED: Verb.ARCHIVE}


@dataclass(frozen=True, slots=True)
class Change:
    """What a task shall be; None stays as it is. A state is among those of MOVED_BY."""

    title: str | None = None
    due: date | None = None
    state: State | None = None


class Told(NamedTuple):
    """What was answered, and the task that it is about; None while that is asked."""

    said: str
    task: reports.Card | None


@dataclass(frozen=True, slots=True)
class TaskBoard:
    """Tasks go by their ids; one that is not there is None. Errors: UserFacing, as for the service."""

    records: Records

    def board(self, context: ToolContext, *, state: State, after: int, limit: int) -> reports.Board:
        return reports.board(self._work(context), today_of(context), state=state, after=after, limit=limit)

    def report(self, context: ToolContext, task: str) -> reports.Report | None:
        work = self._work(context)
        found = load(work, task)
        return reports.report(work, found, today_of(context)) if found else None

    def add(self, context: ToolContext, sentence: str) -> Told:
        return self._told(context, self._done(context, lambda desk: add(desk, sentence), Verb.ADD, sentence))

    def answer(self, context: ToolContext, text: str) -> Told:
        """Yes, no, a number, or what the person would rather have."""
        return self._told(context, self._done(context, lambda desk: _answered(desk, text), "answer", text))

    def act(self, context: ToolContext, task: str, intent: Intent) -> Told | None:
        """Do what can be done with a task: its words and its number need not be said."""
        if load(self._work(context), task) is None:
            return None

        def act(desk: Desk) -> str:
            return ACTS[intent.verb](desk, intent, _there(desk.work, task))

        return self._told(context, self._done(context, act, repr(intent), task))

    def change(self, context: ToolContext, task: str, wish: Change, *, version: int) -> reports.Card | None:
        """All of it or nothing, to the task as it was read. Errors: VersionConflict, too."""
        if load(self._work(context), task) is None:
            return None

        def act(desk: Desk) -> str:
            if _there(desk.work, task).version != version:
                raise VersionConflict
            intents = _intents(wish, _there(desk.work, task))
            said = [ACTS[intent.verb](desk, intent, _there(desk.work, task)) for intent in intents]
            return " ".join(said)

        self._done(context, act, repr(wish), task)
        return self._card(context, task)

    def undo(self, context: ToolContext) -> str:
        return TaskService(self.records).undo(context)

    def _done(self, context: ToolContext, act: Callable[[Desk], str], *said: str) -> Outcome:
        return TaskService(self.records).done(context, act, *said)

    def _told(self, context: ToolContext, outcome: Outcome) -> Told:
        return Told(outcome.said, self._card(context, outcome.task) if outcome.task else None)

    def _card(self, context: ToolContext, task: str) -> reports.Card | None:
        work = self._work(context)
        found = load(work, task)
        return reports.card(found, today_of(context), starts=head_of(work).week_starts) if found else None

    def _work(self, context: ToolContext) -> Work:
        return Work(self.records, owner_of(context.person))


def _answered(desk: Desk, text: str) -> str:
    intent = understand(text, desk.today)
    match intent:
        case Intent(verb=Verb.YES):
            return confirm(desk)
        case Intent(verb=Verb.NO):
            return decline(desk)
        case Intent(verb=Verb.PICK, about=number):
            return execute.pick(desk, int(number))
    return add(desk, text)


def _intents(wish: Change, task: Task) -> Iterator[Intent]:
    if wish.title is not None and wish.title != task.plan.title:
        yield Intent(Verb.RENAME, to=wish.title)
    if wish.due is not None and wish.due != task.plan.due:
        yield Intent(Verb.MOVE, to=wish.due.isoformat())
    if wish.state is not None and wish.state is not task.state:
        yield Intent(MOVED_BY[wish.state])


def _there(work: Work, task: str) -> Task:
    """Tasks are archived, never deleted. Errors: VersionConflict, when this one is gone after all."""
    found = load(work, task)
    if found is None:
        raise VersionConflict
    return found
