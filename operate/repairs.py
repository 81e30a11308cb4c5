"""Putting things right: letters back to work, a part sent again, a turn asked again, or either closed."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from switchboard.adapters.dynamo.waiting import Waits
from switchboard.core import repair
from switchboard.core.errors import UserFacing
from switchboard.core.repair import Hand, NotRepairable

from operate import letters
from operate.errors import BadId, NothingFound, Refused
from operate.ids import Letters, Stored
from operate.show import queue_of

if TYPE_CHECKING:
    from operate.account import Account
    from operate.stacks import DeadLetters

ALL = "all"


@dataclass(frozen=True, slots=True)
class Done:
    """What was done to what; `outcome` is a sentence's end."""

    id: str
    outcome: str


def redrive(queue: str, account: Account) -> list[Done]:
    """Dead letters of one queue, or of all that have a queue to go back to. Errors: NothingFound, Refused."""
    return [_redriven(each, account) for each in _chosen(queue, account)]


def resend(name: Stored | Letters, account: Account, hand: Hand) -> Done:
    """Errors: BadId, Refused."""
    if not isinstance(name, Stored) or name.kind is not Waits.PART:
        raise BadId(f"Only a part is sent again, and {name} is none.")
    try:
        repair.resend(name.key, repairs=account.repairs, replies=account.replies, hand=hand)
    except NotRepairable as error:
        raise Refused(f"{name}: {error}") from None
    return Done(str(name), "goes out again")


def rerun(name: Stored | Letters, account: Account, hand: Hand) -> Done:
    """A failed turn is asked again; a conversation that waits is signalled. Errors: BadId, Refused."""
    if not isinstance(name, Stored) or name.kind is Waits.PART:
        raise BadId(f"Only a turn or a conversation is run again, and {name} is neither.")
    if name.kind is Waits.CONVERSATION:
        return _signalled(name, account)
    try:
        kept = repair.rerun(
            name.key, repairs=account.repairs, mailbox=account.mailbox, signals=account.signals, hand=hand
        )
    except (NotRepairable, UserFacing) as error:
        raise Refused(f"{name}: {error}") from None
    return Done(str(name), f"is asked again as turn/{name.conversation}/{kept.key}")


def close(name: Stored | Letters, account: Account, hand: Hand) -> Done:
    """Errors: BadId, NothingFound, Refused."""
    if isinstance(name, Letters):
        return _thrown_away(name, account)
    if name.kind is Waits.CONVERSATION:
        raise BadId("A conversation is not closed: somebody waits in it.")
    shut = account.repairs.close_part if name.kind is Waits.PART else account.repairs.close_turn
    if not shut(name.key, hand):
        raise Refused(f"{name} does not wait for anybody: look at it with show.")
    return Done(str(name), "is closed")


def _chosen(queue: str, account: Account) -> Sequence[DeadLetters]:
    if queue != ALL:
        return [queue_of(Letters(queue), account)]
    return [each for each in account.dead_letters.values() if each.source]


def _redriven(queue: DeadLetters, account: Account) -> Done:
    def progress(done: int, total: int) -> None:
        print(f"\r{queue.name}: {done} of {max(done, total)}", end="", file=sys.stderr, flush=True)

    moved = letters.redrive(account.sqs, queue, progress=progress)
    if moved:
        print(file=sys.stderr)
    return Done(str(Letters(queue.name)), f"{moved} sent back")


def _signalled(name: Stored, account: Account) -> Done:
    if not account.repairs.item(name.conversation, name.sk):
        raise NothingFound(f"There is no {name}.")
    account.signals.signal(name.conversation)
    return Done(str(name), "is signalled for")


def _thrown_away(name: Letters, account: Account) -> Done:
    thrown = letters.discard(account.sqs, queue_of(name, account), name.message)
    if not thrown:
        raise NothingFound(f"There is no {name}, or somebody has it in hand: look again in a minute.")
    return Done(str(name), f"{thrown} thrown away")
