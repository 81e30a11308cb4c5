"""What a turn may cost at worst, and what it did cost, in micro-dollars."""

from switchboard.core.channels.spec import ChannelSpec
from switchboard.core.conversation.budget import WorstCaseCost
from switchboard.core.conversation.reply import ReplyEngine, worst_usage
from switchboard.core.conversation.turn import Turn
from switchboard.core.messages.message import Origin
from switchboard.core.people.address import Address
from switchboard.core.skills.commands import asked
from switchboard.core.spend.ledger import micros
from switchboard.core.spend.prices import PriceBook


def worst_case(turn: Turn, *, spec: ChannelSpec, engine: ReplyEngine) -> WorstCaseCost:
    """One attempt: every round of tools with a full history, and the longest page that the channel sends."""
    notice = _parts(spec.page_parts, turn.address, engine.prices)
    thinks = _needs_a_model(turn) and not _is_over(turn)
    thought = engine.prices.cost(worst_usage(turn.asked, engine)) if thinks else 0
    return WorstCaseCost(turn=micros(thought) + notice, notice=notice)


def _needs_a_model(turn: Turn) -> bool:
    return turn.origin is Origin.PERSON and turn.keyword is None and asked(turn.asked) is None


def _is_over(turn: Turn) -> bool:
    return turn.silent or turn.given_up or turn.reservation.refused


def actual(turn: Turn, *, spec: ChannelSpec, engine: ReplyEngine) -> int:
    """What the model took and what the page takes.

    Nobody knows what an attempt had used up when its worker vanished: each counts as the worst case, which
    is what was reserved beyond this last one's.
    """
    lost = turn.reservation.amount - worst_case(turn, spec=spec, engine=engine).turn
    sent = _parts(spec.parts(turn.page), turn.address, engine.prices)
    return micros(turn.cost or "0") + max(0, lost) + sent


def _parts(count: int, address: Address, prices: PriceBook) -> int:
    return micros(count * prices.part(address))
