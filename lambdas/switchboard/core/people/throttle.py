"""Token buckets: how often something may happen, for each name that is kept only as a digest."""

from dataclasses import dataclass
from hashlib import sha256
from typing import Protocol, Self

MINUTE_MS = 60_000


@dataclass(frozen=True, slots=True)
class ThrottleKey:
    """Whose tokens: never the name itself."""

    digest: str

    @classmethod
    def of(cls, kind: str, name: str) -> Self:
        return cls(sha256(f"{kind}:{name}".encode(errors="surrogatepass")).hexdigest())


@dataclass(frozen=True, slots=True)
class Rate:
    """So many in a span, a minute unless told otherwise; as many can be saved up."""

    count: int
    span_ms: int = MINUTE_MS

    @property
    def interval_ms(self) -> int:
        return self.span_ms // self.count

    @property
    def saved_ms(self) -> int:
        """How far before it is full again a bucket still has a token."""
        return self.interval_ms * (self.count - 1)


class Throttle(Protocol):
    def take(self, bucket: ThrottleKey, rate: Rate, *, now_ms: int) -> int:
        """Take a token: 0, or the milliseconds until there is one."""
