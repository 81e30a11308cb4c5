"""The operator's work for somebody who waits for the answer: bounded in number, and so in time."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from switchboard.adapters.operations import dead_letters, repairs
from switchboard.adapters.operations.deps import Works
from switchboard.adapters.operations.ids import Letters, Stored, parse
from switchboard.adapters.operations.stuck import stuck
from switchboard.core.operations.repairs import ActionNotAllowed, AuditStamp
from switchboard.core.operations.stuck import Action, StuckItem

LISTED = 50
REDRIVEN = 100


@dataclass(frozen=True, slots=True)
class OperatorsWorkshop:
    works: Works

    def stuck(self, *, now_ms: int) -> Sequence[StuckItem]:
        return stuck(self.works, now_ms=now_ms, at_most=LISTED)

    def repair(self, name: str, action: Action, hand: AuditStamp) -> str:
        return BY_ACTION[action](parse(name), self.works, hand)


def _redrive(name: Stored | Letters, works: Works, _hand: AuditStamp) -> str:
    if not isinstance(name, Letters) or name.message:
        raise ActionNotAllowed(f"Only the dead letters of a queue are sent back, and {name} is none.")
    queue = works.queue_of(name)
    moved = dead_letters.redrive(works.sqs, queue, progress=lambda _done, _total: None, at_most=REDRIVEN)
    return f"{moved} sent back"


BY_ACTION: Mapping[Action, Callable[[Stored | Letters, Works, AuditStamp], str]] = {
    Action.RESEND: repairs.resend,
    Action.RERUN: repairs.rerun,
    Action.CLOSE: repairs.close,
    Action.REDRIVE: _redrive,
}
