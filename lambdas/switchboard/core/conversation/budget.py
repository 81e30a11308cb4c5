"""Letting a turn in: its worst case is reserved with the person and with everybody, or it is refused."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from decimal import Decimal

from switchboard.core.conversation.turn import Turn
from switchboard.core.errors import LeaseLost
from switchboard.core.people.throttle import Rate, Throttle, ThrottleKey
from switchboard.core.spend.budget_pool import BudgetPool
from switchboard.core.spend.ledger import (
    BudgetExceeded,
    Ledger,
    Reservation,
    ReservationLimits,
    SpendCaps,
    SpendLimits,
    SpendStatus,
    Verdict,
    admits,
    resets,
)

FOR_TURNS = Decimal("0.98")
"""Of everybody's caps; the rest is kept for telling people that they are reached."""

KEYWORD_ANSWERS = Rate(3, 60 * 60 * 1000)
"""How often an hour an address is answered each of STOP, START and HELP, which anybody may send for free."""

Begin = Callable[[Turn, ReservationLimits | None], bool]
Adopt = Callable[[Reservation, ReservationLimits | None], Turn]


@dataclass(frozen=True, slots=True)
class WorstCaseCost:
    """The worst case of a turn, and of the one page that would refuse it."""

    turn: int
    notice: int


@dataclass(frozen=True, slots=True)
class BudgetDeps:
    """What a worker knows of money."""

    limits: SpendLimits
    ledger: Ledger
    pool: BudgetPool
    pace: Throttle


def admit(turn: Turn, costs: WorstCaseCost, *, day: str, spending: BudgetDeps, begin: Begin) -> Turn | None:
    """The turn as `begin` opened it; None when what it takes changed meanwhile.

    What says nothing costs nothing. What the law has us hear is never refused, only answered less often.
    """
    if turn.silent or not costs.turn:
        return _begun(replace(turn, reservation=Reservation(day)), None, begin)
    if turn.keyword:
        return _admit_keyword(turn, costs, day, spending, begin)
    granted = Reservation(day, costs.turn)
    if spending.limits.exempts(turn.address):
        return _begun(replace(turn, reservation=granted), None, begin)
    door = _TurnReservation(replace(turn, reservation=granted), costs, spending, begin)
    try:
        return door.pay()
    except _Refusal as refusal:
        return door.refuse(refusal)


def _admit_keyword(
    turn: Turn, costs: WorstCaseCost, day: str, spending: BudgetDeps, begin: Begin
) -> Turn | None:
    """In silence when that address was answered often enough this hour, or everybody's cap has no room."""
    quiet = replace(turn, reservation=Reservation(day), silent=True)
    bucket = ThrottleKey.of("keyword", f"{turn.address} {turn.keyword}")
    if spending.pace.take(bucket, KEYWORD_ANSWERS, now_ms=turn.at_ms):
        return _begun(quiet, None, begin)
    paid = Reservation(day, costs.notice)
    door = _TurnReservation(replace(turn, reservation=paid), costs, spending, begin)
    try:
        return door.answer(paid)
    except BudgetExceeded:
        return _begun(quiet, None, begin)


def readmit(turn: Turn, costs: WorstCaseCost, *, spending: BudgetDeps, adopt: Adopt) -> Turn:
    """The turn as `adopt` took it over: another attempt is reserved beside those that were lost.

    One that does not fit, as a first attempt has to, is not made: the turn is abandoned.
    """
    kept, more = turn.reservation, costs.turn - costs.notice
    if not more or spending.limits.exempts(turn.address):
        return adopt(replace(kept, amount=kept.amount + more), None)
    adopted = turn

    def begin(asked: Turn, terms: ReservationLimits | None) -> bool:
        nonlocal adopted
        adopted = adopt(replace(asked.reservation, amount=kept.amount + more), terms)
        return not adopted.finished

    door = _TurnReservation(replace(turn, reservation=replace(kept, amount=more)), costs, spending, begin)
    try:
        door.pay()
    except _Refusal as refusal:
        ended = replace(refusal.reservation, amount=kept.amount, verdict=Verdict.ABANDONED)
        return adopt(ended, None)
    return adopted


