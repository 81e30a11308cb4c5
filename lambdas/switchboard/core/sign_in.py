"""Signing in: a bearer token for a username and password."""

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Session:
    """`expires_in` is in seconds."""

    token: str
    expires_in: int


class SignIn(Protocol):
    def sign_in(self, username: str, password: str) -> Session | None: ...
