"""The model hears as much of the past as its budget holds, newest first."""

from dataclasses import replace
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st
from switchboard.core.conversation.history import history_messages, said_before
from switchboard.core.conversation.turn import Turn, TurnState
from switchboard.core.model.token_estimates import MESSAGE_OVERHEAD, estimate_tokens
from switchboard.core.model.types import Assistant, User
from switchboard.core.skills.spec import PastExchange

from tests.examples import turn
from tests.fakes.clock import EPOCH_MS


def exchange(number: int, asked: str, answer: str) -> Turn:
    return replace(turn(number, asked), state=TurnState.ANSWERED, text=answer)


def newest_first(pairs: list[tuple[str, str]]) -> list[Turn]:
    return [exchange(number, *pair) for number, pair in reversed(list(enumerate(pairs)))]


pairs = st.lists(st.tuples(st.text(min_size=1, max_size=60), st.text(min_size=1, max_size=60)), max_size=12)


@given(pairs, st.integers(min_value=0, max_value=400))
def test_the_budget_is_never_exceeded(said: list[tuple[str, str]], budget: int) -> None:
    told = history_messages(newest_first(said), budget=budget)
    assert sum(estimate_tokens(each.text) for each in told if isinstance(each, User | Assistant)) <= budget


@given(pairs, st.integers(min_value=0, max_value=400))
def test_what_is_told_is_the_newest_end_of_the_past_in_order(
    said: list[tuple[str, str]], budget: int
) -> None:
    whole = history_messages(newest_first(said), budget=1_000_000)
    told = history_messages(newest_first(said), budget=budget)
    assert told == whole[len(whole) - len(told) :]


@given(pairs, st.integers(min_value=0, max_value=400))
def test_one_more_exchange_would_not_have_fitted(said: list[tuple[str, str]], budget: int) -> None:
    told = history_messages(newest_first(said), budget=budget)
    left_out = len(said) - len(told) // 2
    if left_out:
        needed = sum(estimate_tokens(text) for pair in said[left_out - 1 :] for text in pair)
        assert needed > budget


def test_exchanges_alternate_oldest_first() -> None:
    turns = newest_first([("Hi", "Hello."), ("Bye", "Bye!")])
    assert history_messages(turns, budget=1_000) == [
        User("Hi"),
        Assistant("Hello."),
        User("Bye"),
        Assistant("Bye!"),
    ]


def test_turns_that_are_open_or_said_nothing_are_left_out() -> None:
    turns = [turn(3, "still open"), exchange(2, "stopped", ""), exchange(1, "Hi", "Hello.")]
    assert history_messages(turns, budget=1_000) == [User("Hi"), Assistant("Hello.")]


@given(st.text(), st.text())
def test_more_text_never_costs_less(text: str, more: str) -> None:
    assert estimate_tokens(text) <= estimate_tokens(text + more)


@given(st.text(), st.text())
def test_two_texts_cost_about_as_much_apart_as_together(one: str, other: str) -> None:
    apart = estimate_tokens(one) + estimate_tokens(other) - MESSAGE_OVERHEAD
    assert apart - 2 <= estimate_tokens(one + other) <= apart


def test_tools_see_finished_exchanges_oldest_first_with_their_time() -> None:
    turns = [turn(3, "still open"), exchange(1, "Bye", "Bye!"), exchange(0, "Hi", "Hello.")]
    start = datetime.fromtimestamp(EPOCH_MS / 1000, UTC)
    assert said_before(turns) == [
        PastExchange(start, "Hi", "Hello."),
        PastExchange(start.replace(second=start.second + 2), "Bye", "Bye!"),
    ]
