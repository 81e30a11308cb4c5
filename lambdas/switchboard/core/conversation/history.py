"""What the model is told of earlier turns: as much as a token budget holds, newest first."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from switchboard.core.conversation.turn import Turn
from switchboard.core.messages.quoting import quoted
from switchboard.core.model.token_estimates import estimate_tokens
from switchboard.core.model.types import Assistant, Message, User
from switchboard.core.skills.spec import PastExchange, ToolContext


def history_messages(turns: Sequence[Turn], *, budget: int) -> list[Message]:
    """Whole exchanges, oldest first, from `turns` (newest first) while they fit in `budget` tokens.

    What was answered with somebody else's words in it is told as theirs, not as the assistant's.
    """
    kept = list(_fitting(turns, budget))
    return [message for exchange in reversed(kept) for message in exchange]


def said_before(turns: Sequence[Turn]) -> list[PastExchange]:
    """The same turns (newest first) as tools see them, oldest first."""
    return [
        PastExchange(
            at=datetime.fromtimestamp(turn.at_ms / 1000, UTC),
            asked=turn.said,
            answered=turn.text,
            quoted=turn.quoted,
        )
        for turn in reversed(turns)
        if turn.finished
    ]


def context_of(turn: Turn, earlier: Sequence[Turn], now: datetime) -> ToolContext:
    """What tools and commands may know of a turn; `earlier` are newest first."""
    return ToolContext(
        turn=turn.id,
        person=turn.person,
        address=turn.address,
        now=now,
        earlier=said_before(earlier),
        zone=turn.zone,
    )


def _exchange(turn: Turn) -> tuple[Message, ...]:
    answer = quoted(turn.text, turn.quoted) if turn.quoted else Assistant(turn.text)
    return (User(turn.said), answer) if turn.said else (answer,)


def _fitting(turns: Sequence[Turn], budget: int) -> Iterator[tuple[Message, ...]]:
    for turn in turns:
        if not turn.finished or not turn.text:
            continue
        exchange = _exchange(turn)
        budget -= sum(estimate_tokens(message.text) for message in exchange)
        if budget < 0:
            return
        yield exchange
