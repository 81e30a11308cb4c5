"""axe finds nothing serious on any view, in light and dark, on a desktop and on a phone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from local.endpoints import Endpoints
from tests.browser.page_driver import DESKTOP, SitePage

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


def test_no_view_keeps_anybody_out(page: Page, laptop: Endpoints) -> None:
    page.goto(laptop.site)
    _finds_nothing(page, "signing in")
    site = SitePage.signed_in(page, laptop.site, laptop.demo)
    site.ask("What time is it in Lisbon?")
    _finds_nothing(page, "chat")
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


def _finds_nothing(page: Page, view: str) -> None:
    page.evaluate(AXE.read_text())
    found: list[dict[str, Any]] = page.evaluate(RUN)
    assert [each for each in found if each["impact"] in SERIOUS] == [], view
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), view
