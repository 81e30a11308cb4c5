"""Putting things right from a terminal: one thing after the other, with progress where it takes time."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from switchboard.adapters.operations import dead_letters
from switchboard.adapters.operations.ids import Letters

if TYPE_CHECKING:
    from switchboard.adapters.operations.dead_letters import DeadLetters
    from switchboard.adapters.operations.deps import Works

ALL = "all"


@dataclass(frozen=True, slots=True)
class Done:
    """What was done to what; `outcome` is a sentence's end."""

    id: str
    outcome: str


def redrive(queue: str, works: Works) -> list[Done]:
    """Dead letters of one queue, or of all that have a queue to go back to.

    Errors: ItemNotFound, NotRepairable.
    """
    return [_redriven(each, works) for each in _chosen(queue, works)]


def _chosen(queue: str, works: Works) -> Sequence[DeadLetters]:
    if queue != ALL:
        return [works.queue_of(Letters(queue))]
    return [each for each in works.dead_letters.values() if each.source]


def _redriven(queue: DeadLetters, works: Works) -> Done:
    def progress(done: int, total: int) -> None:
        print(f"\r{queue.name}: {done} of {max(done, total)}", end="", file=sys.stderr, flush=True)

    moved = dead_letters.redrive(works.sqs, queue, progress=progress)
    if moved:
        print(file=sys.stderr)
    return Done(str(Letters(queue.name)), f"{moved} sent back")
