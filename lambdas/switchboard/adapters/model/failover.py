"""Who is asked next: the providers in order, each again if that may help, none while it rests."""

import logging
from collections.abc import Callable, Iterator, Sequence
from typing import Final

from openai import AuthenticationError

from switchboard.adapters.model.endpoint import Endpoint
from switchboard.adapters.model.errors import pause_before_retry, translate
from switchboard.core.errors import ModelRefused, ModelUnavailable, SwitchboardError

TRIES: Final = 2

_log = logging.getLogger(__name__)


class Attempts:
    """Iterate for endpoints; tell of each one's end by `failed`, or by its breaker's `succeeded`."""

    def __init__(
        self,
        endpoints: Sequence[Endpoint],
        *,
        seconds: float,
        clock: Callable[[], float],
        wait: Callable[[float], object],
        tries: int = TRIES,
    ) -> None:
        self._endpoints = endpoints
        self._clock = clock
        self._wait = wait
        self._tries = tries
        self._ends = clock() + seconds
        self._pause: float | None = None
        self._failures: list[SwitchboardError] = []

    @property
    def seconds_left(self) -> float:
        return self._ends - self._clock()

    def __iter__(self) -> Iterator[Endpoint]:
        for endpoint in self._endpoints:
            for _ in range(self._tries):
                if self.seconds_left <= 0 or not endpoint.breaker.allows():
                    break
                self._pause = None
                yield endpoint
                if self._pause is None or self._pause >= self.seconds_left:
                    break
                self._wait(self._pause)

    def failed(self, endpoint: Endpoint, error: Exception) -> None:
        failure = translate(error)
        if isinstance(failure, ModelUnavailable):
            endpoint.breaker.failed()
        if isinstance(error, AuthenticationError):
            endpoint.keys.forget()
        self._failures.append(failure)
        self._pause = pause_before_retry(error)
        _log.warning("model provider failed", extra={"provider": endpoint.name, "reason": str(failure)})

    def verdict(self) -> SwitchboardError:
        """What to raise when nobody answered."""
        if self._failures and all(isinstance(failure, ModelRefused) for failure in self._failures):
            return self._failures[-1]
        return ModelUnavailable(", ".join(map(str, self._failures)) or "every provider rests after failing")
