"""Putting things right: letters back to work, a part sent again, a turn asked again, or either closed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from switchboard.adapters.dynamo.conversation.overdue_index import OverdueKind
from switchboard.adapters.operations import dead_letters
from switchboard.adapters.operations.ids import Letters, Stored
from switchboard.core.errors import UserFacing
from switchboard.core.operations import repairs
from switchboard.core.operations.repairs import ActionNotAllowed, AuditStamp, ItemNotFound, NotRepairable

if TYPE_CHECKING:
    from switchboard.adapters.operations.deps import Works


def resend(name: Stored | Letters, works: Works, hand: AuditStamp) -> str:
    """Errors: ActionNotAllowed, NotRepairable."""
    if not isinstance(name, Stored) or name.kind is not OverdueKind.PART:
        raise ActionNotAllowed(f"Only a part is sent again, and {name} is none.")
    try:
        repairs.resend(name.key, repairs=works.repairs, replies=works.replies, hand=hand)
    except NotRepairable as error:
        raise NotRepairable(f"{name}: {error}") from None
    return "goes out again"


def rerun(name: Stored | Letters, works: Works, hand: AuditStamp) -> str:
    """A failed turn is asked again; a conversation that waits is signalled.

    Errors: ActionNotAllowed, ItemNotFound, NotRepairable.
    """
    if not isinstance(name, Stored) or name.kind is OverdueKind.PART:
        raise ActionNotAllowed(f"Only a turn or a conversation is run again, and {name} is neither.")
    if name.kind is OverdueKind.CONVERSATION:
        return _signalled(name, works)
    try:
        kept = repairs.rerun(
            name.key, repairs=works.repairs, mailbox=works.mailbox, signals=works.signals, hand=hand
        )
    except (NotRepairable, UserFacing) as error:
        raise NotRepairable(f"{name}: {error}") from None
    return f"is asked again as turn/{name.conversation}/{kept.key}"


def close(name: Stored | Letters, works: Works, hand: AuditStamp) -> str:
    """Errors: ActionNotAllowed, ItemNotFound, NotRepairable."""
    if isinstance(name, Letters):
        return _thrown_away(name, works)
    if name.kind is OverdueKind.CONVERSATION:
        raise ActionNotAllowed("A conversation is not closed: somebody waits in it.")
    shut = works.repairs.close_part if name.kind is OverdueKind.PART else works.repairs.close_turn
    if not shut(name.key, hand):
        raise NotRepairable(f"{name} does not wait for anybody: look at it again.")
    return "is closed"


def _signalled(name: Stored, works: Works) -> str:
    if not works.repairs.item(name.conversation, name.sk):
        raise ItemNotFound(f"There is no {name}.")
    works.signals.signal(name.conversation)
    return "is signalled for"


def _thrown_away(name: Letters, works: Works) -> str:
    thrown = dead_letters.discard(works.sqs, works.queue_of(name), name.message)
    if not thrown:
        raise ItemNotFound(f"There is no {name}, or somebody has it in hand: look again in a minute.")
    return f"{thrown} thrown away"
