"""Runs last: after all the others, nothing waits and nothing was given up."""

import time
from collections.abc import Sequence

from tests.e2e.queues import Queues

PATIENCE = 60


def test_every_queue_runs_empty_and_no_message_was_given_up(queues: Queues) -> None:
    at_work, dead = queues.at_work(), queues.dead_letters()
    assert len(at_work) >= 4
    assert len(dead) > len(at_work)
    assert left_in(queues, at_work, seconds=PATIENCE) == {}
    assert left_in(queues, dead, seconds=0) == {}


def left_in(queues: Queues, urls: Sequence[str], *, seconds: float) -> dict[str, int]:
    """What is still in them when they are empty or the time is over."""
    deadline = time.monotonic() + seconds
    while (left := {url: held for url in urls if (held := queues.held(url))}) and time.monotonic() < deadline:
        time.sleep(0.1)
    return left
