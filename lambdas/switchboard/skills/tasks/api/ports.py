"""What the routes of tasks work with."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

from switchboard.skills.tasks import SPEC

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal

    from switchboard.core.people.tickets import Principal
    from switchboard.rest.ports import Ports
    from switchboard.skills.tasks.api.models import Board, Card, Logged, Report, TaskState, Told, Undone


class TaskWish(NamedTuple):
    """What a task shall be; None stays as it is."""

    title: str | None = None
    due: date | None = None
    state: TaskState | None = None


class Tasks(Protocol):
    """None for a task that this person does not have; `key` is the request's Idempotency-Key.

    Errors: UserFacing, for what cannot be done as things stand.
    """

    def board(self, asking: Principal, *, state: TaskState, after: int, limit: int) -> Board: ...
    def report(self, asking: Principal, task: str) -> Report | None: ...
    def add(self, asking: Principal, sentence: str, key: str | None) -> Told: ...
    def answer(self, asking: Principal, text: str, key: str | None) -> Told: ...
    def rep(self, asking: Principal, task: str, amount: Decimal | None, key: str | None) -> Logged | None: ...
    def skip(self, asking: Principal, task: str, key: str | None) -> Logged | None: ...
    def undo(self, asking: Principal, key: str | None) -> Undone: ...
    def change(self, asking: Principal, task: str, wish: TaskWish, *, version: int) -> Card | None:
        """Errors: VersionConflict, too."""


def tasks_of(ports: Ports) -> Tasks:
    made: Tasks = ports.served(SPEC.name)
    return made
