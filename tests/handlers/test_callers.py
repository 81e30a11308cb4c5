"""What a forwarder says of its caller is taken from our CDN and from nobody else."""

import pytest
from fastapi import Request
from switchboard.adapters.cached_secret import SecretUnavailable
from switchboard.core.secret_labels import CDN_KEY
from switchboard.runtime.callers import Callers

EDGE, VIEWER = "203.0.113.9", "192.0.2.1"


def caller(forwarded: str | None, *, shown: str | None = "key", key: str = "key") -> str:
    told = {"x-forwarded-for": forwarded, CDN_KEY: shown}
    headers = [(name.encode(), value.encode()) for name, value in told.items() if value is not None]
    return Callers(lambda: key)(Request({"type": "http", "headers": headers, "client": (EDGE, 0)}))


@pytest.mark.parametrize(
    ("forwarded", "expected"),
    [
        (f"{VIEWER}, {EDGE}", VIEWER),
        (VIEWER, VIEWER),
        (f"198.51.100.7, made up, {VIEWER}, {EDGE}", VIEWER),
        (f" , {VIEWER} ,, {EDGE},", VIEWER),
        (EDGE, EDGE),
        ("", EDGE),
        (None, EDGE),
    ],
)
def test_the_cdn_says_for_whom_it_asks(forwarded: str | None, expected: str) -> None:
    assert caller(forwarded) == expected


@pytest.mark.parametrize("shown", [None, "", "Key", "key2", "\u00e9"])
def test_nobody_else_says_so(shown: str | None) -> None:
    assert caller(f"{VIEWER}, {EDGE}", shown=shown) == EDGE


def test_no_key_is_shown_by_nobody() -> None:
    assert caller(VIEWER, shown="", key="") == EDGE


def test_a_key_that_cannot_be_read_makes_nobody_the_cdn() -> None:
    def unreadable() -> str:
        raise SecretUnavailable("ThrottlingException")

    headers = [(b"x-forwarded-for", VIEWER.encode()), (CDN_KEY.encode(), b"key")]
    request = Request({"type": "http", "headers": headers, "client": (EDGE, 0)})
    assert Callers(unreadable)(request) == EDGE


def test_the_key_is_asked_for_only_when_one_is_shown() -> None:
    def asked() -> str:
        raise AssertionError

    assert Callers(asked)(Request({"type": "http", "headers": [], "client": (EDGE, 0)})) == EDGE
