"""Everything that waits for the operator: dead letters, open parts, failed turns, conversations."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from switchboard.adapters.dynamo.waiting import Waits
from switchboard.core.delivery import PartState

from operate import letters
from operate.ids import Letters, Stored, stored

if TYPE_CHECKING:
    from switchboard.adapters.dynamo.items import Item
    from switchboard.adapters.dynamo.waiting import Found

    from operate.account import Account
    from operate.stacks import DeadLetters

MINUTE_MS = 60_000
PART_DEADLINE_MS = 15 * MINUTE_MS
CONVERSATION_DEADLINE_MS = 3 * MINUTE_MS
AT_MOST = 500


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the table; `next` is the target of make that deals with it."""

    id: Stored | Letters
    state: str
    since_ms: int
    next: str
    count: int = 1


def stuck(account: Account, *, now_ms: int) -> list[Finding]:
    """Dead letters first, then what waits longest; at most 500 of a kind."""
    queues = [_letters(account, queue) for queue in account.dead_letters.values()]
    waiting = (
        found
        for kind, judge in ((Waits.PART, _part), (Waits.TURN, _turn), (Waits.CONVERSATION, _conversation))
        for each in account.waiting.of(kind, before=now_ms + 1, limit=AT_MOST)
        if (found := judge(stored(kind, each), each, account, now_ms))
    )
    return [*_found(queues), *sorted(waiting, key=lambda each: each.since_ms)]


def of(kind: Waits, account: Account, *, now_ms: int) -> Iterator[Stored]:
    """The parts or turns that `stuck` lists."""
    for finding in stuck(account, now_ms=now_ms):
        if isinstance(finding.id, Stored) and finding.id.kind is kind:
            yield finding.id


def _found(findings: Iterable[Finding | None]) -> Iterator[Finding]:
    return (finding for finding in findings if finding)


def _letters(account: Account, queue: DeadLetters) -> Finding | None:
    """The oldest of the few that were looked at: a queue tells no more."""
    number = letters.count(account.sqs, queue)
    if not number:
        return None
    seen = letters.look(account.sqs, queue, at_most=letters.BATCH)
    return Finding(
        id=Letters(queue.name),
        state="dead letters",
        since_ms=min((letter.sent_ms for letter in seen), default=0),
        next=f"redrive QUEUE={queue.name}" if queue.source else f"close ID={Letters(queue.name)}",
        count=number,
    )


def _part(name: Stored, found: Found, account: Account, now_ms: int) -> Finding | None:
    """What was begun a moment ago, or comes again by itself, is not stuck."""
    item = account.repairs.item(name.conversation, name.sk)
    state = item.get("part_state")
    if state is None or (state != PartState.UNKNOWN_AFTER_SEND and _fresh(found, now_ms, PART_DEADLINE_MS)):
        return None
    return Finding(name, str(state), found.since_ms, "resend, or close")


def _turn(name: Stored, found: Found, _account: Account, _now_ms: int) -> Finding:
    return Finding(name, "failed", found.since_ms, "rerun, or close")


def _conversation(name: Stored, found: Found, account: Account, now_ms: int) -> Finding | None:
    item = account.repairs.item(name.conversation, name.sk)
    vanished = "open_turn" in item and not held(item, now_ms)
    if not vanished and _fresh(found, now_ms, CONVERSATION_DEADLINE_MS):
        return None
    state = "open turn, holder vanished" if vanished else f"{item['came'] - item['taken']} waiting"
    return Finding(name, state, found.since_ms, "rerun: signals again")


def held(state: Item, now_ms: int) -> bool:
    """Whether a worker's lease on the conversation runs."""
    return "holder" in state and bool(state["held_until"] >= now_ms)


def _fresh(found: Found, now_ms: int, deadline_ms: int) -> bool:
    return now_ms - found.since_ms < deadline_ms
