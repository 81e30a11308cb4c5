"""Progress as it happens: what is being done now, and how long each finished step took."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TextIO

WIDTH = 46


class Steps:
    """On a terminal the line of a running step is replaced when it ends; elsewhere only ends are written."""

    def __init__(self, out: TextIO | None = None, *, now: Callable[[], float] = time.monotonic) -> None:
        self._out = out or sys.stdout
        self._now = now
        self._began = now()

    @property
    def seconds(self) -> float:
        """Since the first step could begin."""
        return self._now() - self._began

    @contextmanager
    def step(self, doing: str, done: str) -> Iterator[None]:
        began = self._now()
        if self._out.isatty():
            self._write(f"· {doing} …")
        try:
            yield
        except BaseException:
            self._end(f"✗ {doing}", began)
            raise
        self._end(f"✓ {done}", began)

    def _end(self, line: str, began: float) -> None:
        replacing = "\r" if self._out.isatty() else ""
        self._write(f"{replacing}{line:<{WIDTH}}{self._now() - began:6.1f} s\n")

    def _write(self, text: str) -> None:
        self._out.write(text)
        self._out.flush()
