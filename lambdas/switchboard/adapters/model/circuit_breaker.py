"""A circuit breaker in memory: a provider that keeps failing rests, then gets one trial at a time.

Powertools' breaker wraps one call and keeps its state in DynamoDB; a stream is no single call, and a
sandbox that learns for itself spares every turn the extra requests.
"""

import threading
from collections.abc import Callable


class Breaker:
    """Open after `failures` in a row; every `rest_seconds` from then on, one try is let through."""

    def __init__(self, clock: Callable[[], float], *, failures: int = 3, rest_seconds: float = 30.0) -> None:
        self._clock = clock
        self._limit = failures
        self._rest = rest_seconds
        self._lock = threading.Lock()
        self._failures = 0
        self._resting_until = 0.0

    def allows(self) -> bool:
        with self._lock:
            if self._failures < self._limit:
                return True
            if self._clock() < self._resting_until:
                return False
            self._resting_until = self._clock() + self._rest
            return True

    def succeeded(self) -> None:
        with self._lock:
            self._failures = 0

    def failed(self) -> None:
        with self._lock:
            self._failures += 1
            self._resting_until = self._clock() + self._rest
