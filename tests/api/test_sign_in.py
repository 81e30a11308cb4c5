"""Signing in and out: one answer for every refusal, a cookie no script reads, and not too often."""

import json
import re

import httpx2
import pytest
from starlette.testclient import TestClient
from switchboard.adapters.dynamo.table.items import unpack
from switchboard.core.people.address import Address

from tests.api.site import Site
from tests.tables import PEOPLE

ADA = {"username": "ada", "password": "Correct-horse-7"}
COOKIE = re.compile(r"__Host-session=([^;]*); HttpOnly; Max-Age=(\d+); Path=/; SameSite=strict; Secure")


@pytest.fixture
def browser(site: Site) -> TestClient:
    site.pool.passwords["ada"] = ADA["password"]
    return site.browser()


def wrong(browser: TestClient, username: str = "ada") -> httpx2.Response:
    return browser.post("/login", json={"username": username, "password": "wrong"})


def test_a_token_is_answered_and_the_session_is_in_a_cookie_no_script_reads(browser: TestClient) -> None:
    answer = browser.post("/login", json=ADA)
    assert (answer.status_code, answer.json()) == (200, {"token": "token-of-ada", "expires_in": 3600})
    cookie = COOKIE.fullmatch(answer.headers["set-cookie"])
    assert cookie
    assert (cookie[1], cookie[2]) == ("refresh-0", "2592000")
    assert "refresh-0" not in answer.text


def test_a_wrong_password_and_an_unknown_person_are_answered_and_worked_on_alike(
    site: Site, browser: TestClient
) -> None:
    known, unknown = wrong(browser), wrong(browser, "nobody")
    assert known.status_code == 401
    assert (known.content, known.headers) == (unknown.content, unknown.headers)
    assert site.pool.asked == ["ada", "nobody"]


def test_the_cookie_renews_the_token(browser: TestClient) -> None:
    browser.post("/login", json=ADA)
    answer = browser.post("/login/refresh")
    assert (answer.status_code, answer.json()["token"]) == (200, "token-of-ada")


def test_a_cookie_renews_once_and_hands_on_to_another(site: Site, browser: TestClient) -> None:
    browser.post("/login", json=ADA)
    cookie = COOKIE.fullmatch(browser.post("/login/refresh").headers["set-cookie"])
    assert cookie
    assert cookie[1] == "refresh-1"
    assert browser.post("/login/refresh").status_code == 200
    kept = {"cookie": "__Host-session=refresh-0"}
    assert site.browser().post("/login/refresh", headers=kept).status_code == 401


@pytest.mark.parametrize("cookie", [None, "made-up"])
def test_without_a_session_nothing_is_renewed_and_the_cookie_is_cleared(
    browser: TestClient, cookie: str | None
) -> None:
    headers = {"cookie": f"__Host-session={cookie}"} if cookie else {}
    answer = browser.post("/login/refresh", headers=headers)
    assert answer.status_code == 401
    assert cleared(answer)


def test_after_signing_out_the_session_is_over_everywhere(site: Site, browser: TestClient) -> None:
    browser.post("/login", json=ADA)
    kept = {"cookie": "__Host-session=refresh-0"}
    answer = browser.post("/logout")
    assert (answer.status_code, answer.content) == (204, b"")
    assert cleared(answer)
    assert site.pool.sessions == {}
    assert site.browser().post("/login/refresh", headers=kept).status_code == 401


def test_signing_out_closes_what_the_account_had_open(site: Site, browser: TestClient) -> None:
    browser.post("/login", json=ADA)
    browser.post("/logout")
    browser.post("/logout")
    assert site.signed_out == [Address("web", "ada")]


def test_signing_out_twice_is_no_mistake(browser: TestClient) -> None:
    assert browser.post("/logout").status_code == 204


def cleared(answer: httpx2.Response) -> bool:
    cookie = COOKIE.search(answer.headers["set-cookie"].replace('""', "").replace(" expires", ""))
    return "Max-Age=0" in answer.headers["set-cookie"] and (cookie is None or cookie[1] == "")


def test_neither_names_nor_source_addresses_are_in_the_table(site: Site, browser: TestClient) -> None:
    browser.post("/login", json=ADA)
    kept = json.dumps([unpack(item) for item in site.dynamodb.scan(TableName=PEOPLE)["Items"]])
    assert "THROTTLE#" in kept
    assert "ada" not in kept
    assert "192.0.2" not in kept
