"""The phone page as a person uses it: what they see, type and press."""

from __future__ import annotations

from dataclasses import dataclass

from playwright.sync_api import Locator, Page, expect

PATIENCE_MS = 30_000


@dataclass(frozen=True, slots=True)
class PhonePage:
    page: Page

    @classmethod
    def opened(cls, page: Page, url: str) -> PhonePage:
        """With a phone that nobody has used."""
        page.goto(url)
        expect(page.get_by_role("status").filter(has_text="Ready")).to_be_visible(timeout=PATIENCE_MS)
        made = cls(page)
        made.add_phone()
        return made

    @property
    def field(self) -> Locator:
        return self.page.get_by_label("Text message")

    @property
    def replies(self) -> Locator:
        return self.page.locator("#thread .text.in")

    @property
    def own(self) -> Locator:
        return self.page.locator("#thread .text.out")

    @property
    def phones(self) -> Locator:
        return self.page.locator("#phones button")

    @property
    def number(self) -> str:
        """That of the phone in one's hand, as it is shown."""
        return self.page.locator("#phones [aria-current=true] b").inner_text()

    def phone(self, number: str) -> Locator:
        return self.phones.filter(has_text=number)

    def add_phone(self) -> None:
        before = self.phones.count()
        self.page.get_by_role("button", name="Add a phone").click()
        expect(self.phones).to_have_count(before + 1)
        expect(self.page.locator("#thread .text")).to_have_count(0)

    def say(self, words: str) -> None:
        self.field.fill(words)
        self.field.press("Enter")

    def ask(self, words: str, *, replies: int = 1) -> Locator:
        """The latest reply, delivered, once so many more have come."""
        wanted = self.replies.count() + replies
        self.say(words)
        expect(self.replies).to_have_count(wanted, timeout=PATIENCE_MS)
        latest = self.replies.last
        expect(latest).to_have_attribute("data-state", "delivered", timeout=PATIENCE_MS)
        return latest
