"""Guessing is slowed down for whoever guesses, and for nobody else."""

import httpx2
import pytest
from starlette.testclient import TestClient

from tests.account import Account
from tests.api.site import Site
from tests.fakes.throttle import FakeThrottle

ADA = {"username": "ada", "password": "Correct-horse-7"}
GUESSES_A_SECOND = 20
INNOCENTS = [f"innocent-{number}" for number in range(40)]


@pytest.fixture
def browser(site: Site) -> TestClient:
    site.pool.passwords["ada"] = ADA["password"]
    return site.browser()


def guess(site: Site, *, name: str, by: str) -> int:
    return sign_in(site, name=name, by=by, password="wrong")


def sign_in(site: Site, *, name: str, by: str, password: str) -> int:
    site.caller = by
    body = {"username": name, "password": password}
    return int(site.browser().post("/login", json=body).status_code)


def wrong(browser: TestClient, username: str = "ada") -> httpx2.Response:
    return browser.post("/login", json={"username": username, "password": "wrong"})


def test_guesses_at_one_name_are_slowed_down_whether_or_not_it_exists(
    site: Site, browser: TestClient
) -> None:
    for username in ("ada", "nobody"):
        answers = [wrong(browser, username) for _ in range(6)]
        assert [answer.status_code for answer in answers] == [401] * 5 + [429]
        assert answers[-1].headers["retry-after"] == "12"
    assert len(site.pool.asked) == 10


def test_other_spellings_of_a_name_are_the_same_name(browser: TestClient) -> None:
    codes = [wrong(browser, spelt).status_code for spelt in ("ada", "Ada", "ADA", "aDA", "adA", "AdA")]
    assert codes[-1] == 429


def test_the_right_password_is_not_tried_either_while_it_is_too_often(
    site: Site, browser: TestClient
) -> None:
    for _ in range(5):
        wrong(browser)
    assert browser.post("/login", json=ADA).status_code == 429
    site.clock.advance(12)
    assert browser.post("/login", json=ADA).status_code == 200


def test_one_caller_cannot_try_many_names(site: Site) -> None:
    codes = [guess(site, name=f"name-{number}", by="192.0.2.1") for number in range(21)]
    assert codes == [401] * 20 + [429]
    assert guess(site, name="name-21", by="192.0.2.2") == 401


def test_all_addresses_of_one_network_are_one_caller(site: Site) -> None:
    codes = [guess(site, name=f"name-{number}", by=f"2001:db8:0:1::{number:x}") for number in range(21)]
    assert codes == [401] * 20 + [429]
    assert guess(site, name="name-21", by="2001:db8:0:2::1") == 401


def test_many_callers_together_do_not_guess_at_one_name_without_end(site: Site) -> None:
    codes = [guess(site, name="ada", by=f"192.0.2.{number}") for number in range(61)]
    assert codes == [401] * 60 + [429]


@pytest.mark.parametrize("at", ["one name", "theirs", "many names"])
def test_a_caller_at_twenty_guesses_a_second_keeps_nobody_else_out(account: Account, at: str) -> None:
    """While forty others sign in, one every second, each at the first try.

    The buckets are those in memory, which a contract holds to what the table's do.
    """
    site = Site(account.dynamodb, throttle=FakeThrottle())
    site.pool.passwords.update(dict.fromkeys(INNOCENTS, "Correct-horse-7"))
    for second, innocent in enumerate(INNOCENTS):
        for number in range(GUESSES_A_SECOND):
            names = {"one name": INNOCENTS[-1], "theirs": innocent, "many names": f"{second}-{number}"}
            guess(site, name=names[at], by="203.0.113.66")
        assert sign_in(site, name=innocent, by=f"192.0.2.{second}", password="Correct-horse-7") == 200
        site.clock.advance(1)
    assert len(site.pool.asked) <= len(INNOCENTS) + 20 + 20
    assert site.reported == []
