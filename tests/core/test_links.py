"""Codes survive being read, typed and dictated, and are too many to guess."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from switchboard.core.linking.codes import TooManyTries, masked, newcomer, numbered
from switchboard.core.verification_codes import (
    ALPHABET,
    LENGTH,
    LIFETIME_MS,
    MOST_TRIES,
    NoCode,
    plain,
    shown,
)

from tests.examples import ADA, ADAS_PAGE, ADAS_PHONE, BABBAGES_PHONE

codes = st.text(ALPHABET, min_size=LENGTH, max_size=LENGTH)


def test_there_are_forty_bits_in_a_code() -> None:
    assert len(set(ALPHABET)) == len(ALPHABET)
    assert LENGTH * math.log2(len(ALPHABET)) >= 40


def test_whoever_guesses_at_full_speed_for_a_year_from_a_thousand_phones_has_no_chance() -> None:
    a_year = 365 * 24 * 3600 * 1000
    guesses = 1_000 * MOST_TRIES * a_year / LIFETIME_MS
    assert guesses / len(ALPHABET) ** LENGTH < 0.001


def test_no_two_symbols_look_alike() -> None:
    assert not set("OILU") & set(ALPHABET)


def test_a_code_is_shown_in_two_halves() -> None:
    assert shown("K7QM3XPD") == "K7QM-3XPD"


@given(codes)
def test_a_code_that_is_shown_is_read_again(code: str) -> None:
    assert plain(shown(code)) == code


@given(codes, st.sampled_from([" ", "-", "", ". ", " - "]))
def test_case_spaces_and_dashes_do_not_matter(code: str, gap: str) -> None:
    assert plain(f" {gap.join(code.lower())}. ") == code


@given(codes)
def test_letters_that_are_mistaken_for_digits_are_taken_for_them(code: str) -> None:
    assert plain(code.replace("0", "o").replace("1", "l")) == code
    assert plain(code.replace("0", "O").replace("1", "I")) == code


@pytest.mark.parametrize("text", ["", "K7QM", "K7QM-3XPD-2", "K7QM-3XPU", "é7QM3XPD", "help me please"])
def test_what_is_no_code_is_said_to_be_none(text: str) -> None:
    with pytest.raises(NoCode, match="eight letters and digits"):
        plain(text)


@pytest.mark.parametrize(("wait_ms", "minutes"), [(1, 1), (60_000, 1), (60_001, 2), (600_000, 10)])
def test_too_many_tries_says_how_long_to_wait(wait_ms: int, minutes: int) -> None:
    assert f"wait {minutes} min" in str(TooManyTries(wait_ms))


def test_a_number_is_shown_by_its_end_and_an_account_not_at_all() -> None:
    assert masked(ADAS_PHONE) == "sms …0150"
    assert masked(ADAS_PAGE) == "web"


def test_a_list_says_where_one_is() -> None:
    listed = numbered([ADAS_PHONE, BABBAGES_PHONE], here=BABBAGES_PHONE)
    assert listed == "1. sms …0150\n2. sms …0151 (here)"


def test_whoever_leaves_in_one_turn_is_one_person_however_often_it_is_tried() -> None:
    assert newcomer(ADA, "turn-1") == newcomer(ADA, "turn-1") != newcomer(ADA, "turn-2")
