"""What is answered without the model: keywords, news, commands, refusals, the next page."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from switchboard.core.channels.spec import ChannelSpec
from switchboard.core.conversation.consent import ANSWERS
from switchboard.core.conversation.history import context_of
from switchboard.core.conversation.turn import Turn, bare
from switchboard.core.messages.message import Origin
from switchboard.core.model.types import ToolCall
from switchboard.core.skills.commands import Commands
from switchboard.core.spend.usage_texts import refusal


class Told(NamedTuple):
    """What is said at once; `quoted` and `withheld` as in a turn."""

    text: str
    quoted: str = ""
    withheld: tuple[ToolCall, ...] = ()


def shortcut(
    turn: Turn, earlier: Sequence[Turn], *, spec: ChannelSpec, commands: Commands, now: datetime
) -> Told | None:
    """What is said at once; None when the model has to be asked. `earlier` are newest first."""
    if turn.keyword:
        return Told(ANSWERS[turn.keyword])
    if turn.origin is not Origin.PERSON:
        return Told(turn.asked, turn.quoted)
    context, offers = context_of(turn, earlier, now), spec.policy.offers
    told = commands.answer(turn.asked, context, offers=offers)
    if told is not None:
        return Told(told, commands.source(turn.asked, context, offers=offers))
    if turn.reservation.refused:
        return Told(refusal(turn.reservation))
    return _more(earlier) if bare(turn.asked) == "more" else None


def _more(earlier: Sequence[Turn]) -> Told | None:
    """The rest of what was said last, whoever's words it is."""
    last = earlier[0] if earlier else None
    return Told(last.rest, last.quoted, last.withheld) if last and last.rest else None
