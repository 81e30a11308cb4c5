"""Waiting for something that starts: often asked, never for ever."""

import time
from collections.abc import Callable

from local.errors import NotAnswering

POLL_SECONDS = 0.1


def wait_until(ready: Callable[[], bool], *, what: str, seconds: float) -> None:
    """Raises NotAnswering."""
    deadline = time.monotonic() + seconds
    while not ready():
        if time.monotonic() > deadline:
            raise NotAnswering(f"{what} did not answer within {seconds:.0f} seconds.")
        time.sleep(POLL_SECONDS)
