"""Signing in: a bearer token for a username and password, renewed while its session lasts."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from switchboard.core.errors import UserFacing
from switchboard.core.throttle import Bucket, Rate, Throttle

SESSION_SECONDS = 30 * 24 * 60 * 60
FORWARDED = 5
"""So many people may sign in at once from behind one forwarder, such as an edge of the CDN."""


@dataclass(frozen=True, slots=True)
class Session:
    """`expires_in` is in seconds; `refresh` renews the token, and is "" where that goes on as it is."""

    token: str = field(repr=False)
    expires_in: int
    refresh: str = field(default="", repr=False)


class TooManyAttempts(UserFacing):
    """Signing in waits for so many seconds, whoever it is and whatever the password."""

    def __init__(self, wait_seconds: int) -> None:
        super().__init__("Too many attempts to sign in. Please wait and try again.")
        self.wait_seconds = wait_seconds


class SignIn(Protocol):
    """The user pool. Errors: TooManyAttempts, by its own count."""

    def sign_in(self, username: str, password: str) -> Session | None:
        """None on bad credentials, whether or not there is such a user."""

    def renew(self, refresh: str) -> Session | None:
        """None when the session ended, was revoked, or never was."""

    def revoke(self, refresh: str) -> None:
        """The session ends; nothing happens when there is none."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """`source` are the addresses it came by, the one that connected to us last."""

    username: str
    source: Sequence[str]


@dataclass(frozen=True, slots=True)
class Door:
    """How often a name, and a source address, may try to sign in."""

    throttle: Throttle
    name: Rate
    address: Rate

    def admit(self, attempt: Attempt, *, now_ms: int) -> None:
        """Errors: TooManyAttempts. What a guess costs does not depend on whether the name exists."""
        for bucket, rate in (*self._sources(attempt.source), self._name(attempt.username)):
            wait_ms = self.throttle.take(bucket, rate, now_ms=now_ms)
            if wait_ms:
                raise TooManyAttempts(-(-wait_ms // 1000))

    def _sources(self, source: Sequence[str]) -> list[tuple[Bucket, Rate]]:
        """What a forwarder says of its caller may be made up: it only ever tightens what holds for itself."""
        *forwarded, connected = source
        if not forwarded:
            return [(Bucket.of("address", connected), self.address)]
        return [
            (Bucket.of("forwarder", connected), self.address.times(FORWARDED)),
            (Bucket.of("address", forwarded[-1]), self.address),
        ]

    def _name(self, username: str) -> tuple[Bucket, Rate]:
        return Bucket.of("name", username.casefold()), self.name
