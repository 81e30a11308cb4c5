"""Signing in: a bearer token for a username and password, renewed while its session lasts."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from ipaddress import IPv6Address, ip_network
from typing import Protocol

from switchboard.core.errors import UserFacing
from switchboard.core.people.throttle import Rate, Throttle, ThrottleKey

SESSION_SECONDS = 30 * 24 * 60 * 60


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

    def revoke(self, refresh: str) -> str | None:
        """The session ends. The subject whose it was; None when there was none."""


@dataclass(frozen=True, slots=True)
class LoginAttempt:
    """`address` is the caller's, by somebody who does not make it up."""

    username: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LoginThrottle:
    """How often a caller may try, a caller may try one name, and one name may be tried by all of them."""

    throttle: Throttle
    address: Rate
    guesses: Rate
    name: Rate

    def admit(self, attempt: LoginAttempt, *, now_ms: int) -> None:
        """Errors: TooManyAttempts. What a guess costs does not depend on whether the name exists.

        What is the caller's own is charged first: whoever has used it up takes nothing from others.
        """
        for bucket, rate in self._charged(attempt.username.casefold(), _network(attempt.address)):
            wait_ms = self.throttle.take(bucket, rate, now_ms=now_ms)
            if wait_ms:
                raise TooManyAttempts(-(-wait_ms // 1000))

    def _charged(self, name: str, caller: str) -> Sequence[tuple[ThrottleKey, Rate]]:
        return (
            (ThrottleKey.of("address", caller), self.address),
            (ThrottleKey.of("guesses", f"{caller} {name}"), self.guesses),
            (ThrottleKey.of("name", name), self.name),
        )


def _network(address: str) -> str:
    """An IPv6 address by its first 64 bits, since whoever has one has all of those (RFC 6177)."""
    try:
        return str(ip_network((IPv6Address(address), 64), strict=False))
    except ValueError:
        return address
