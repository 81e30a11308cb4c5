"""The operator's side of the page, and who does not get it."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from local.endpoints import Endpoints
from local.web import client
from tests.browser.page_driver import PATIENCE_MS, SitePage, somebody, visitor
from tests.e2e.outside import World
from tests.e2e.patience import eventually


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    with visitor(chromium) as page:
        yield page


SPENT = re.compile(r"\bweb\b.*\$0\.0*[1-9]", re.DOTALL)


@pytest.fixture
def world(laptop: Endpoints) -> Iterator[World]:
    with client(laptop.world) as http:
        world = World(http)
        yield world
        world.heal()


def test_an_operator_sees_people_and_days(page: Page, laptop: Endpoints) -> None:
    site = SitePage.signed_in(page, laptop.site, laptop.demo)
    site.ask("Hello!")
    site.go("Operator")
    eventually(lambda: _spends(page), what="what was spent on the list of people")
    days = page.get_by_role("region", name="Over time", exact=True)
    expect(days.locator("canvas")).to_have_count(2)
    expect(days).to_contain_text(re.compile(r"Turns a day\s*[1-9]"))


def test_an_operator_gives_a_failed_turn_up(page: Page, laptop: Endpoints, world: World) -> None:
    site = SitePage.signed_in(page, laptop.site, laptop.demo)
    world.break_("model", "status", status=500)
    expect(site.say("What is my name?")).to_contain_text("Not answered", timeout=PATIENCE_MS)
    world.heal()
    site.go("Operator")
    stuck = page.get_by_role("listitem").filter(has_text="A turn that failed").first
    name = stuck.locator(".id").inner_text()
    stuck.get_by_role("button", name="Give up").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("Nothing more is done about it.")
    dialog.get_by_role("button", name="Give up").click()
    expect(dialog).to_have_count(0)
    expect(page.get_by_role("region", name="Stuck").locator(".good").last).to_contain_text(name)
    expect(page.get_by_role("listitem").filter(has_text=name)).to_have_count(0)


def test_anybody_else_has_no_operators_side(page: Page, laptop: Endpoints) -> None:
    SitePage.signed_in(page, laptop.site, somebody(laptop))
    page.goto(f"{laptop.site}#operator")
    expect(page.get_by_label("Message", exact=True)).to_be_visible()
    expect(page.get_by_role("link", name="Operator")).to_have_count(0)


def _spends(page: Page) -> bool:
    """Somebody who writes on the web, once their spend has come to the list."""
    page.reload()
    people = page.get_by_role("region", name="People", exact=True)
    expect(people.get_by_role("row").nth(1)).to_be_visible(timeout=PATIENCE_MS)
    return SPENT.search(people.inner_text()) is not None
