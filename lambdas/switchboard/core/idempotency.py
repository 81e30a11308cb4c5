"""A request that comes twice under one key is done once, and answered the same."""

from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from typing import NamedTuple, Protocol

from switchboard.core.errors import UserFacing
from switchboard.core.people.address import PersonId

KEPT_SECONDS = 24 * 60 * 60
GIVEN_UP_MS = 30_000
"""Longer than a request can run: whoever held the key so long has crashed."""


class KeyReused(UserFacing):
    def __init__(self) -> None:
        super().__init__("This Idempotency-Key was used for another request.")


class StillRunning(UserFacing):
    def __init__(self) -> None:
        super().__init__("The request with this Idempotency-Key is still being worked on.")


@dataclass(frozen=True, slots=True)
class Once:
    """`request` says what is asked for: a key of one person belongs to one request."""

    person: PersonId
    key: str
    request: str

    @property
    def digest(self) -> str:
        return sha256(self.key.encode()).hexdigest()


class Answered(NamedTuple):
    """`age_ms` is 0 for an answer that was made just now."""

    answer: str
    age_ms: int = 0


class Made(NamedTuple):
    """An answer, and for how long it is worth giving again."""

    answer: str
    seconds: int = KEPT_SECONDS


class Answers(Protocol):
    def claim(self, once: Once, *, now_ms: int) -> Answered | None:
        """The earlier answer, or None: then it is ours to make. Errors: KeyReused, StillRunning."""

    def keep(self, once: Once, made: Made, *, now_ms: int) -> None: ...

    def release(self, once: Once) -> None:
        """Nothing came of it; the key may be tried again."""


def answer_once(once: Once, make: Callable[[], Made], *, answers: Answers, now_ms: int) -> Answered:
    """Errors: KeyReused, StillRunning; whatever `make` raises, and then the key is free again."""
    earlier = answers.claim(once, now_ms=now_ms)
    if earlier:
        return earlier
    try:
        made = make()
    except Exception:
        answers.release(once)
        raise
    answers.keep(once, made, now_ms=now_ms)
    return Answered(made.answer)
