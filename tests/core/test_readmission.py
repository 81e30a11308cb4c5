"""Another attempt at a turn whose worker vanished is reserved as the first was, or it is not made."""

from dataclasses import replace

import pytest
from switchboard.core.conversation.budget import WorstCaseCost, readmit
from switchboard.core.conversation.reply import GIVING_UP
from switchboard.core.conversation.turn import MAX_ATTEMPTS, Turn, TurnState, turn_of
from switchboard.core.conversation.turn_cost import worst_case
from switchboard.core.conversation.worker import LEASE_MS
from switchboard.core.spend import usage_texts
from switchboard.core.spend.ledger import (
    Reservation,
    SpendCaps,
    SpendLimits,
    SpendTotals,
    Verdict,
    digest,
    micros,
)

from tests.examples import ADA, text, turn
from tests.fakes.desk import BILLED, Office
from tests.fakes.interruptions import Killed, die
from tests.fakes.ledger import EVERYBODY, FakeLedger
from tests.fakes.model import USAGE, FakeModel

TODAY, TOMORROW, LOTS = "2027-01-15", "2027-01-16", 10**9
COSTS = WorstCaseCost(turn=100, notice=20)
WORST = worst_case(turn_of([text(1)]), spec=BILLED, engine=Office().engine)
THOUGHT = WORST.turn - WORST.notice
ROOMY = SpendLimits(SpendCaps(LOTS, LOTS), SpendCaps(LOTS, LOTS))
NARROW = SpendLimits(SpendCaps(WORST.turn + WORST.notice, LOTS), SpendCaps(LOTS, LOTS))


def vanish(made: Office) -> None:
    """A worker dies while it answers, and its lease runs out."""
    before, made.model.scripts = made.model.scripts, [["One", Killed()]]
    with pytest.raises(Killed):
        made.work()
    made.model = FakeModel(before)
    made.clock.advance(LEASE_MS / 1000 + 1)


def left(limits: SpendLimits = ROOMY, *, before: int = 0) -> Office:
    """A turn whose first worker has vanished; `before` was spent until then."""
    made = Office(FakeModel([["Hello Ada."]]), sms=BILLED, spend=limits)
    made.ledger.settle(ADA, Reservation(TODAY), before)
    made.keep(text(1))
    vanish(made)
    return made


def done(made: Office) -> Turn:
    made.work()
    return made.turns[-1]


def spent(made: Office) -> SpendTotals:
    return made.ledger.standing(ADA, TODAY).day


def test_a_successor_reserves_anew_and_settles_what_was_lost_as_the_worst_case() -> None:
    made = left()
    assert spent(made) == SpendTotals(WORST.turn)
    answer = done(made)
    assert answer.reservation == Reservation(TODAY, WORST.turn + THOUGHT)
    assert micros(answer.cost) == THOUGHT + USAGE.prompt + USAGE.completion + WORST.notice
    assert spent(made) == SpendTotals(micros(answer.cost), micros(answer.cost))


def test_while_a_successor_works_both_attempts_are_set_aside() -> None:
    made = left()
    vanish(made)
    assert spent(made) == SpendTotals(WORST.turn + THOUGHT)


def test_when_all_attempts_vanished_nothing_more_is_reserved_for_saying_so() -> None:
    made = left()
    for _ in range(MAX_ATTEMPTS - 1):
        vanish(made)
    answer = done(made)
    assert (answer.text, answer.reservation.amount) == (GIVING_UP, WORST.turn + 2 * THOUGHT)
    assert micros(answer.cost) == answer.reservation.amount == spent(made).settled


@pytest.mark.parametrize(
    "limits",
    [NARROW, replace(ROOMY, deployment=SpendCaps(WORST.turn * 3 // 2, LOTS))],
    ids=["the person's cap", "everybody's cap"],
)
def test_another_attempt_that_does_not_fit_ends_the_turn_honestly(limits: SpendLimits) -> None:
    made = left(limits)
    answer = done(made)
    assert answer.state is TurnState.FAILED
    assert answer.reservation == Reservation(TODAY, WORST.turn, Verdict.ABANDONED, TOMORROW)
    assert answer.text == usage_texts.abandoned(answer.reservation)
    assert made.model.requests == []
    assert [reply.text for reply in made.replies.published] == [answer.page]
    assert spent(made) == SpendTotals(WORST.turn, WORST.turn)
    assert made.ledger.standing(EVERYBODY, TODAY).day.committed <= limits.deployment.day


def test_a_turn_that_was_abandoned_is_not_tried_again_when_there_is_room(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made = left(NARROW)
    with monkeypatch.context() as dying:
        dying.setattr(made.conversations, "finish", lambda *_: die())
        with pytest.raises(Killed):
            made.work()
    made.clock.advance(LEASE_MS / 1000 + 1)
    made.spend = ROOMY
    answer = done(made)
    assert answer.reservation.verdict is Verdict.ABANDONED
    assert spent(made) == SpendTotals(WORST.turn, WORST.turn)


def test_another_attempt_beyond_80_percent_carries_the_warning() -> None:
    limits = replace(ROOMY, person=SpendCaps(10 * WORST.turn, LOTS))
    answer = done(left(limits, before=WORST.turn * 15 // 2))
    assert answer.reservation == Reservation(TODAY, WORST.turn + THOUGHT, Verdict.WARNED)
    assert answer.text == f"Hello Ada.\n\n{usage_texts.warning(limits.warn_at)}"


def test_who_is_exempt_has_another_attempt_whatever_was_spent() -> None:
    exempt = frozenset({digest("sms:+12065550150")})
    made = left(SpendLimits(SpendCaps(0, 0), SpendCaps(0, 0), exempt=exempt))
    answer = done(made)
    assert answer.text == "Hello Ada."
    assert answer.reservation.amount == WORST.turn + THOUGHT
    assert made.ledger.draws == 0


def test_a_slow_worker_that_had_finished_leaves_the_purse_as_it_was() -> None:
    ledger, limits = FakeLedger(), replace(ROOMY, deployment=SpendCaps(1_000, 1_000))
    spending = Office(spend=limits).spending(ledger)
    open_turn = replace(turn(1), reservation=Reservation(TODAY, 100))
    finished = replace(open_turn, state=TurnState.ANSWERED)
    for _ in range(20):
        assert readmit(open_turn, COSTS, spending=spending, adopt=lambda *_: finished) == finished
    assert ledger.standing(EVERYBODY, TODAY).day.committed == 80
