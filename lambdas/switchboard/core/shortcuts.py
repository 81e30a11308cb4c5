"""What is answered without the model: keywords, news, commands, refusals, the next page."""

from collections.abc import Sequence
from datetime import datetime

from switchboard.core.account import refusal
from switchboard.core.channel import ChannelSpec
from switchboard.core.commands import Commands
from switchboard.core.consent import ANSWERS
from switchboard.core.history import context_of
from switchboard.core.messages import Origin
from switchboard.core.turns import Turn, bare


def shortcut(
    turn: Turn, earlier: Sequence[Turn], *, spec: ChannelSpec, commands: Commands, now: datetime
) -> str:
    """What is said at once; "" when the model has to be asked. `earlier` are newest first."""
    if turn.keyword:
        return ANSWERS[turn.keyword]
    if turn.origin is not Origin.PERSON:
        return turn.asked
    told = commands.answer(turn.asked, context_of(turn, earlier, now), offered=spec.policy.private)
    if told is not None:
        return told
    if turn.reservation.refused:
        return refusal(turn.reservation)
    rest = earlier[0].rest if earlier else ""
    return rest if bare(turn.asked) == "more" else ""
