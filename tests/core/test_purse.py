"""Everybody's money is taken in tranches and spent in memory."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from switchboard.core.spend.budget_pool import TRANCHES_A_DAY, BudgetPool
from switchboard.core.spend.ledger import BudgetExceeded, SpendCaps

from tests.fakes.ledger import EVERYBODY, FakeLedger

TODAY, TOMORROW = "2026-11-21", "2026-11-22"
CAPS = SpendCaps(10_000, 100_000)
TRANCHE = CAPS.day // TRANCHES_A_DAY


def drawn(ledger: FakeLedger, day: str = TODAY) -> int:
    return ledger.standing(EVERYBODY, day).day.committed


def test_many_small_turns_take_one_write() -> None:
    ledger = FakeLedger()
    pool = BudgetPool(ledger, CAPS)
    for _ in range(10):
        pool.draw(TRANCHE // 10, TODAY, within=CAPS)
    assert (ledger.draws, drawn(ledger)) == (1, TRANCHE)


def test_what_comes_back_is_spent_again_before_more_is_drawn() -> None:
    ledger = FakeLedger()
    pool = BudgetPool(ledger, CAPS)
    for _ in range(50):
        pool.draw(TRANCHE, TODAY, within=CAPS)
        pool.give(TRANCHE, TODAY)
    assert ledger.draws == 1


def test_a_turn_that_needed_more_than_it_had_is_made_up_for() -> None:
    ledger = FakeLedger()
    pool = BudgetPool(ledger, CAPS)
    pool.draw(TRANCHE, TODAY, within=CAPS)
    pool.give(-3 * TRANCHE, TODAY)
    pool.draw(TRANCHE, TODAY, within=CAPS)
    assert drawn(ledger) == 5 * TRANCHE


def test_near_the_cap_a_tranche_is_exactly_what_is_needed() -> None:
    ledger = FakeLedger()
    ledger.draw(9_950, TODAY, room=CAPS)
    BudgetPool(ledger, CAPS).draw(50, TODAY, within=CAPS)
    assert drawn(ledger) == 10_000
    with pytest.raises(BudgetExceeded):
        BudgetPool(ledger, CAPS).draw(1, TODAY, within=CAPS)


def test_an_amount_beyond_the_caps_is_refused_without_asking() -> None:
    ledger = FakeLedger()
    with pytest.raises(BudgetExceeded):
        BudgetPool(ledger, CAPS).draw(CAPS.day + 1, TODAY, within=CAPS)
    assert ledger.draws == 0


def test_a_new_day_begins_with_an_empty_purse_and_takes_nothing_of_yesterdays() -> None:
    ledger = FakeLedger()
    pool = BudgetPool(ledger, CAPS)
    pool.draw(1, TODAY, within=CAPS)
    pool.draw(1, TOMORROW, within=CAPS)
    pool.give(99, TODAY)
    pool.draw(TRANCHE, TOMORROW, within=CAPS)
    assert (drawn(ledger, TODAY), drawn(ledger, TOMORROW)) == (TRANCHE, 2 * TRANCHE)


@given(
    st.lists(st.tuples(st.integers(0, 2), st.integers(1, 400)), max_size=80),
    st.builds(SpendCaps, st.integers(0, 5_000), st.integers(0, 5_000)),
)
def test_however_many_processes_draw_they_stay_within_the_caps(
    draws: list[tuple[int, int]], caps: SpendCaps
) -> None:
    ledger = FakeLedger()
    purses, spent = [BudgetPool(ledger, caps) for _ in range(3)], 0
    for which, amount in draws:
        try:
            purses[which].draw(amount, TODAY, within=caps)
        except BudgetExceeded:
            continue
        spent += amount
    assert spent <= drawn(ledger) <= min(caps)
