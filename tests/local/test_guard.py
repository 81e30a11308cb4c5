"""No page of another site reaches the laptop, nothing climbs out of a path, and AWS is asked with a key."""

import asyncio
from typing import Any

import pytest

from local.guard import Guard, Message, Receive, Scope, Send
from local.guarded_aws import Signed

HERE = "127.0.0.1:4700"
PAGE = "http://127.0.0.1:4702"
KEY = "AKIA0123456789ABCDEF"
SIGNED = f"AWS4-HMAC-SHA256 Credential={KEY}/20261128/us-east-1/sqs/aws4_request, Signature=00"


async def _app(_scope: Scope, _receive: Receive, send: Send) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b"in"})


def status_of(guard: Guard, path: str = "/", *, method: str = "GET", query: str = "", **headers: str) -> int:
    """0 is a socket that was closed."""
    told: list[Message] = []
    named = {"host": HERE, **{name.replace("_", "-"): value for name, value in headers.items()}}
    scope: dict[str, Any] = {
        "type": "websocket" if method == "WS" else "http",
        "method": method,
        "path": path,
        "raw_path": path.encode(),
        "query_string": query.encode(),
        "headers": [(name.encode(), value.encode()) for name, value in named.items()],
    }

    async def receive() -> Message:
        return {"type": "websocket.connect"}

    async def send(message: Message) -> None:
        told.append(message)

    asyncio.run(guard(scope, receive, send))
    return int(told[0].get("status", 0))


SITE = Guard(_app)
AWS = Guard(_app, origins=frozenset({PAGE}), checks=(Signed(KEY, strict=True),))


@pytest.mark.parametrize("host", [HERE, "localhost:1", "[::1]:4700", "abc.execute-api.localhost:4700"])
def test_names_of_this_machine_are_answered(host: str) -> None:
    assert status_of(SITE, host=host) == 200


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example", "", "[", "localhost.evil.example"]
)
def test_a_name_that_was_pointed_here_is_not(host: str) -> None:
    assert status_of(SITE, host=host) == 403


@pytest.mark.parametrize(
    "origin", ["http://evil.example", "null", "http://127.0.0.1:9999", "https://127.0.0.1:4700"]
)
@pytest.mark.parametrize("method", ["GET", "POST", "OPTIONS"])
def test_another_sites_page_is_refused(method: str, origin: str) -> None:
    assert status_of(SITE, method=method, origin=origin) == 403


def test_a_socket_of_another_sites_page_is_closed() -> None:
    assert status_of(AWS, "/_aws/execute-api/a/prod", method="WS", origin="http://evil.example") == 0
    assert status_of(AWS, "/_aws/execute-api/a/prod", method="WS", origin=PAGE) == 200


def test_our_own_page_may_ask_the_gateways_of_the_local_aws() -> None:
    assert status_of(AWS, "/_aws/execute-api/a/me", origin=PAGE) == 200
    assert status_of(AWS, "/bucket", method="OPTIONS", origin=PAGE) == 200


def test_what_a_page_loads_without_an_origin_is_refused_and_a_followed_link_is_not() -> None:
    assert status_of(SITE, sec_fetch_site="cross-site", sec_fetch_mode="no-cors") == 403
    assert status_of(SITE, sec_fetch_site="cross-site", sec_fetch_mode="navigate") == 200
    assert status_of(SITE, method="POST", sec_fetch_site="cross-site", sec_fetch_mode="navigate") == 403
    assert status_of(SITE, sec_fetch_site="same-site", sec_fetch_mode="no-cors") == 200


@pytest.mark.parametrize(
    "path", ["/api/../secret", "/api/%2e%2e/x", "/api/%252e%252e/x", "/api/..%5cx", "/..", "/api/.%2e%2fx"]
)
def test_a_path_that_climbs_is_refused(path: str) -> None:
    assert status_of(SITE, path) == 403


def test_dots_inside_a_name_are_none() -> None:
    assert status_of(SITE, "/api/a..b/c...") == 200


def test_aws_is_asked_with_the_key_of_this_run() -> None:
    assert status_of(AWS, method="POST", authorization=SIGNED) == 200
    assert status_of(AWS, method="POST", authorization=SIGNED.replace(KEY, "ASIA0123456789ABCDEF")) == 200
    assert status_of(AWS, "/bucket/key", query=f"X-Amz-Credential={KEY}%2F20261128%2Fus-east-1") == 200


@pytest.mark.parametrize("key", ["test", "000000000000", "AKIA0000000000000000"])
def test_a_key_that_everybody_knows_is_none(key: str) -> None:
    assert status_of(AWS, method="POST", authorization=SIGNED.replace(KEY, key)) == 403


@pytest.mark.parametrize(
    "action",
    [
        "secretsmanager.GetSecretValue",
        "AWSCognitoIdentityProviderService.AdminSetUserPassword",
        "AWSCognitoIdentityProviderService.AdminInitiateAuth",
        "AWSCognitoIdentityProviderService.InitiateAuth",
        "DynamoDB_20120810.Scan",
    ],
)
def test_an_unsigned_request_is_nobodys(action: str) -> None:
    assert status_of(AWS, method="POST", x_amz_target=action) == 403
    assert status_of(AWS, query="Action=DeleteTopic") == 403


def test_without_enforcement_functions_sign_with_the_accounts_number() -> None:
    lenient = Guard(_app, checks=(Signed(KEY, strict=False),))
    assert status_of(lenient, method="POST", authorization=SIGNED.replace(KEY, "000000000000")) == 200
    assert status_of(lenient, method="POST", authorization=SIGNED.replace(KEY, "ASIA0123456789ABCDEF")) == 200
    assert status_of(lenient, method="POST", authorization=SIGNED.replace(KEY, "test")) == 403


def test_what_aws_has_open_is_open() -> None:
    assert status_of(AWS, "/pool/.well-known/jwks.json") == 200
    assert status_of(AWS, "/_ministack/health") == 200
    assert status_of(AWS, "/bucket", method="POST", content_type="multipart/form-data; boundary=x") == 200
    renew = "AWSCognitoIdentityProviderService.GetTokensFromRefreshToken"
    assert status_of(AWS, method="POST", x_amz_target=renew) == 200
