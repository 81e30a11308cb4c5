"""Lists from the parts of a call become one, without repetitions and without losses."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from switchboard.skills.calls.analysis.merge_parts import joined_lists, lists, others
from switchboard.skills.calls.profiles.builtin import STANDARD

from tests.skills.calls.examples import INTEGER, TEXT, closed

SCHEMA = STANDARD.schema
ARRAY_OF_TEXT = closed(words={"type": "array", "items": TEXT})


def joined(name: str, *parts: list[Any]) -> list[Any]:
    schema = closed(**{name: SCHEMA["properties"][name]})
    return joined_lists([{name: part} for part in parts], schema)[name]


def todo(task: str, owner: str | None = None, due: str | None = None) -> dict[str, Any]:
    return {"task": task, "owner": owner, "due": due, "quote": "", "line": 1}


def test_lists_are_joined_here_and_the_rest_is_left_to_a_reader() -> None:
    assert others(SCHEMA) == ["summary"]
    assert set(lists(SCHEMA)) == set(SCHEMA["properties"]) - {"summary"}


def test_an_action_item_that_both_parts_found_is_one_with_all_that_is_known() -> None:
    found = joined(
        "action_items",
        [todo("Send the revised offer to Acme", due="Friday")],
        [todo("Send revised offer to Acme.", owner="Anna"), todo("Book a room")],
    )
    assert [(each["task"], each["owner"], each["due"]) for each in found] == [
        ("Send the revised offer to Acme", "Anna", "Friday"),
        ("Book a room", None, None),
    ]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Call Ada on Monday", "Call Ada on Tuesday"),
        ("Send invoice 12", "Send invoice 13"),
        ("Send the first draft of the contract", "Send the second draft of the contract"),
        (
            "Pay 100 dollars to Acme before the end of the month",
            "Pay 200 dollars to Acme before the end of the month",
        ),
    ],
)
def test_items_that_only_sound_alike_stay_two(one: str, other: str) -> None:
    assert len(joined("action_items", [todo(one)], [todo(other)])) == 2


def test_items_that_one_reader_told_apart_stay_apart() -> None:
    assert len(joined("action_items", [todo("Call Ada"), todo("Call Ada")], [todo("Call Ada")])) == 2


def test_the_mood_is_one_series_over_the_whole_call() -> None:
    def point(line: int, score: int) -> dict[str, Any]:
        return {"line": line, "score": score, "label": "neutral"}

    found = joined("sentiment", [point(1, 10), point(8, 20)], [point(8, 99), point(12, 30)])
    assert found == [point(1, 10), point(8, 20), point(12, 30)]


def test_each_criterion_has_one_score_which_is_the_mean() -> None:
    def scored(criterion: str, score: int) -> dict[str, Any]:
        return {"criterion": criterion, "score": score, "why": "x", "quote": "", "line": score}

    found = joined("scorecard", [scored("clarity", 2)], [scored("clarity", 5), scored("closing", 4)])
    assert [(each["criterion"], each["score"], each["line"]) for each in found] == [
        ("clarity", 4, 2),
        ("closing", 4, 4),
    ]


def test_lists_of_plain_text_are_joined_too() -> None:
    parts = [{"words": ["Pricing plans", "Refund"]}, {"words": ["the pricing plans", "Delivery"]}]
    assert joined_lists(parts, ARRAY_OF_TEXT) == {"words": ["Pricing plans", "Refund", "Delivery"]}


def test_lists_of_numbers_lose_only_what_is_the_same() -> None:
    schema = closed(n={"type": "array", "items": INTEGER})
    assert joined_lists([{"n": [1, 2]}, {"n": [2, 3]}], schema) == {"n": [1, 2, 3]}


TITLES = st.lists(
    st.sampled_from(["Price", "Delivery date", "Refund", "Contract terms", "Team"]), unique=True
)


@given(st.lists(TITLES, min_size=1, max_size=5))
def test_nothing_is_lost_nothing_doubled_and_the_order_kept(parts: list[list[str]]) -> None:
    found = joined_lists([{"words": part} for part in parts], ARRAY_OF_TEXT)["words"]
    assert found == list(dict.fromkeys(title for part in parts for title in part))


@given(TITLES)
def test_what_is_joined_with_itself_stays_the_same(titles: list[str]) -> None:
    found = joined_lists([{"words": titles}] * 3, ARRAY_OF_TEXT)["words"]
    assert found == titles
