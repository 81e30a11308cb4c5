"""Waiting for what happens on its own time: asked often, never for ever."""

import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")

POLL_SECONDS = 0.05
PATIENCE = 60.0


def eventually(look: Callable[[], T | None], *, what: str, seconds: float = PATIENCE) -> T:
    """The first thing seen that is not empty; fails the test when nothing comes in time."""
    deadline = time.monotonic() + seconds
    while not (seen := look()):
        if time.monotonic() > deadline:
            raise AssertionError(f"{what}: not within {seconds:.0f} s")
        time.sleep(POLL_SECONDS)
    return seen
