"""axe finds nothing serious on any view, in light and dark, on a desktop and on a phone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from local.endpoints import Endpoints
from local.recordings.scripts import SERVICE
from local.recordings.spoiled import not_audio
from local.seed import Person
from tests.browser.page_calls import CallsPage, recorded
from tests.browser.page_driver import DESKTOP, PATIENCE_MS, SitePage, somebody, visitor

AXE = Path(__file__).resolve().parents[2] / "web" / "node_modules" / "axe-core" / "axe.min.js"
RUN = """async () => (await axe.run(document, {
    runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
})).violations.map(({id, impact, nodes}) => ({id, impact, html: nodes.map((node) => node.html)}))"""
SERIOUS = ("serious", "critical")
PHONE: ViewportSize = {"width": 360, "height": 740}
SCREENS = [("light", DESKTOP), ("dark", DESKTOP), ("light", PHONE), ("dark", PHONE)]


@pytest.fixture(params=SCREENS, ids=lambda screen: f"{screen[0]}-{screen[1]['width']}")
def page(chromium: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    scheme: Literal["light", "dark"] = request.param[0]
    with chromium.new_context(
        viewport=request.param[1], color_scheme=scheme, reduced_motion="reduce"
    ) as context:
        yield context.new_page()


@pytest.fixture(scope="session")
def listener(chromium: Browser, laptop: Endpoints, tmp_path_factory: pytest.TempPathFactory) -> Person:
    """Somebody with a call that was analyzed, and one that failed."""
    folder = tmp_path_factory.mktemp("recordings")
    person = somebody(laptop)
    spoilt = folder / "minutes.wav"
    spoilt.write_bytes(not_audio())
    with visitor(chromium) as page:
        site = SitePage.signed_in(page, laptop.site, person)
        site.go("Calls")
        calls = CallsPage(site)
        calls.send(spoilt)
        calls.ends("minutes.wav", "Failed")
        calls.analyzed(recorded(SERVICE, folder, world=laptop.world), title="Boiler service")
    return person


def test_no_view_keeps_anybody_out(page: Page, laptop: Endpoints) -> None:
    page.goto(laptop.site)
    _finds_nothing(page, "signing in")
    site = SitePage.signed_in(page, laptop.site, laptop.demo)
    site.ask("What time is it in Lisbon?")
    _finds_nothing(page, "chat")
    _tasks_keep_nobody_out(site)
    site.go("You")
    expect(page.locator(".plot canvas")).to_be_visible()
    page.get_by_role("button", name="Link another channel").click()
    expect(page.get_by_label("Code")).to_be_visible()
    _finds_nothing(page, "you")
    page.get_by_role("button", name="Erase everything…").click()
    _finds_nothing(page, "the dialog")
    page.keyboard.press("Escape")
    site.go("Operator")
    expect(page.locator(".plot canvas")).to_have_count(2)
    _finds_nothing(page, "operator")


def test_no_part_of_calls_keeps_anybody_out(
    page: Page, laptop: Endpoints, listener: Person, tmp_path: Path
) -> None:
    site = SitePage.signed_in(page, laptop.site, listener)
    site.go("Calls")
    calls = CallsPage(site)
    file = tmp_path / "chosen.wav"
    file.write_bytes(not_audio())
    calls.choose(file)
    page.get_by_role("button", name="Add a detail").click()
    expect(calls.row("minutes.wav")).to_be_visible(timeout=PATIENCE_MS)
    _finds_nothing(page, "the list of calls")
    calls.open("minutes.wav")
    expect(page.get_by_role("alert")).to_be_visible()
    _finds_nothing(page, "a call that failed")
    page.get_by_role("link", name="All recordings").click()
    calls.open("Boiler service")
    page.locator(".said").nth(3).click()
    expect(page.locator(".said[aria-current]")).to_be_visible()
    expect(calls.found("Talk time")).to_be_visible(timeout=PATIENCE_MS)
    _finds_nothing(page, "a call")
    page.get_by_role("button", name="Analyze again…").click()
    _finds_nothing(page, "analyzing again")
    page.keyboard.press("Escape")
    page.get_by_role("link", name="All recordings").click()
    page.get_by_role("link", name="Across calls").click()
    expect(page.locator(".curve canvas").first).to_be_visible()
    _finds_nothing(page, "across calls")
    page.get_by_role("link", name="Profiles").click()
    _finds_nothing(page, "profiles")
    page.get_by_role("link", name="New profile").click()
    page.get_by_label("The profile, as JSON").fill("{")
    page.get_by_role("button", name="Check").click()
    expect(page.locator(".editor .trouble")).to_be_visible()
    _finds_nothing(page, "a profile")


def _tasks_keep_nobody_out(site: SitePage) -> None:
    """The demo person's board stays as it is from screen to screen, so what is said may be there already."""
    site.go("Tasks")
    page = site.page
    page.locator("#sentence").fill("read 20 pages of Dune every day")
    page.locator("#sentence").press("Enter")
    expect(page.locator("#sentence")).to_have_value("")
    card = page.locator(".card").filter(has_text="read Dune")
    card.get_by_role("button", name="Done 20 pages").click()
    expect(page.get_by_role("group", name="Done last")).to_contain_text("pages")
    card.get_by_role("button", name="Another amount").click()
    expect(card.get_by_label("How many pages?")).to_be_focused()
    page.locator("#sentence").fill("learn Rust")
    page.locator("#sentence").press("Enter")
    expect(page.get_by_role("button", name="Yes, add it")).to_be_visible()
    _finds_nothing(page, "the board")
    card.get_by_role("button", name="Change").click()
    _finds_nothing(page, "the change of a task")
    page.keyboard.press("Escape")
    card.get_by_role("link", name="read Dune").click()
    expect(page.locator(".heat-map")).to_be_visible()
    page.get_by_text("As a table").click()
    _finds_nothing(page, "a task")


def _finds_nothing(page: Page, view: str) -> None:
    page.evaluate(AXE.read_text())
    found: list[dict[str, Any]] = page.evaluate(RUN)
    assert [each for each in found if each["impact"] in SERIOUS] == [], view
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), view
