"""The view of tasks as a person uses it: saying, tapping, and what is on the board."""

from __future__ import annotations

from dataclasses import dataclass

from playwright.sync_api import Locator, Page, expect

from tests.browser.page_driver import PATIENCE_MS

MOST_TABS = 60


@dataclass(frozen=True, slots=True)
class Board:
    """What a person sees and does on the view of tasks."""

    page: Page

    @property
    def field(self) -> Locator:
        return self.page.locator("#sentence")

    @property
    def cards(self) -> Locator:
        return self.page.locator(".card")

    @property
    def outcome(self) -> Locator:
        return self.page.get_by_role("group", name="Done last")

    def card(self, title: str) -> Locator:
        return self.cards.filter(has=self.page.get_by_role("link", name=title))

    def say(self, sentence: str) -> None:
        self.field.fill(sentence)
        self.field.press("Enter")

    def add(self, sentence: str, *, title: str) -> Locator:
        """Its card."""
        self.say(sentence)
        expect(self.card(title)).to_be_visible(timeout=PATIENCE_MS)
        return self.card(title)

    def show(self, state: str) -> None:
        self.page.get_by_role("button", name=state).click()
        expect(self.page.get_by_role("button", name=state)).to_have_attribute("aria-pressed", "true")

    def tab_to(self, wanted: Locator) -> None:
        """As somebody gets there who has no pointer."""
        for _ in range(MOST_TABS):
            if wanted.evaluate("element => element === document.activeElement"):
                return
            self.page.keyboard.press("Tab")
        expect(wanted).to_be_focused()
