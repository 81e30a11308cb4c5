"""Plain sentences become plans, and what they leave open stays open."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from switchboard.core.errors import UserFacing
from switchboard.skills.tasks.parsing.amounts import Amount
from switchboard.skills.tasks.parsing.draft import HOW_MUCH, HOW_OFTEN, read
from switchboard.skills.tasks.parsing.draft import plan_of as agreed
from switchboard.skills.tasks.store.codec import plan_body, plan_of
from switchboard.skills.tasks.text.formatting import planned

TODAY = date(2026, 11, 21)  # a Saturday


@pytest.mark.parametrize(
    ("sentence", "title", "plan"),
    [
        ("read 20 pages of Dune every day", "read Dune", "20 pages every day"),
        ("Please remind me to read twenty pages of Dune daily.", "read Dune", "20 pages every day"),
        ("finish the tax return by April 12, about six sessions", "finish the tax return",
         "6 sessions by Apr 12 2027"),
        ("30 pushups mon wed fri", "pushups", "30x on Mon Wed Fri"),
        ("30 pushups on Mondays, Wednesdays and Fridays", "pushups", "30x on Mon Wed Fri"),
        ("do a dozen burpees each morning", "do burpees", "12x every day in the morning"),
        ("run 5k three times a week", "run", "5 km 3 times a week"),
        ("practice piano half an hour on weekdays", "practice piano", "30 minutes on weekdays"),
        ("yoga 1.5 hours every sunday", "yoga", "90 minutes on Sun"),
        ("write 500 words mon-fri", "write", "500 words on weekdays"),
        ("walk 10k steps daily", "walk", "10000 steps every day"),
        ("drink 8 glasses of water a day", "drink water", "8 glasses every day"),
        ("call mom every sunday", "call mom", "on Sun"),
        ("call the bank tomorrow", "call the bank", "by tomorrow"),
        ("tomorrow call the bank", "call the bank", "by tomorrow"),
        ("pay rent on friday", "pay rent", "by Fri"),
        ("read 300 pages by Friday", "read", "300 pages by Fri"),
        ("read 1984 every day", "read 1984", "every day"),
        ("read 20 pages of 1984 a day", "read 1984", "20 pages every day"),
        ("stretch every day except sunday", "stretch", "on Mon Tue Wed Thu Fri Sat"),
        ("finish the thesis by May 1, 12 sessions, about 90 minutes each", "finish the thesis",
         "12 sessions by May 1 2027, about 90 minutes each"),
        ("brush teeth twice a day", "brush teeth", "2x every day"),
        ("10 pushups 3 times a day", "pushups", "30x every day"),
        ("meditate every night", "meditate", "every day at night"),
        ("read Dune 20 pages/day, 412 pages in total", "read Dune", "20 pages every day, 412 pages in all"),
        ("submit the form in two weeks", "submit the form in two weeks", None),
        ("submit the form by the end of the month", "submit the form", "by Nov 30"),
        ("learn C++ 45 minutes 4x/week by next month", "learn C++", "45 minutes 4 times a week, by Dec 21"),
        ("wash the car by 2027-02-30", "wash the car by 2027-02-30", None),
    ],
)  # fmt: skip
def test_a_sentence_says_its_plan(sentence: str, title: str, plan: str | None) -> None:
    draft = read(sentence, TODAY)
    assert (draft.title, None if draft.open else planned(agreed(draft), TODAY)) == (title, plan)


@pytest.mark.parametrize(
    ("sentence", "left_open"),
    [
        ("learn Rust", (HOW_MUCH, HOW_OFTEN)),
        ("30 pushups", (HOW_OFTEN,)),
        ("finish the thesis, 12 sessions", (HOW_OFTEN,)),
        ("water the plants every other day", (HOW_MUCH, HOW_OFTEN)),
        ("read Dune every day", ()),
        ("call the bank by friday", ()),
    ],
)
def test_what_a_sentence_leaves_open_is_known(sentence: str, left_open: tuple[str, ...]) -> None:
    assert read(sentence, TODAY).open == left_open


@pytest.mark.parametrize(
    ("sentence", "activity", "thing"),
    [
        ("read 5 pages of Dune a day", "read", "Dune"),
        ("Dune 5 pages a day", "read", "Dune"),
        ("piano practice daily", "practice", "piano"),
        ("go for a run daily", "run", ""),
        ("8 glasses of water to drink daily", "drink", "water"),
        ("pushups daily", "do", "pushups"),
        ("do the dishes daily", "do", "the dishes"),
    ],
)
def test_activity_and_object_are_told_apart(sentence: str, activity: str, thing: str) -> None:
    draft = read(sentence, TODAY)
    assert (draft.activity, draft.object) == (activity, thing)


def test_minutes_each_are_an_estimate_of_effort() -> None:
    draft = read("finish the thesis by May 1, 12 sessions, about 90 minutes each", TODAY)
    assert (draft.effort, draft.total) == (90, Amount(Decimal(12), "session"))


def test_a_cadence_that_no_plan_has_is_not_taken_for_another() -> None:
    draft = read("water the plants every other day", TODAY)
    assert (draft.cadence, draft.unclear, draft.title) == (None, "every other day", "water the plants")


def test_a_total_in_another_unit_is_not_taken_for_one() -> None:
    draft = read("learn Spanish 20 minutes daily, 30 lessons in total", TODAY)
    assert (draft.total, draft.unclear) == (None, "30 lessons in all")


@pytest.mark.parametrize("sentence", ["", "...", "every day", "20 minutes daily", "please add a task:"])
def test_a_sentence_without_a_task_is_refused(sentence: str) -> None:
    with pytest.raises(UserFacing, match="what the task is"):
        read(sentence, TODAY)


@given(st.text(max_size=200))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        draft = read(text, TODAY)
    except UserFacing:
        return
    assert 0 < len(draft.title) <= 60
    assert draft.open or plan_of(plan_body(agreed(draft))) == agreed(draft)


PIECES = [
    "read",
    "20",
    "pages",
    "of",
    "Dune",
    "every",
    "day",
    "by",
    "mon",
    "may 3",
    ",",
    "a",
    "2",
    "x",
    "times",
    "/",
]


@given(
    st.lists(st.sampled_from([*PIECES, "week", "half an", "hour", "six", "0", "999999999", "k"]), max_size=12)
)
def test_any_words_are_read_or_refused(pieces: list[str]) -> None:
    try:
        draft = read(" ".join(pieces), TODAY)
    except UserFacing:
        return
    assert draft.amount is None or 0 < draft.amount.value <= 50_000_000
