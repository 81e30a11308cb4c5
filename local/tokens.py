"""Tokens verified by the user pool's own keys, as the HTTP gateway does where there is one."""

from dataclasses import dataclass
from functools import cached_property

import jwt
from fastapi import Request
from switchboard.rest.ports import Account
from switchboard.runtime.rest_app import account_of

BEARER = "bearer "


@dataclass(frozen=True)
class Tokens:
    """`issuer` is the user pool's name in its tokens, `keys` the address of its keys."""

    issuer: str
    client: str
    keys: str

    def account(self, request: Request) -> Account | None:
        """Whose good access token the request carries."""
        given = request.headers.get("authorization", "")
        if not given.lower().startswith(BEARER):
            return None
        return self.verified(given[len(BEARER) :].strip())

    def verified(self, token: str) -> Account | None:
        try:
            key = self._pool.get_signing_key_from_jwt(token)
            claims = jwt.decode(
                token,
                key,
                algorithms=["RS256"],
                issuer=self.issuer,
                options={"require": ["exp", "iss", "sub"], "verify_aud": False},
            )
        except jwt.PyJWTError:
            return None
        return account_of(claims, client=self.client)

    @cached_property
    def _pool(self) -> jwt.PyJWKClient:
        return jwt.PyJWKClient(self.keys)