class _Refusal(Exception):
    """`told` is true when the person has been told today."""

    def __init__(self, verdict: Verdict, day: str, standing: SpendStatus, room: SpendCaps) -> None:
        self.reservation = Reservation(day, 0, verdict, resets(standing, day, room))
        self.told = standing.refused == day


@dataclass(frozen=True, slots=True)
class _TurnReservation:
    """One turn that has to be paid for; it asks for its worst case."""

    turn: Turn
    costs: WorstCaseCost
    spending: BudgetDeps
    begin: Begin

    def pay(self) -> Turn | None:
        """Everybody's money first: it is mostly in the purse. Errors: _Refusal."""
        within, asked = self.spending.limits.deployment.share(FOR_TURNS), self.turn.reservation
        try:
            return self._out_of_purse(asked, within, self._reserve)
        except BudgetExceeded as error:
            room = within.less(asked.amount)
            raise _Refusal(Verdict.CLOSED, asked.day, error.standing, room) from error

    def answer(self, paid: Reservation) -> Turn | None:
        """Whatever the person has spent. Errors: BudgetExceeded, by everybody's cap."""
        within = self.spending.limits.deployment
        return self._out_of_purse(paid, within, lambda: _begun(self.turn, None, self.begin))

    def refuse(self, refusal: _Refusal) -> Turn | None:
        """Once a day where a page costs something, each time where it does not; otherwise in silence."""
        plain, notice = refusal.reservation, self.costs.notice
        if not notice:
            return _begun(replace(self.turn, reservation=plain), None, self.begin)
        if not refusal.told:
            with suppress(BudgetExceeded):
                return self._tell(replace(plain, amount=notice))
        return _begun(replace(self.turn, reservation=plain, silent=True), None, self.begin)

    def _tell(self, paid: Reservation) -> Turn | None:
        limits = self.spending.limits
        terms = ReservationLimits(limits.person.less(paid.amount), limits.person)
        told = replace(self.turn, reservation=paid)
        return self._out_of_purse(paid, limits.deployment, lambda: _begun(told, terms, self.begin))

    def _reserve(self) -> Turn | None:
        """Within 80 % of the caps, or beyond with a warning; always so that a refusal can still be paid."""
        limits, asked = self.spending.limits, self.turn.reservation
        room = limits.person.less(self.costs.notice + asked.amount)
        terms = ReservationLimits(room, limits.person.share(limits.warn_at))
        warned = replace(asked, verdict=Verdict.WARNED)
        try:
            return _begun(self.turn, terms, self.begin)
        except BudgetExceeded as error:
            standing = error.standing
        if admits(standing, warned, terms):
            try:
                return _begun(replace(self.turn, reservation=warned), terms, self.begin)
            except BudgetExceeded as error:
                standing = error.standing
        raise _Refusal(Verdict.REFUSED, asked.day, standing, room)

    def _out_of_purse(
        self, reservation: Reservation, within: SpendCaps, opened: Callable[[], Turn | None]
    ) -> Turn | None:
        """What was drawn goes back when the turn was certainly not opened.

        Errors: BudgetExceeded, _Refusal.
        """
        pool = self.spending.pool
        pool.draw(reservation.amount, reservation.day, within=within)
        try:
            turn = opened()
        except (BudgetExceeded, LeaseLost, _Refusal):
            pool.give(reservation.amount, reservation.day)
            raise
        if turn is None:
            pool.give(reservation.amount, reservation.day)
        return turn


def _begun(turn: Turn, terms: ReservationLimits | None, begin: Begin) -> Turn | None:
    if terms and min(terms.room) < 0:
        raise BudgetExceeded(SpendStatus())
    return turn if begin(turn, terms) else None
