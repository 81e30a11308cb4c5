"""One streamed answer, from the first provider that begins to speak."""

import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial

from switchboard.adapters.model.endpoint import Endpoint
from switchboard.adapters.model.errors import FAILURES
from switchboard.adapters.model.failover import Attempts
from switchboard.adapters.model.stream_parser import Assembly
from switchboard.adapters.model.stream_thread import Line
from switchboard.core.errors import ModelInterrupted
from switchboard.core.model.types import Event, Request

Begin = Callable[[Callable[[float], object]], Attempts]


class Answer:
    """A core.model.Stream: nothing is asked before it is iterated, and `close` ends it from any thread."""

    def __init__(self, request: Request, *, begin: Begin, first_token_seconds: float) -> None:
        self._request = request
        self._begin = begin
        self._first_token_seconds = first_token_seconds
        self._closed = threading.Event()
        self._line: Line | None = None

    def close(self) -> None:
        self._closed.set()
        if self._line is not None:
            self._line.close()

    def __iter__(self) -> Iterator[Event]:
        """Errors: ModelUnavailable and ModelRefused before the first event, ModelInterrupted after it."""
        attempts = self._begin(self._closed.wait)
        for endpoint in attempts:
            if self._closed.is_set():
                return
            spoke = False
            try:
                for event in self._events(endpoint, attempts):
                    spoke = True
                    yield event
            except FAILURES as error:
                attempts.failed(endpoint, error)
                if spoke:
                    raise ModelInterrupted(f"{endpoint.name} broke off") from error
            else:
                return
        if not self._closed.is_set():
            raise attempts.verdict()

    def _events(self, endpoint: Endpoint, attempts: Attempts) -> Iterator[Event]:
        assembly = Assembly(endpoint.answers(self._request))
        give_up_at = max(0.0, attempts.seconds_left - self._first_token_seconds)
        with closing(self._opened(endpoint)) as line:
            while (chunk := line.next(attempts.seconds_left - give_up_at)) is not None:
                yield from assembly.take(chunk)
                give_up_at = 0.0 if assembly.begun else give_up_at
        if not self._closed.is_set():
            yield from assembly.end()
            endpoint.breaker.succeeded()

    def _opened(self, endpoint: Endpoint) -> Line:
        line = self._line = Line(partial(endpoint.open, self._request))
        if self._closed.is_set():
            line.close()
        return line
