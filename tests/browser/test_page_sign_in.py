"""Signing in and out on the page, and where its secrets are not."""

from __future__ import annotations

import gzip
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Response, expect

from local.endpoints import Endpoints
from local.seed import Person
from tests.browser.page_driver import REFUSED, SitePage, somebody, visitor

FIRST_LOAD_BYTES = 150 * 1024
STORED = "JSON.stringify([{...localStorage}, {...sessionStorage}, document.cookie, location.href])"


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    with visitor(chromium) as page:
        yield page


@pytest.fixture
def person(laptop: Endpoints) -> Person:
    return somebody(laptop)


def test_a_wrong_password_is_refused_in_words(chromium: Browser, laptop: Endpoints, person: Person) -> None:
    with visitor(chromium, minding=REFUSED) as page:
        page.goto(laptop.site)
        page.get_by_label("Username").fill(person.username)
        page.get_by_label("Password").fill("wrong")
        page.get_by_role("button", name="Sign in").click()
        expect(page.get_by_role("alert")).to_contain_text("do not go together")
        SitePage(page).sign_in(person)


def test_a_reload_keeps_one_signed_in(page: Page, laptop: Endpoints, person: Person) -> None:
    site = SitePage.signed_in(page, laptop.site, person)
    page.reload()
    site.is_ready()
    expect(page.get_by_label("Username")).to_have_count(0)


def test_signing_out_signs_the_other_pages_out(page: Page, laptop: Endpoints, person: Person) -> None:
    SitePage.signed_in(page, laptop.site, person)
    other = page.context.new_page()
    other.goto(laptop.site)
    SitePage(other).is_ready()
    SitePage(other).field.fill("half a thought")
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    expect(other.get_by_role("status").filter(has_text="You were signed out")).to_be_visible()
    SitePage(other).sign_in(person)
    expect(SitePage(other).field).to_have_value("half a thought")
    page.reload()
    SitePage(page).is_ready()


def test_no_token_is_where_a_script_could_find_it(page: Page, laptop: Endpoints, person: Person) -> None:
    tokens: list[str] = []

    def keep(response: Response) -> None:
        if response.url.endswith("/api/login"):
            tokens.append(response.json()["token"])

    page.on("response", keep)
    SitePage.signed_in(page, laptop.site, person)
    stored = str(page.evaluate(STORED))
    assert tokens
    assert tokens[0] not in stored
    cookie = next(each for each in page.context.cookies() if each.get("name") == "__Host-session")
    assert (cookie["httpOnly"], cookie["secure"], cookie["sameSite"]) == (True, True, "Strict")
    assert cookie["value"] not in stored


def test_the_first_load_is_small(page: Page, laptop: Endpoints, person: Person) -> None:
    sizes: dict[str, int] = {}

    def weigh(response: Response) -> None:
        if "/api/" not in response.url:
            sizes[response.url] = len(gzip.compress(response.body()))

    page.on("response", weigh)
    SitePage.signed_in(page, laptop.site, person)
    page.wait_for_load_state("networkidle")
    assert len(sizes) >= 4
    assert sum(sizes.values()) <= FIRST_LOAD_BYTES, sizes
