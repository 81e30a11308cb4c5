"""The person's own side of the page: time zone, channels, usage, export and forgetting."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator

import httpx2
import pytest
from playwright.sync_api import Browser, Page, Route, expect

from local.endpoints import Endpoints
from local.seed import Person
from tests.browser.page_driver import CONFIRM, PATIENCE_MS, REFUSED, SitePage, somebody, visitor
from tests.browser.phone_page import PhonePage

CODE = re.compile(r"^[0-9A-Z]{4}-[0-9A-Z]{4}$")


@pytest.fixture
def handset(chromium: Browser, laptop: Endpoints) -> Iterator[PhonePage]:
    """The phone page, in a browser of its own."""
    with visitor(chromium) as page:
        yield PhonePage.opened(page, laptop.world)


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    with visitor(chromium) as page:
        yield page


@pytest.fixture
def person(laptop: Endpoints) -> Person:
    return somebody(laptop)


@pytest.fixture
def site(page: Page, laptop: Endpoints, person: Person) -> SitePage:
    return SitePage.signed_in(page, laptop.site, person)


def test_the_time_zone_is_kept(site: SitePage) -> None:
    site.go("You")
    site.page.get_by_label("Time zone").select_option("Europe/Oslo")
    site.page.get_by_role("button", name="Save").click()
    expect(site.page.get_by_role("button", name="Save")).to_be_disabled()
    site.page.reload()
    expect(site.page.get_by_label("Time zone")).to_have_value("Europe/Oslo")


def test_a_profile_changed_elsewhere_is_read_again(
    chromium: Browser, laptop: Endpoints, person: Person
) -> None:
    with visitor(chromium, minding=REFUSED) as page:
        here = SitePage.signed_in(page, laptop.site, person)
        here.go("You")
        there = page.context.new_page()
        there.goto(f"{laptop.site}#you")
        for each, zone in ((there, "Asia/Tokyo"), (page, "Europe/Oslo")):
            each.get_by_label("Time zone").select_option(zone)
            each.get_by_role("button", name="Save").click()
        expect(page.get_by_role("alert")).to_contain_text("changed elsewhere")
        page.get_by_role("button", name="Save").click()
        expect(page.get_by_role("button", name="Save")).to_be_disabled()
        expect(page.get_by_label("Time zone")).to_have_value("Europe/Oslo")


def test_a_phone_is_linked_by_a_code_and_unlinked(site: SitePage, handset: PhonePage) -> None:
    handset.ask("Hello!")
    site.go("You")
    site.page.get_by_role("button", name="Link another channel").click()
    code = site.page.get_by_label("Code")
    expect(code).to_have_text(CODE)
    asked = handset.ask(f"/link {code.inner_text()}")
    expect(asked).to_contain_text("with web? Whoever uses web would see everything said and kept here")
    handset.ask(CONFIRM.findall(asked.inner_text())[0], replies=2)
    number = "+1" + re.sub(r"\D", "", handset.number)
    linked = site.page.get_by_role("listitem").filter(has_text=number)
    expect(linked).to_be_visible(timeout=PATIENCE_MS)
    handset.ask("say from the phone")
    site.go("Chat")
    site.page.reload()
    expect(site.turns.filter(has_text="by text message").last).to_contain_text("from the phone")
    site.go("You")
    linked.get_by_role("button", name="Unlink").click()
    expect(site.page.get_by_role("dialog")).to_contain_text(number)
    site.page.get_by_role("dialog").get_by_role("button", name="Unlink").click()
    expect(linked).to_have_count(0)


def test_a_link_that_waits_is_shown_and_taken_back(page: Page, laptop: Endpoints, person: Person) -> None:
    """The laptop makes links at once, so here it is told that one waits."""
    waiting = [{"id": "a" * 24, "beside": "sms …0150", "due_at": "2030-01-15T08:00:00Z"}]

    def taken_back(route: Route) -> None:
        waiting.clear()
        route.fulfill(status=204)

    page.route("**/links", lambda route: route.fulfill(json={"items": waiting}))
    page.route(f"**/links/waiting/{'a' * 24}", taken_back)
    site = SitePage.signed_in(page, laptop.site, person)
    site.go("You")
    row = page.get_by_role("list", name="Links that wait").get_by_role("listitem")
    expect(row).to_contain_text("Until then nothing is shared")
    row.get_by_role("button", name="Take back the link with sms …0150").click()
    expect(row).to_have_count(0)
    assert waiting == []


def test_usage_is_shown_as_bars_and_as_a_table(site: SitePage) -> None:
    site.ask("Hello!")
    site.go("You")
    usage = site.page.get_by_role("region", name="Usage")
    expect(usage.locator("canvas")).to_be_visible()
    expect(usage).to_contain_text(re.compile(r"Today\s*\$0\.0*[1-9]"))
    usage.get_by_text("As a table").click()
    expect(usage.get_by_role("row")).to_have_count(31)


def test_everything_can_be_taken_away(site: SitePage) -> None:
    site.ask("say remember the stamps")
    site.go("You")
    site.page.get_by_role("button", name="Make a copy").click()
    link = site.page.get_by_role("link", name="Download your data")
    expect(link).to_be_visible(timeout=PATIENCE_MS)
    fetched = httpx2.get(str(link.get_attribute("href")), trust_env=False, timeout=30).raise_for_status()
    archive = zipfile.ZipFile(io.BytesIO(fetched.content))
    assert any(b"remember the stamps" in archive.read(name) for name in archive.namelist())


def test_a_person_is_forgotten_with_proof(chromium: Browser, laptop: Endpoints, person: Person) -> None:
    with visitor(chromium, minding=REFUSED) as page:
        site = SitePage.signed_in(page, laptop.site, person)
        site.ask("say forget this")
        site.go("You")
        page.get_by_role("button", name="Erase everything…").click()
        dialog = page.get_by_role("dialog")
        expect(dialog.get_by_role("button", name="Erase everything")).to_be_disabled()
        dialog.get_by_label("Type the words").fill("erase everything")
        dialog.get_by_role("button", name="Erase everything").click()
        expect(dialog).to_contain_text("Everything is erased", timeout=PATIENCE_MS)
        expect(dialog.locator("table").first).to_contain_text(re.compile(r"[1-9]"))
        dialog.get_by_role("button", name="Close and sign out").click()
        expect(page.get_by_role("status").filter(has_text="Everything was erased")).to_be_visible()
        assert page.evaluate("sessionStorage.length + localStorage.length") == 0


def test_a_dialog_closes_by_escape_and_gives_the_focus_back(site: SitePage) -> None:
    site.go("You")
    opener = site.page.get_by_role("button", name="Erase everything…")
    opener.click()
    expect(site.page.get_by_role("dialog")).to_be_visible()
    site.page.keyboard.press("Escape")
    expect(site.page.get_by_role("dialog")).to_have_count(0)
    expect(opener).to_be_focused()
