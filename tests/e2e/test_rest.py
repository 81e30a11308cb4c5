"""The REST API on the deployed stacks, with IAM enforced, and the same app beside them, on its own feet."""

import re
from collections.abc import Callable, Iterator

import boto3
import httpx2
import pytest
from jsonschema_rs import is_valid
from starlette.testclient import TestClient
from switchboard.api.openapi import described
from switchboard.skills import SKILLS
from websockets.exceptions import ConnectionClosed, InvalidStatus

from local.api import made
from local.cloud import outputs, tool_environment
from local.endpoints import Endpoints
from local.seed import Person, make_operator, seed_person
from local.web import client
from tests.e2e.page import Account


@pytest.fixture
def http(endpoints: Endpoints) -> Iterator[httpx2.Client]:
    with client(endpoints.http_api) as made_client:
        yield made_client


@pytest.fixture(scope="module")
def operator(endpoints: Endpoints) -> Person:
    found = outputs(endpoints.access)
    person = seed_person(endpoints.access, found, username="an-operator")
    make_operator(endpoints.access, found, username=person.username)
    return person


def login(http: httpx2.Client, person: Person) -> httpx2.Response:
    return http.post("login", json={"username": person.username, "password": person.password})


def bearing(token: str) -> dict[str, str]:
    return {"authorization": f"Bearer {token}"}


def test_a_session_is_renewed_by_its_cookie_until_one_signs_out(
    http: httpx2.Client, operator: Person
) -> None:
    answer = login(http, operator)
    cookie = answer.headers["set-cookie"]
    assert cookie.endswith("; HttpOnly; Max-Age=2592000; Path=/; SameSite=strict; Secure")
    session = {"cookie": cookie.partition(";")[0]}
    token = http.post("login/refresh", headers=session).raise_for_status().json()["token"]
    assert http.get("me", headers=bearing(token)).status_code == 200
    assert http.post("logout", headers=session).status_code == 204
    assert http.post("login/refresh", headers=session).status_code == 401


def test_signing_out_closes_every_socket_of_the_person_and_spends_the_tickets(
    http: httpx2.Client, endpoints: Endpoints
) -> None:
    found = outputs(endpoints.access)
    person = seed_person(endpoints.access, found, username="who-signs-out")
    answer = login(http, person)
    account = Account(http, endpoints.websocket, answer.json()["token"])
    with account.page() as page, account.page() as another:
        page.ask("hello")
        another.ask("hello")
        ticket = account.ticket()
        session = {"cookie": answer.headers["set-cookie"].partition(";")[0]}
        assert http.post("logout", headers=session).status_code == 204
        for each in (page, another):
            with pytest.raises(ConnectionClosed):
                each.until_done()
    with pytest.raises(InvalidStatus), account.page(ticket=ticket):
        pass


def test_a_zone_is_changed_once_by_its_version(http: httpx2.Client, account: Account) -> None:
    asked = bearing(account.token)
    etag = http.get("me", headers=asked).headers["etag"]
    codes = [
        http.patch("me", json={"zone": "Europe/Oslo"}, headers={**asked, "if-match": etag}).status_code
        for _ in range(2)
    ]
    assert codes == [200, 412]


def test_everything_of_ones_own_can_be_read(http: httpx2.Client, account: Account) -> None:
    asked = bearing(account.token)
    assert http.get("chat/turns", headers=asked).json() == {"items": [], "next": None}
    assert len(http.get("usage?days=7", headers=asked).json()["days"]) == 7
    assert http.post("chat/tickets", headers=asked).json()["url"].startswith("ws")


@pytest.mark.parametrize("path", ["operator/people?limit=2", "operator/days", "operator/stuck"])
def test_operators_see_everybody_and_others_are_refused(
    http: httpx2.Client, operator: Person, account: Account, path: str
) -> None:
    token = login(http, operator).json()["token"]
    assert http.get(path, headers=bearing(token)).status_code == 200
    assert http.get(path, headers=bearing(account.token)).status_code == 403


def test_a_repair_of_what_is_not_there_is_refused(http: httpx2.Client, operator: Person) -> None:
    token = login(http, operator).json()["token"]
    asked = {"id": "turn/private-nobody/0-0", "action": "rerun"}
    assert http.post("operator/repairs", json=asked, headers=bearing(token)).status_code == 409
    asked = {"id": "letters/turns", "action": "redrive"}
    answer = http.post("operator/repairs", json=asked, headers=bearing(token))
    assert answer.json() == {"id": "letters/turns", "outcome": "0 sent back"}


def test_what_the_gateway_answers_by_itself_is_as_described(http: httpx2.Client) -> None:
    document = described(SKILLS)
    routes = [
        (method, path, operation["responses"]["401"]["content"])
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
        if operation["security"] == [{"token": []}]
    ]
    assert len(routes) > 30
    for method, path, content in routes:
        answer = http.request(method, re.sub(r"{\w+}", "x", path.lstrip("/")))
        assert answer.status_code == 401
        schema = content[answer.headers["content-type"].partition(";")[0]]["schema"]
        assert is_valid({**schema, "components": document["components"]}, answer.json())


def test_guesses_are_slowed_down(http: httpx2.Client) -> None:
    person = Person("somebody-guessed-at", "wrong")
    answers = [login(http, person) for _ in range(35)]
    assert {answer.status_code for answer in answers} == {401, 429}
    assert int(answers[-1].headers["retry-after"]) >= 1


def test_the_same_app_runs_beside_the_stacks_and_verifies_tokens_itself(
    endpoints: Endpoints,
    new_account: Callable[[], Account],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name, value in tool_environment(endpoints.access).items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(boto3, "DEFAULT_SESSION", None)
    account, other = new_account(), new_account()
    beside = TestClient(made(endpoints.access), base_url="https://beside.example")
    assert beside.get("/me", headers=bearing(account.token)).json()["person"] == account.person()
    assert beside.get("/me", headers=bearing(other.token)).json()["person"] == other.person()
    tampered = account.token[:-3] + ("AAA" if account.token[-3:] != "AAA" else "BBB")
    for token in (tampered, "", "e30.e30.e30"):
        assert beside.get("/me", headers=bearing(token)).status_code == 401
