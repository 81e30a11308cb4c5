"""What the contracts of a conversation start from."""

from dataclasses import dataclass, replace

from switchboard.core.conversation.store import Conversations, Lease, LeaseState, Mailbox
from switchboard.core.conversation.turn import Turn, TurnState, turn_of
from switchboard.core.messages.message import Inbound
from switchboard.core.model.types import Usage
from switchboard.core.spend.ledger import Ledger

from tests.examples import CONVERSATION

MINE, THEIRS = Lease(CONVERSATION, "mine"), Lease(CONVERSATION, "theirs")
NOW, UNTIL = 1_000, 31_000


@dataclass
class Both:
    """The two sides of one conversation."""

    box: Mailbox
    desk: Conversations
    ledger: Ledger


def acquired(both: Both, lease: Lease = MINE, *, now_ms: int = NOW, until_ms: int = UNTIL) -> LeaseState:
    held = both.desk.acquire(lease, now_ms=now_ms, until_ms=until_ms)
    assert held is not None
    return held


def begun(both: Both, *messages: Inbound) -> Turn:
    """Messages kept, the lease taken, and a turn opened with all of them."""
    for message in messages:
        both.box.keep(CONVERSATION, message)
    acquired(both)
    turn = turn_of(messages)
    both.desk.begin(MINE, turn, messages)
    return turn


def answered(turn: Turn) -> Turn:
    return replace(
        turn,
        state=TurnState.ANSWERED,
        text="Hello Ada.",
        page="Hello",
        rest="Ada.",
        beats=(5, "current_time", 5),
        usage=Usage("grammar", 3, 1, 2),
        cost="0.000010",
    )


def closed(both: Both, *messages: Inbound) -> Turn:
    done = both.desk.checkpoint(MINE, answered(begun(both, *messages)))
    assert both.desk.release(MINE) is None
    return done
