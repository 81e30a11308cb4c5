"""The user pool's answers, told apart no more than a stranger may tell them."""

import json
from base64 import urlsafe_b64encode
from collections.abc import Iterator

import boto3
import pytest
from botocore.stub import Stubber
from switchboard.adapters.cognito import UserPool
from switchboard.core.people.login import Session, TooManyAttempts

REFUSALS = ("NotAuthorizedException", "UserNotFoundException", "UserNotConfirmedException")
RESULT = {"AuthenticationResult": {"AccessToken": "token-1", "ExpiresIn": 3600, "RefreshToken": "refresh-1"}}
RENEWED = {"AuthenticationResult": {"AccessToken": "token-2", "ExpiresIn": 3600}}
ROTATED = {"AuthenticationResult": RENEWED["AuthenticationResult"] | {"RefreshToken": "refresh-2"}}
ASKED = {
    "UserPoolId": "us-east-1_people",
    "ClientId": "client",
    "AuthFlow": "ADMIN_USER_PASSWORD_AUTH",
    "AuthParameters": {"USERNAME": "ada", "PASSWORD": "p"},
}
REFRESH = {"ClientId": "client", "RefreshToken": "r"}


def access_token(**claims: str) -> str:
    payload = urlsafe_b64encode(json.dumps(claims).encode()).decode().rstrip("=")
    return f"header.{payload}.signature"


@pytest.fixture
def pool() -> UserPool:
    return UserPool(boto3.client("cognito-idp"), "us-east-1_people", "client")


@pytest.fixture
def cognito(pool: UserPool) -> Iterator[Stubber]:
    with Stubber(pool.client) as stubber:
        yield stubber
        stubber.assert_no_pending_responses()


def test_a_session_has_a_token_and_what_renews_it(pool: UserPool, cognito: Stubber) -> None:
    cognito.add_response("admin_initiate_auth", RESULT, ASKED)
    assert pool.sign_in("ada", "p") == Session("token-1", 3600, "refresh-1")


def test_a_renewed_session_goes_on_as_it_is(pool: UserPool, cognito: Stubber) -> None:
    cognito.add_response("get_tokens_from_refresh_token", RENEWED, REFRESH)
    assert pool.renew("r") == Session("token-2", 3600, "")


def test_a_rotated_session_is_renewed_by_another_token_from_then_on(pool: UserPool, cognito: Stubber) -> None:
    cognito.add_response("get_tokens_from_refresh_token", ROTATED, REFRESH)
    assert pool.renew("r") == Session("token-2", 3600, "refresh-2")


@pytest.mark.parametrize("code", ["RefreshTokenReuseException", "InvalidParameterException"])
def test_what_was_rotated_out_or_is_no_token_renews_nothing(
    pool: UserPool, cognito: Stubber, code: str
) -> None:
    cognito.add_client_error("get_tokens_from_refresh_token", code)
    assert pool.renew("r") is None


@pytest.mark.parametrize("code", REFUSALS)
def test_every_refusal_is_the_same(pool: UserPool, cognito: Stubber, code: str) -> None:
    cognito.add_client_error("admin_initiate_auth", code)
    cognito.add_client_error("get_tokens_from_refresh_token", code)
    assert (pool.sign_in("ada", "p"), pool.renew("r")) == (None, None)


def test_an_open_challenge_is_no_way_in(pool: UserPool, cognito: Stubber) -> None:
    cognito.add_response(
        "admin_initiate_auth", {"ChallengeName": "NEW_PASSWORD_REQUIRED", "Session": "s" * 20}
    )
    assert pool.sign_in("ada", "p") is None


def test_a_session_is_revoked_with_what_renews_it_and_says_whose_it_was(
    pool: UserPool, cognito: Stubber
) -> None:
    renewed = ROTATED["AuthenticationResult"] | {"AccessToken": access_token(sub="ada-account")}
    cognito.add_response("get_tokens_from_refresh_token", {"AuthenticationResult": renewed}, REFRESH)
    for token in ("r", "refresh-2"):
        cognito.add_response("revoke_token", {}, {"ClientId": "client", "Token": token})
    assert pool.revoke("r") == "ada-account"


@pytest.mark.parametrize("code", ["InvalidParameterException", "UnauthorizedException"])
def test_what_is_no_session_is_over_already(pool: UserPool, cognito: Stubber, code: str) -> None:
    cognito.add_client_error("get_tokens_from_refresh_token", "NotAuthorizedException")
    cognito.add_client_error("revoke_token", code)
    assert pool.revoke("made up") is None


def test_a_pool_that_wants_to_be_left_alone_is(pool: UserPool, cognito: Stubber) -> None:
    for operation in ("admin_initiate_auth", "get_tokens_from_refresh_token"):
        cognito.add_client_error(operation, "TooManyRequestsException")
    with pytest.raises(TooManyAttempts):
        pool.sign_in("ada", "p")
    with pytest.raises(TooManyAttempts):
        pool.renew("r")


@pytest.mark.parametrize(
    ("renewing", "revoking"),
    [("TooManyRequestsException", ""), ("NotAuthorizedException", "TooManyRequestsException")],
)
def test_who_cannot_sign_out_now_is_told_so(
    pool: UserPool, cognito: Stubber, renewing: str, revoking: str
) -> None:
    cognito.add_client_error("get_tokens_from_refresh_token", renewing)
    if revoking:
        cognito.add_client_error("revoke_token", revoking)
    with pytest.raises(TooManyAttempts):
        pool.revoke("r")


def test_neither_token_shows_in_a_repr() -> None:
    assert "secret" not in repr(Session("secret", 1, "secret"))
