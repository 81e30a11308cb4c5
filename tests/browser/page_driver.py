"""The page as a person uses it: signing in, saying things, and what is seen of the answers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count

from playwright.sync_api import Browser, Locator, Page, ViewportSize, expect

from local.cloud import outputs
from local.endpoints import Endpoints
from local.seed import Person, seed_person
from tests.e2e.outside import Phone

PATIENCE_MS = 30_000
DESKTOP: ViewportSize = {"width": 1100, "height": 780}
NOTHING = re.compile(r"(?!)")
OFFLINE = re.compile(r"ERR_INTERNET_DISCONNECTED|ERR_NETWORK_CHANGED|WebSocket connection")
CONFIRM = re.compile(r"/confirm \w{4}-\w{4}")
REFUSED = re.compile(r"status of 40[19]|status of 412|status of 429")

_names = (f"visitor-{n}" for n in count(1))


def somebody(laptop: Endpoints) -> Person:
    """Who has never been here."""
    return seed_person(laptop.access, outputs(laptop.access), username=next(_names))


@dataclass(frozen=True, slots=True)
class SitePage:
    page: Page

    @classmethod
    def signed_in(cls, page: Page, site: str, person: Person) -> SitePage:
        page.goto(site)
        made = cls(page)
        made.sign_in(person)
        return made

    def sign_in(self, person: Person) -> None:
        self.page.get_by_label("Username").fill(person.username)
        self.page.get_by_label("Password").fill(person.password)
        self.page.get_by_role("button", name="Sign in").click()
        self.is_ready()

    def is_ready(self) -> None:
        expect(self.page.locator(".line-open")).to_be_visible(timeout=PATIENCE_MS)

    def go(self, view: str) -> None:
        self.page.get_by_role("link", name=view).click()
        expect(self.page.get_by_role("heading", name=view, level=1)).to_be_focused()

    def link(self, phone: Phone) -> None:
        """The page's code is entered on a phone, and the one that is sent there comes back from it."""
        self.go("You")
        self.page.get_by_role("button", name="Link another channel").click()
        asked = phone.ask(f"/link {self.page.get_by_label('Code').inner_text()}")
        phone.ask(CONFIRM.findall(asked)[0])
        linked = self.page.get_by_role("listitem").filter(has_text=phone.number)
        expect(linked).to_be_visible(timeout=PATIENCE_MS)

    @property
    def field(self) -> Locator:
        return self.page.get_by_label("Message", exact=True)

    @property
    def turns(self) -> Locator:
        return self.page.locator(".turns > li")

    @property
    def latest(self) -> Locator:
        return self.turns.last

    @property
    def words(self) -> Locator:
        """The latest reply's."""
        return self.latest.locator(".prose")

    def say(self, words: str) -> Locator:
        """Its turn, at once in sight."""
        before = self.turns.count()
        self.field.fill(words)
        self.field.press("Enter")
        expect(self.turns).to_have_count(before + 1)
        return self.turns.nth(before)

    def ask(self, words: str) -> Locator:
        """Its turn, answered."""
        turn = self.say(words)
        expect(turn.locator(".turn-answered")).to_be_visible(timeout=PATIENCE_MS)
        return turn

    def has_ended(self, turn: Locator) -> None:
        expect(turn.get_by_role("article")).to_have_attribute("aria-busy", "false", timeout=PATIENCE_MS)

    def begins(self, *, words: str) -> None:
        """The latest reply has come so far, and goes on."""
        expect(self.words).to_contain_text(words, timeout=PATIENCE_MS)
        expect(self.latest.locator(".working")).to_be_visible()


@contextmanager
def visitor(chromium: Browser, *, minding: re.Pattern[str] = NOTHING) -> Iterator[Page]:
    """A browser that has never been here, whose console complains only of what goes wrong on purpose."""
    complaints: list[str] = []
    with chromium.new_context(viewport=DESKTOP, reduced_motion="reduce") as context:
        page = context.new_page()
        page.on("console", lambda said: complaints.append(said.text) if said.type != "log" else None)
        page.on("pageerror", lambda error: complaints.append(f"thrown: {error}"))
        yield page
    unexpected = [said for said in complaints if not minding.search(said)]
    assert not unexpected, unexpected
