"""What waits for an operator, and what can be done about it."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from switchboard.core.operations.repairs import AuditStamp


class Action(StrEnum):
    RESEND = "resend"
    CLOSE = "close"
    RERUN = "rerun"
    REDRIVE = "redrive"


@dataclass(frozen=True, slots=True)
class StuckItem:
    """`id` is what a repair is asked with; `since_ms` (Unix milliseconds) is None when nobody knows."""

    id: str
    kind: str
    state: str
    since_ms: int | None
    can: tuple[Action, ...]
    count: int = 1


class OperatorConsole(Protocol):
    def stuck(self, *, now_ms: int) -> Sequence[StuckItem]:
        """Dead letters first, then what waits longest."""

    def repair(self, name: str, action: Action, hand: AuditStamp) -> str:
        """What came of it, as a sentence's end.

        Errors: InvalidItemId, ItemNotFound, ActionNotAllowed, NotRepairable.
        """
