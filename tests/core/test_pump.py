"""A model's stream has a steady beat, whatever the provider does."""

import threading
import time
from contextlib import closing

import pytest
from switchboard.core.errors import ModelInterrupted, ModelUnavailable
from switchboard.core.model.stream_reader import paced
from switchboard.core.model.types import Finished, Stream, TextDelta

from tests.fakes.model import STALL, USAGE, FakeStream

SOON = 2.0


def test_events_come_in_order_and_the_iteration_ends() -> None:
    events = [event for event in paced(lambda: FakeStream(["a", "b"]), tick_seconds=SOON) if event]
    assert events == [TextDelta("a"), TextDelta("b"), Finished(USAGE, "stop")]


def test_silence_ticks() -> None:
    with closing(paced(lambda: FakeStream(["a", STALL]), tick_seconds=0.001)) as beat:
        assert [next(beat) for _ in range(4)][-2:] == [None, None]


def test_what_a_stream_raises_is_raised_after_what_it_said() -> None:
    beat = paced(lambda: FakeStream(["a", ModelInterrupted("cut")]), tick_seconds=SOON)
    assert next(beat) == TextDelta("a")
    with pytest.raises(ModelInterrupted):
        next(beat)


def test_a_stream_that_cannot_open_raises() -> None:
    def refuse() -> Stream:
        raise ModelUnavailable("down")

    with pytest.raises(ModelUnavailable):
        list(paced(refuse, tick_seconds=SOON))


def test_leaving_a_stalled_stream_closes_it_promptly() -> None:
    stream = FakeStream(["a", STALL])
    began = time.monotonic()
    with closing(paced(lambda: stream, tick_seconds=SOON)) as beat:
        next(beat)
    assert stream.closed.is_set()
    assert time.monotonic() - began < SOON / 2


def test_a_stream_that_opens_after_everybody_left_is_closed() -> None:
    may_open, stream = threading.Event(), FakeStream([STALL])

    def slow() -> FakeStream:
        may_open.wait(SOON)
        return stream

    with closing(paced(slow, tick_seconds=0.001)) as beat:
        assert next(beat) is None
    may_open.set()
    assert stream.closed.wait(SOON)


def test_every_stream_is_closed_even_one_that_ended_by_itself() -> None:
    stream = FakeStream(["a"])
    list(paced(lambda: stream, tick_seconds=SOON))
    assert stream.closed.is_set()
