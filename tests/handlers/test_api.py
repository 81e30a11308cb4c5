"""The REST API behind its gateway: what it answers, and what it never says."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import boto3
import pytest
from botocore.stub import Stubber
from handlers.api import handler
from switchboard.adapters.dynamo.people.people import DynamoPeople
from switchboard.adapters.dynamo.people.tickets import DynamoTickets
from switchboard.core.people.address import Address

from tests.handlers.events import http
from tests.tables import PEOPLE

if TYPE_CHECKING:
    from tests.handlers.cloud import Cloud
    from tests.handlers.conftest import Logs

CREDENTIALS = {"username": "ada", "password": "correct-horse"}
ASKED = {
    "UserPoolId": "us-east-1_people",
    "ClientId": "client",
    "AuthFlow": "ADMIN_USER_PASSWORD_AUTH",
    "AuthParameters": {"USERNAME": "ada", "PASSWORD": "correct-horse"},
}


@dataclass(frozen=True)
class Answer:
    status: int
    body: dict[str, Any]
    kind: str


def ask(method: str, path: str, *, body: object = None, account: str | None = None) -> Answer:
    answer = handler(http(method, path, body=body, account=account), None)  # type: ignore[arg-type]
    return Answer(answer["statusCode"], json.loads(answer["body"]), answer["headers"]["content-type"])


def is_problem(answer: Answer, status: int) -> bool:
    return (
        answer.status == answer.body["status"] == status
        and answer.kind == "application/problem+json"
        and answer.body.keys() == {"type", "title", "status", "detail"}
    )


@pytest.fixture
def user_pool(cloud: Cloud, monkeypatch: pytest.MonkeyPatch) -> Iterator[Stubber]:
    real, pool = boto3.client, boto3.client("cognito-idp")
    monkeypatch.setattr(
        boto3, "client", lambda name, **kwargs: pool if name == "cognito-idp" else real(name, **kwargs)
    )
    with Stubber(pool) as stubber:
        yield stubber
        stubber.assert_no_pending_responses()


def test_good_credentials_bring_a_token(user_pool: Stubber) -> None:
    result = {"AuthenticationResult": {"AccessToken": "token-1", "ExpiresIn": 3600}}
    user_pool.add_response("admin_initiate_auth", result, ASKED)
    answer = ask("POST", "/login", body=CREDENTIALS)
    assert (answer.status, answer.body) == (200, {"token": "token-1", "expires_in": 3600})


def test_whether_a_user_exists_cannot_be_told_from_the_answer(user_pool: Stubber) -> None:
    answers = []
    for code in ("NotAuthorizedException", "UserNotFoundException", "UserNotConfirmedException"):
        user_pool.add_client_error("admin_initiate_auth", code)
        answers.append(ask("POST", "/login", body=CREDENTIALS))
    assert is_problem(answers[0], 401)
    assert len({str(answer) for answer in answers}) == 1


def test_a_password_that_must_be_changed_first_is_no_way_in(user_pool: Stubber) -> None:
    user_pool.add_response(
        "admin_initiate_auth", {"ChallengeName": "NEW_PASSWORD_REQUIRED", "Session": "s" * 20}
    )
    assert is_problem(ask("POST", "/login", body=CREDENTIALS), 401)


@pytest.mark.parametrize(
    ("body", "named"),
    [
        ({"username": "ada"}, "password"),
        ({"username": "", "password": "x"}, "username"),
        ({"username": "ada", "password": "x" * 257}, "password"),
        ({"username": 7, "password": "x"}, "username"),
        ("not JSON", "body"),
        ([], "body"),
        (None, "body"),
    ],
)
def test_a_bad_body_is_told_which_field_is_wrong(cloud: Cloud, body: object, named: str) -> None:
    answer = ask("POST", "/login", body=body)
    assert is_problem(answer, 422)
    assert named in answer.body["detail"]


def test_what_was_sent_is_not_repeated(cloud: Cloud, logs: Logs) -> None:
    answer = ask("POST", "/login", body={"username": ["my secret"], "password": "my secret" * 99})
    assert "my secret" not in json.dumps(answer.body) + logs.written


def test_the_person_behind_a_token_is_always_the_same(cloud: Cloud) -> None:
    first, second = ask("GET", "/me", account="sub-1"), ask("GET", "/me", account="sub-1")
    assert first.status == 200
    assert first.body == second.body
    assert ask("GET", "/me", account="sub-2").body != first.body


@pytest.mark.parametrize(("method", "path"), [("GET", "/me"), ("POST", "/chat/tickets")])
def test_without_a_verified_token_nothing_is_given(cloud: Cloud, method: str, path: str) -> None:
    assert is_problem(ask(method, path), 401)


@pytest.mark.parametrize(
    "claims",
    [
        {"token_use": "id", "aud": "client"},
        {"token_use": "access", "client_id": "another"},
        {"token_use": "refresh", "client_id": "client"},
        {"client_id": "client"},
        {"token_use": "access"},
    ],
)
def test_a_verified_token_that_is_no_access_token_of_ours_opens_nothing(
    cloud: Cloud, claims: dict[str, str]
) -> None:
    """The gateway takes any token of the pool whose audience or client is ours."""
    event = http("GET", "/me", account="sub-1")
    event["requestContext"]["authorizer"]["jwt"]["claims"] = {"sub": "sub-1", **claims}
    assert handler(event, None)["statusCode"] == 401  # type: ignore[arg-type]


def test_a_ticket_opens_a_socket_for_whoever_asked(cloud: Cloud) -> None:
    person = ask("GET", "/me", account="sub-1").body["person"]
    answer = ask("POST", "/chat/tickets", account="sub-1")
    assert (answer.status, answer.body["expires_in"]) == (201, 60)
    bearer = DynamoTickets(cloud.dynamodb, PEOPLE).redeem(answer.body["ticket"], now=0)
    assert bearer is not None
    assert (bearer.person, bearer.address) == (person, Address("web", "sub-1"))


def test_tickets_cannot_be_guessed_from_each_other(cloud: Cloud) -> None:
    tickets = {ask("POST", "/chat/tickets", account="sub-1").body["ticket"] for _ in range(3)}
    assert len(tickets) == 3
    assert min(map(len, tickets)) >= 40


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [("GET", "/nowhere", 404), ("DELETE", "/me", 405), ("GET", "/openapi.json", 404)],
)
def test_what_does_not_exist_is_a_problem_document(cloud: Cloud, method: str, path: str, status: int) -> None:
    assert is_problem(ask(method, path, account="sub-1"), status)


def test_an_error_of_ours_says_nothing_of_its_cause(
    cloud: Cloud, logs: Logs, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_people: DynamoPeople, address: Address) -> None:
        raise ZeroDivisionError(f"my secret and {address}")

    monkeypatch.setattr(DynamoPeople, "behind", fail)
    answer = ask("GET", "/me", account="sub-1")
    assert is_problem(answer, 500)
    assert "my secret" not in json.dumps(answer.body)
    assert "my secret" not in logs.written
    assert [line["error"] for line in logs.lines if line["level"] == "ERROR"] == ["ZeroDivisionError"]


def test_the_log_has_route_and_status_and_no_body(cloud: Cloud, logs: Logs) -> None:
    ticket = ask("POST", "/chat/tickets", account="sub-1").body["ticket"]
    assert (logs.lines[-1]["route"], logs.lines[-1]["status"]) == ("POST /{proxy+}", 201)
    assert ticket not in logs.written
