"""Signing in, and the tickets that open a socket."""

from collections.abc import Callable

import pytest
from websockets.exceptions import InvalidStatus

from local.endpoints import Endpoints
from local.web import client
from tests.e2e.inside import Inside
from tests.e2e.page import Account


def test_the_answer_to_bad_credentials_never_tells_whether_somebody_exists(endpoints: Endpoints) -> None:
    with client(endpoints.http_api) as http:
        wrong = http.post("login", json={"username": endpoints.demo.username, "password": "wrong"})
        unknown = http.post("login", json={"username": "nobody-here", "password": "wrong"})
    assert (wrong.status_code, unknown.status_code) == (401, 401)
    assert wrong.content == unknown.content
    assert wrong.headers["content-type"] == "application/problem+json"


def test_a_token_names_its_person_and_everybody_is_somebody_else(
    account: Account, new_account: Callable[[], Account]
) -> None:
    people = {account.person(), account.person(), new_account().person()}
    assert len(people) == 2


@pytest.mark.parametrize("token", ["", "Bearer nonsense", "Bearer e30.e30.e30"])
def test_without_a_good_token_nothing_is_told(endpoints: Endpoints, token: str) -> None:
    with client(endpoints.http_api) as http:
        assert http.get("me", headers={"authorization": token}).status_code == 401


def test_the_page_may_ask_the_gateway_and_a_page_of_another_site_may_not(endpoints: Endpoints) -> None:
    asks = {"access-control-request-method": "POST"}
    with client(endpoints.http_api) as http:
        ours = http.options("login", headers={**asks, "origin": endpoints.site})
        theirs = http.options("login", headers={**asks, "origin": "http://localhost:8080"})
    assert ours.status_code == 204
    assert "POST" in ours.headers["access-control-allow-methods"]
    assert theirs.status_code == 403


def test_a_ticket_opens_one_socket(account: Account) -> None:
    ticket = account.ticket()
    with account.page(ticket=ticket):
        pass
    assert refusal(account, ticket) == 403


def test_an_unknown_ticket_is_refused(account: Account) -> None:
    assert refusal(account, "nobody-made-this-one") == 403


def test_an_expired_ticket_is_refused(account: Account, inside: Inside) -> None:
    ticket = account.ticket()
    inside.expire_ticket(ticket)
    assert refusal(account, ticket) == 403


def refusal(account: Account, ticket: str) -> int:
    with pytest.raises(InvalidStatus) as refused, account.page(ticket=ticket):
        pass
    return refused.value.response.status_code
