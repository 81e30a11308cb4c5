"""Words leave numbered and coalesced; what was said can be said again, exactly."""

from dataclasses import dataclass, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from switchboard.core.conversation.reply_stream import (
    COALESCE_SECONDS,
    DELTA_CHARS,
    REPLY_BYTES,
    ReplyStream,
    replay,
    retell,
)
from switchboard.core.conversation.turn import TurnState

from tests.examples import turn
from tests.fakes.clock import ManualClock
from tests.fakes.listener import FakeListener, Heard


@dataclass
class Speaking:
    """A voice, the clock it looks at, and who listens."""

    clock: ManualClock
    listener: FakeListener
    voice: ReplyStream


def speaking() -> Speaking:
    clock, listener = ManualClock(), FakeListener()
    return Speaking(clock, listener, ReplyStream(listener, clock))


def test_the_first_words_leave_at_once() -> None:
    at = speaking()
    at.voice.say("Hello")
    assert at.listener.heard == [Heard("delta", 1, "Hello")]


def test_words_that_follow_quickly_are_sent_together() -> None:
    at = speaking()
    for word in ("One", " two", " three"):
        at.voice.say(word)
    assert at.listener.words == "One"
    at.clock.advance(COALESCE_SECONDS)
    at.voice.tick()
    assert at.listener.heard == [Heard("delta", 1, "One"), Heard("delta", 2, " two three")]


def test_words_wait_no_longer_than_they_have_to() -> None:
    at = speaking()
    at.voice.say("One")
    at.voice.say(" two")
    at.clock.advance(COALESCE_SECONDS - 0.001)
    at.voice.tick()
    assert at.listener.words == "One"
    at.clock.advance(0.001)
    at.voice.tick()
    assert at.listener.words == "One two"


def test_silence_sends_nothing() -> None:
    at = speaking()
    at.clock.advance(10)
    at.voice.tick()
    at.voice.say("")
    at.voice.flush()
    assert (at.listener.heard, at.voice.length) == ([], 0)


def test_a_tool_is_announced_after_everything_said_before_it() -> None:
    at = speaking()
    at.voice.say("Let me")
    at.voice.say(" look.")
    at.voice.tool("current_time")
    assert at.listener.heard == [
        Heard("delta", 1, "Let me"),
        Heard("delta", 2, " look."),
        Heard("tool", 3, "current_time"),
    ]


def test_a_long_delta_leaves_in_pieces() -> None:
    at = speaking()
    at.voice.say("x" * (DELTA_CHARS * 2 + 1))
    assert [len(text) for _, _, text in at.listener.heard] == [DELTA_CHARS, DELTA_CHARS, 1]


def test_a_reply_is_full_when_a_frame_can_carry_no_more() -> None:
    at = speaking()
    at.voice.say("é" * (REPLY_BYTES // 2 - 1))
    assert not at.voice.full
    at.voice.say("é")
    assert at.voice.full


@pytest.mark.parametrize("character", ["x", "é", "😀"])
def test_even_one_enormous_delta_never_makes_a_reply_that_no_frame_carries(character: str) -> None:
    at = speaking()
    at.voice.say("a")
    at.voice.say(character * REPLY_BYTES * 2)
    at.voice.flush()
    assert at.voice.full
    assert REPLY_BYTES - 4 < len(at.voice.text.encode()) <= REPLY_BYTES
    assert at.voice.text == at.listener.words


Step = str | float | tuple[str]

steps = st.lists(
    st.one_of(
        st.text(max_size=12),
        st.floats(min_value=0, max_value=0.1).map(lambda seconds: round(seconds, 3)),
        st.tuples(st.sampled_from(["current_time", "earlier_messages"])),
    ),
    max_size=40,
)


def act(at: Speaking, step: Step) -> None:
    match step:
        case str():
            at.voice.say(step)
        case tuple():
            at.voice.tool(step[0])
        case _:
            at.clock.advance(step)
            at.voice.tick()


def spoken(script: list[Step]) -> Speaking:
    at = speaking()
    for step in script:
        act(at, step)
    at.voice.flush()
    return at


@given(steps)
def test_numbers_run_from_one_without_gaps(script: list[Step]) -> None:
    at = spoken(script)
    assert at.listener.numbers == list(range(1, len(at.voice.beats) + 1))


@given(steps)
def test_the_deltas_joined_are_the_text(script: list[Step]) -> None:
    at = spoken(script)
    assert at.listener.words == at.voice.text == "".join(step for step in script if isinstance(step, str))


@given(steps, st.integers(min_value=0, max_value=60))
def test_a_replay_repeats_exactly_what_came_after_a_number(script: list[Step], after: int) -> None:
    at, again = spoken(script), FakeListener()
    replay(at.voice.text, at.voice.beats, again, after=after)
    assert again.heard == [heard for heard in at.listener.heard if heard.seq > after]


@given(steps, steps, st.integers(min_value=0, max_value=20))
def test_a_listener_that_moved_hears_what_it_missed_and_what_follows(
    before: list[Step], later: list[Step], after: int
) -> None:
    at, moved = spoken(before), FakeListener()
    after = min(after, len(at.voice.beats))
    at.voice.move(moved, after=after)
    for step in later:
        act(at, step)
    at.voice.flush()
    assert moved.numbers == list(range(after + 1, len(at.voice.beats) + 1))
    assert at.listener.heard == spoken(before).listener.heard


@given(steps, st.integers(min_value=0, max_value=60))
def test_a_finished_turn_is_retold_with_its_end(script: list[Step], after: int) -> None:
    at, again = spoken(script), FakeListener()
    finished = replace(
        turn(1), state=TurnState.ANSWERED, text=at.voice.text, beats=tuple(at.voice.beats), cost="0.01"
    )
    retell(finished, again, after=after)
    assert again.heard[-1] == Heard("done", len(at.voice.beats) + 1, at.voice.text)
    assert again.heard[:-1] == [heard for heard in at.listener.heard if heard.seq > after]
