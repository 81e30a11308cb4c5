"""Calls and profiles that somebody brought along go with them again, wherever it is cut short."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from switchboard.core.people.address import PersonId
from switchboard.skills.calls.profiles.repository import ProfileBook
from switchboard.skills.calls.profiles.selection import choose
from switchboard.skills.calls.store.merge_people import join
from switchboard.skills.calls.store.repository import CallBook
from switchboard.skills.calls.store.separate_people import separate

from tests.skills.calls.examples import ADA, call
from tests.skills.calls.test_passing_on import HEIR, Stopped, Stopping, furnish, kept

NEWCOMER, LATER = PersonId("newcomer"), PersonId("later")


@pytest.fixture
def records() -> Stopping:
    return joined()


def joined() -> Stopping:
    made = Stopping()
    made.left = 10_000
    furnish(made)
    join(made, ADA, HEIR)
    return made


def test_calls_go_with_whoever_brought_them(records: Stopping) -> None:
    book = CallBook(records)
    book.add(replace(call(4), person=HEIR))
    separate(records, ADA, HEIR, NEWCOMER)
    assert [each.id for each in book.page(HEIR).calls] == [call(number).id for number in (4, 3)]
    assert [each.id for each in book.page(NEWCOMER).calls] == [call(number).id for number in (2, 1)]
    assert {book.find(call(number).id).person for number in (1, 2)} == {NEWCOMER}


def test_profiles_go_with_them_and_still_analyse_their_calls(records: Stopping) -> None:
    separate(records, ADA, HEIR, NEWCOMER)
    assert [each.id for each in ProfileBook(records, HEIR).all()] == ["standard", "gist"]
    theirs = ProfileBook(records, NEWCOMER)
    assert choose(CallBook(records).find(call(1).id), theirs).name == "Ada's 1"
    (other,) = (each for each in theirs.all() if each.id != "standard")
    assert (other.newest, list(other.trail)) == (3, [1, 2])


def test_no_note_is_left_but_of_what_stays(records: Stopping) -> None:
    CallBook(records).remove(call(1).id)
    separate(records, ADA, HEIR, NEWCOMER)
    assert kept(records, ADA) == {}
    assert not [key for key in kept(records, HEIR) if key.startswith("CAME#")]


def test_they_are_found_where_they_have_moved_on_to(records: Stopping) -> None:
    join(records, HEIR, LATER)
    separate(records, ADA, LATER, NEWCOMER)
    book = CallBook(records)
    assert [each.id for each in book.page(LATER).calls] == [call(3).id]
    assert [each.id for each in book.page(NEWCOMER).calls] == [call(number).id for number in (2, 1)]


@given(st.lists(st.integers(1, 8), max_size=6))
def test_cut_short_anywhere_it_comes_to_the_same(stops: list[int]) -> None:
    whole, cut = joined(), joined()
    separate(whole, ADA, HEIR, NEWCOMER)
    for stop in stops:
        cut.left = stop
        with suppress(Stopped):
            separate(cut, ADA, HEIR, NEWCOMER)
    cut.left = 10_000
    separate(cut, ADA, HEIR, NEWCOMER)
    for person in (ADA, HEIR, NEWCOMER):
        assert kept(cut, person) == kept(whole, person)
