"""Everything that waits for the operator: dead dead_letters, open parts, failed turns, conversations."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from switchboard.adapters.dynamo.conversation.overdue_index import OverdueKind
from switchboard.adapters.operations import dead_letters
from switchboard.adapters.operations.ids import Letters, Stored, stored
from switchboard.core.channels.delivery import PartState
from switchboard.core.operations.stuck import Action, StuckItem

if TYPE_CHECKING:
    from switchboard.adapters.dynamo.conversation.overdue_index import OverdueItem
    from switchboard.adapters.dynamo.table.items import Item
    from switchboard.adapters.operations.dead_letters import DeadLetters
    from switchboard.adapters.operations.deps import Works

MINUTE_MS = 60_000
PART_DEADLINE_MS = 15 * MINUTE_MS
CONVERSATION_DEADLINE_MS = 3 * MINUTE_MS
AT_MOST = 500
LETTERS = "letters"


def stuck(works: Works, *, now_ms: int, at_most: int = AT_MOST) -> list[StuckItem]:
    """Dead letters first, then what waits longest; at most so many of a kind."""
    queues = [_letters(works, queue) for queue in works.dead_letters.values()]
    waiting = _found(
        judge(stored(kind, each), each, works, now_ms)
        for kind, judge in (
            (OverdueKind.PART, _part),
            (OverdueKind.TURN, _turn),
            (OverdueKind.CONVERSATION, _conversation),
        )
        for each in works.waiting.of(kind, before=now_ms + 1, limit=at_most)
    )
    return [*_found(queues), *sorted(waiting, key=lambda each: each.since_ms or 0)]


def held(state: Item, now_ms: int) -> bool:
    """Whether a worker's lease on the conversation runs."""
    return "holder" in state and bool(state["held_until"] >= now_ms)


def _found(findings: Iterable[StuckItem | None]) -> Iterator[StuckItem]:
    return (finding for finding in findings if finding)


def _letters(works: Works, queue: DeadLetters) -> StuckItem | None:
    """The oldest of the few that were looked at: a queue tells no more."""
    number = dead_letters.count(works.sqs, queue)
    if not number:
        return None
    seen = dead_letters.look(works.sqs, queue, at_most=dead_letters.BATCH)
    return StuckItem(
        id=str(Letters(queue.name)),
        kind=LETTERS,
        state="dead letters",
        since_ms=min((letter.sent_ms for letter in seen), default=None),
        can=(Action.REDRIVE,) if queue.source else (Action.CLOSE,),
        count=number,
    )


def _part(name: Stored, found: OverdueItem, works: Works, now_ms: int) -> StuckItem | None:
    """What was begun a moment ago, or comes again by itself, is not stuck."""
    item = works.repairs.item(name.conversation, name.sk)
    state = item.get("part_state")
    if state is None or (state != PartState.UNKNOWN_AFTER_SEND and _fresh(found, now_ms, PART_DEADLINE_MS)):
        return None
    return StuckItem(str(name), name.kind, str(state), found.since_ms, (Action.RESEND, Action.CLOSE))


def _turn(name: Stored, found: OverdueItem, works: Works, _now_ms: int) -> StuckItem:
    """A page was told at once, so that nobody waits for a new answer there."""
    told = works.repairs.item(name.conversation, name.sk).get("stream")
    can = (Action.CLOSE,) if told else (Action.RERUN, Action.CLOSE)
    return StuckItem(str(name), name.kind, "failed", found.since_ms, can)


def _conversation(name: Stored, found: OverdueItem, works: Works, now_ms: int) -> StuckItem | None:
    item = works.repairs.item(name.conversation, name.sk)
    vanished = "open_turn" in item and not held(item, now_ms)
    if not vanished and _fresh(found, now_ms, CONVERSATION_DEADLINE_MS):
        return None
    state = "open turn, holder vanished" if vanished else f"{item['came'] - item['taken']} waiting"
    return StuckItem(str(name), name.kind, state, found.since_ms, (Action.RERUN,))


def _fresh(found: OverdueItem, now_ms: int, deadline_ms: int) -> bool:
    return now_ms - found.since_ms < deadline_ms
