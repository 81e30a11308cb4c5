"""What a turn may cost at worst, what it did cost, and what a person is told of it."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from switchboard.channels import CHANNELS
from switchboard.core.conversation.turn import MAX_ATTEMPTS, Turn
from switchboard.core.conversation.turn_cost import actual, worst_case
from switchboard.core.people.address import Address
from switchboard.core.spend import usage_texts
from switchboard.core.spend.ledger import (
    MICRO,
    Reservation,
    SpendCaps,
    SpendStatus,
    SpendTotals,
    Verdict,
    day_of,
    dollars,
    micros,
)
from switchboard.platform.prices import price_book

from tests.examples import turn
from tests.fakes.clock import EPOCH_MS
from tests.fakes.desk import BILLED, SMS, Office

PAGE, TODAY = 20_000, "2026-11-21"
MIND = Office().engine


def test_the_worst_case_holds_the_longest_page_where_pages_are_billed() -> None:
    engine = Office().engine
    billed, free = (worst_case(turn(1), spec=spec, engine=engine) for spec in (BILLED, SMS))
    assert (billed.notice, free.notice) == (PAGE, 0)
    assert billed.turn == free.turn + PAGE > PAGE


@given(st.text(max_size=200))
def test_the_longer_the_question_the_dearer_the_worst_case(more: str) -> None:
    engine = Office().engine
    short, long = (worst_case(turn(1, words), spec=SMS, engine=engine) for words in ("Hi", f"Hi {more}"))
    assert short.turn <= long.turn


def test_a_turn_costs_what_its_model_took_and_what_its_page_takes() -> None:
    done = replace(turn(1), cost="0.000123", page="two words")
    assert actual(done, spec=BILLED, engine=MIND) == 123 + PAGE
    assert actual(done, spec=SMS, engine=MIND) == 123


def test_silence_costs_nothing() -> None:
    assert actual(turn(1), spec=BILLED, engine=MIND) == 0


def test_each_attempt_that_vanished_counts_as_the_worst_case() -> None:
    worst = worst_case(turn(1), spec=BILLED, engine=MIND).turn
    kept = Reservation(TODAY, worst + 2 * 5_000)
    done = replace(turn(1), cost="0.000100", reservation=kept, attempts=3)
    assert actual(done, spec=BILLED, engine=MIND) == 100 + 2 * 5_000


@pytest.mark.parametrize(
    "over",
    [
        replace(turn(1), attempts=MAX_ATTEMPTS + 1, reservation=Reservation(TODAY, 5_000 + PAGE)),
        replace(turn(1), attempts=2, reservation=Reservation(TODAY, 5_000 + PAGE, Verdict.ABANDONED)),
    ],
)
def test_a_turn_that_is_given_up_costs_all_that_was_reserved_but_for_its_page(over: Turn) -> None:
    assert worst_case(over, spec=BILLED, engine=MIND).turn == PAGE
    assert actual(replace(over, page="Sorry."), spec=BILLED, engine=MIND) == 5_000 + PAGE // 2


def test_a_refusal_that_was_tried_again_costs_its_page() -> None:
    kept = Reservation(TODAY, PAGE, Verdict.REFUSED)
    done = replace(turn(1), page="Sorry.", reservation=kept, attempts=3)
    assert actual(done, spec=BILLED, engine=MIND) == PAGE // 2


@given(st.decimals(min_value=0, max_value=1_000, places=9))
def test_amounts_are_rounded_up_to_the_millionth(amount: Decimal) -> None:
    assert 0 <= micros(amount) - amount * MICRO < 1
    assert micros(dollars(micros(amount))) == micros(amount)


def test_days_are_those_of_utc() -> None:
    assert day_of(EPOCH_MS) == "2027-01-15"
    assert (day_of(1_795_219_199_999), day_of(1_795_219_200_000)) == ("2026-11-20", "2026-11-21")


# The price book on file


@pytest.mark.parametrize(
    ("number", "price"), [("+12065550100", "0.0130"), ("+44207", "0.05"), ("+370600", "0.25")]
)
def test_a_part_costs_what_its_country_costs(number: str, price: str) -> None:
    assert price_book().part(Address("sms", number)) == Decimal(price)


def test_whatever_is_sent_in_parts_has_a_price_for_them() -> None:
    book = price_book()
    for spec in CHANNELS.values():
        assert bool(spec.page_parts) == (spec.name in book.parts) == bool(spec.parts("Hello."))


@pytest.mark.parametrize("spec", CHANNELS.values(), ids=CHANNELS)
@given(words=st.text(max_size=2_000))
def test_no_page_is_longer_than_its_channel_says(spec: object, words: str) -> None:
    channel = next(each for each in CHANNELS.values() if each is spec)
    assert channel.parts(channel.paginate(words).text) <= channel.page_parts


# What a person is told


def test_usage_is_told_in_a_sentence() -> None:
    standing = SpendStatus(SpendTotals(900_000, 30_000), SpendTotals(5_000_000, 410_000))
    caps = SpendCaps(1 * MICRO, 10 * MICRO)
    assert usage_texts.usage(standing, caps, day=TODAY, exempt=False) == (
        "You have used $0.03 of $1.00 (3%) today and $0.41 of $10.00 (4%) this month. "
        "A new day begins on 22 November at 00:00 UTC."
    )
    assert usage_texts.usage(standing, caps, day=TODAY, exempt=True) == (
        "You have used $0.03 today and $0.41 this month; you have no limit."
    )


@pytest.mark.parametrize("verdict", [Verdict.REFUSED, Verdict.CLOSED])
def test_a_refusal_says_when_it_ends_and_fits_on_a_page(verdict: Verdict) -> None:
    told = usage_texts.refusal(Reservation("2026-12-31", 0, verdict, "2027-01-01"))
    assert told.endswith("I can answer again from 1 January at 00:00 UTC.")
    assert ("Everybody" in told) == (verdict is Verdict.CLOSED)
    assert CHANNELS["sms"].parts(told) == 1


def test_what_is_said_of_an_abandoned_turn_says_when_it_ends_and_fits_on_a_page() -> None:
    told = usage_texts.abandoned(Reservation("2026-11-29", 0, Verdict.ABANDONED, "2026-11-30"))
    assert told.endswith("I can answer again from 30 November at 00:00 UTC.")
    assert CHANNELS["sms"].parts(told) == 1


def test_a_warning_fits_into_one_part_too() -> None:
    assert "80%" in usage_texts.warning(Decimal("0.8"))
    assert CHANNELS["sms"].parts(usage_texts.warning(Decimal("0.8"))) == 1
