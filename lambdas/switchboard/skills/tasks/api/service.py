"""The board of tasks, as the REST API asks it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal

from switchboard.core.messages.ports import Clock
from switchboard.core.people.profiles import Profiles
from switchboard.core.people.tickets import Principal
from switchboard.core.skills.spec import ToolContext
from switchboard.platform.clock import new_id
from switchboard.rest.pages import cursor
from switchboard.skills.tasks.api.board import Change, TaskBoard
from switchboard.skills.tasks.api.models import Board, Card, Counts, Logged, Report, TaskState, Told, Undone
from switchboard.skills.tasks.api.ports import TaskWish
from switchboard.skills.tasks.domain.task import State
from switchboard.skills.tasks.parsing.intent import Intent, Verb


@dataclass(frozen=True, slots=True)
class RestTasks:
    """A request stands for a turn: what comes again under one key is the same turn again."""

    tasks: TaskBoard
    profiles: Profiles
    clock: Clock
    new_turn: Callable[[], str] = new_id

    def board(self, asking: Principal, *, state: TaskState, after: int, limit: int) -> Board:
        found = self.tasks.board(self._context(asking), state=State(state), after=after, limit=limit)
        return Board(
            items=[Card.model_validate(card) for card in found.cards],
            next=cursor(str(found.after) if found.after else ""),
            today=found.today,
            week_starts=found.week_starts,
            counts=Counts(**found.counts),
        )

    def report(self, asking: Principal, task: str) -> Report | None:
        found = self.tasks.report(self._context(asking), task)
        return Report.model_validate(found) if found else None

    def add(self, asking: Principal, sentence: str, key: str | None) -> Told:
        return Told.model_validate(self.tasks.add(self._context(asking, key), sentence))

    def answer(self, asking: Principal, text: str, key: str | None) -> Told:
        return Told.model_validate(self.tasks.answer(self._context(asking, key), text))

    def rep(self, asking: Principal, task: str, amount: Decimal | None, key: str | None) -> Logged | None:
        return self._act(asking, task, Intent(Verb.DID, amount=amount), key)

    def skip(self, asking: Principal, task: str, key: str | None) -> Logged | None:
        return self._act(asking, task, Intent(Verb.SKIP), key)

    def undo(self, asking: Principal, key: str | None) -> Undone:
        return Undone(said=self.tasks.undo(self._context(asking, key)))

    def change(self, asking: Principal, task: str, wish: TaskWish, *, version: int) -> Card | None:
        change = Change(wish.title, wish.due, State(wish.state) if wish.state else None)
        card = self.tasks.change(self._context(asking), task, change, version=version)
        return Card.model_validate(card) if card else None

    def _act(self, asking: Principal, task: str, intent: Intent, key: str | None) -> Logged | None:
        told = self.tasks.act(self._context(asking, key), task, intent)
        return Logged.model_validate(told) if told else None

    def _context(self, asking: Principal, key: str | None = None) -> ToolContext:
        return ToolContext(
            turn=f"request-{key or self.new_turn()}",
            person=asking.person,
            address=asking.address,
            now=datetime.fromtimestamp(self.clock.now_ms() / 1000, UTC),
            earlier=(),
            zone=self.profiles.read(asking.person).zone,
        )
