"""Where no gateway stands before the API, it takes the pool's own access tokens and nothing else."""

from __future__ import annotations

import json
import time
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm
from starlette.requests import Request
from switchboard.core.people.address import Address
from switchboard.rest.ports import Account

from local.tokens import Tokens

ISSUER = "https://cognito-idp.us-east-1.amazonaws.com/us-east-1_pool"
KEY, FOREIGN = (rsa.generate_private_key(public_exponent=65537, key_size=2048) for _ in range(2))
GOOD = {
    "sub": "account-1",
    "iss": ISSUER,
    "client_id": "client",
    "token_use": "access",
    "exp": int(time.time()) + 3600,
    "cognito:groups": ["operators"],
}


@pytest.fixture
def tokens(monkeypatch: pytest.MonkeyPatch) -> Tokens:
    public = {**json.loads(RSAAlgorithm.to_jwk(KEY.public_key())), "kid": "k-1", "use": "sig"}
    monkeypatch.setattr(jwt.PyJWKClient, "fetch_data", lambda _client: {"keys": [public]})
    return Tokens(ISSUER, "client", "http://127.0.0.1:9/keys")


def signed(claims: dict[str, Any], *, key: rsa.RSAPrivateKey = KEY, kid: str = "k-1") -> str:
    return jwt.encode(claims, key, algorithm="RS256", headers={"kid": kid})


def asking(header: str | None) -> Request:
    headers = [(b"authorization", header.encode())] if header is not None else []
    return Request({"type": "http", "headers": headers})


def test_a_good_token_names_its_account_and_groups(tokens: Tokens) -> None:
    account = tokens.account(asking(f"Bearer {signed(GOOD)}"))
    assert account == Account(Address("web", "account-1"), frozenset({"operators"}))


@pytest.mark.parametrize(
    "header", [None, "", "Bearer ", "Basic YTpi", "Bearer nonsense", "Bearer e30.e30.e30"]
)
def test_what_is_no_token_is_nobodys(tokens: Tokens, header: str | None) -> None:
    assert tokens.account(asking(header)) is None


@pytest.mark.parametrize(
    "change",
    [
        {"exp": 1},
        {"iss": ISSUER + "2"},
        {"client_id": "another"},
        {"token_use": "id"},
        {"sub": None},
        {"exp": None},
    ],
)
def test_a_token_of_another_kind_or_time_is_refused(tokens: Tokens, change: dict[str, object]) -> None:
    claims = {name: value for name, value in {**GOOD, **change}.items() if value is not None}
    assert tokens.verified(signed(claims)) is None


def test_a_token_that_somebody_else_signed_is_refused(tokens: Tokens) -> None:
    assert tokens.verified(signed(GOOD, key=FOREIGN)) is None
    assert tokens.verified(signed(GOOD, kid="another")) is None
    assert tokens.verified(jwt.encode(GOOD, "", algorithm="none", headers={"kid": "k-1"})) is None
