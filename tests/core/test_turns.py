"""Which waiting messages are answered together."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from switchboard.core.conversation.turn import MERGE_LIMIT, bare, batch, is_command, turn_of
from switchboard.core.messages.message import Inbound

from tests.examples import ADAS_PAGE, ADAS_PHONE, BABBAGES_PHONE, prompt, text

waiting = st.lists(
    st.builds(
        lambda words, where: (words, where),
        st.sampled_from(["hello", "MORE", "/tasks", "more please"]),
        st.sampled_from([ADAS_PHONE, BABBAGES_PHONE, ADAS_PAGE]),
    ),
    min_size=1,
    max_size=50,
).map(lambda said: [_message(number, *each) for number, each in enumerate(said)])


def _message(number: int, words: str, where: object) -> Inbound:
    if where == ADAS_PAGE:
        return prompt(number, words)
    return text(number, words, address=BABBAGES_PHONE if where == BABBAGES_PHONE else ADAS_PHONE)


def batches(messages: list[Inbound]) -> list[list[Inbound]]:
    found = []
    while messages:
        found.append(list(batch(messages)))
        messages = messages[len(found[-1]) :]
    return found


@given(waiting)
def test_batch_after_batch_nothing_is_lost_or_reordered(messages: list[Inbound]) -> None:
    assert [message for each in batches(messages) for message in each] == messages


@given(waiting)
def test_a_batch_has_one_address_and_one_stream_and_no_command_beside_others(messages: list[Inbound]) -> None:
    for each in batches(messages):
        assert len({(message.address, message.stream) for message in each}) == 1
        assert len(each) <= MERGE_LIMIT
        assert len(each) == 1 or not any(is_command(message.text) or message.stream for message in each)


def test_a_burst_of_texts_is_one_turn() -> None:
    burst = [text(1, "Hi"), text(2, "are you there?"), text(3, "hello?")]
    turn = turn_of(batch(burst))
    assert turn.asked == "Hi\nare you there?\nhello?"
    assert (turn.id, turn.message_id, turn.at_ms) == (burst[0].key, "text-3", burst[0].at_ms)


def test_prompts_are_answered_one_by_one() -> None:
    assert batch([prompt(1), prompt(2)]) == [prompt(1)]


def test_texts_do_not_swallow_a_prompt_that_follows() -> None:
    assert batch([text(1), prompt(2)]) == [text(1)]


@pytest.mark.parametrize("words", ["MORE", " more. ", "/tasks", "  /help me"])
def test_a_command_stands_alone(words: str) -> None:
    assert batch([text(1, words), text(2)]) == [text(1, words)]
    assert batch([text(1), text(2, words)]) == [text(1)]


def test_a_flood_is_taken_in_bites() -> None:
    assert len(batch([text(number) for number in range(MERGE_LIMIT + 5)])) == MERGE_LIMIT


@pytest.mark.parametrize(
    ("said", "meant"),
    [("MORE", "more"), (" More! ", "more"), ('"more"', "more"), ("more please", "more please")],
)
def test_case_space_and_punctuation_do_not_matter(said: str, meant: str) -> None:
    assert bare(said) == meant


def test_messages_sort_by_their_arrival() -> None:
    messages = [text(number) for number in (0, 1, 9, 10, 100, 1_000_000)]
    assert sorted(messages, key=lambda message: message.key) == messages


def test_a_repeated_delivery_has_the_same_key_and_another_message_another() -> None:
    assert text(1).key == text(1).key
    assert text(1).key != text(1, address=BABBAGES_PHONE).key
