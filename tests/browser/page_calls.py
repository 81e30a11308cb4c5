"""The view of calls as a person uses it: a recording is chosen, sent, listened to and read."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import httpx2
from playwright.sync_api import Locator, Page, expect

from local.recordings.recording import espeak, record, save
from local.recordings.scripts import Script
from tests.browser.page_driver import SitePage

LONG_MS = 90_000


def recorded(script: Script, folder: Path, *, world: str) -> Path:
    """A recording of two voices, of which the transcriber is told."""
    made = record(script, espeak())
    told = made.sidecar.model_dump(mode="json")
    url = f"{world}/transcriber/recordings/{made.sidecar.sha256}"
    httpx2.put(url, json=told, trust_env=False).raise_for_status()
    return save(made, folder)


@dataclass(frozen=True, slots=True)
class CallsPage:
    site: SitePage

    @property
    def page(self) -> Page:
        return self.site.page

    def row(self, name: str) -> Locator:
        return self.page.locator(".call-row").filter(has_text=name).first

    def choose(self, file: Path) -> None:
        self.page.get_by_label("Choose a recording or drop it here").set_input_files(file)

    def send(self, file: Path, *, title: str = "", consent: bool = True) -> None:
        self.choose(file)
        if title:
            self.page.get_by_label("Title").fill(title)
        if consent:
            self.page.get_by_label("Everybody on this call agreed").check()
        self.page.get_by_role("button", name="Upload", exact=True).click()

    def ends(self, name: str, status: str) -> Locator:
        """Its row, once it says so by itself."""
        row = self.row(name)
        expect(row.locator(".badge")).to_have_text(status, timeout=LONG_MS)
        return row

    def open(self, name: str) -> None:
        self.row(name).get_by_role("link").first.click()
        expect(self.page.locator(".call-title")).to_be_focused()

    def analyzed(self, script: Path, *, title: str) -> None:
        """Sends one and opens it when it is done."""
        self.send(script, title=title)
        self.ends(title, "Done")
        self.open(title)
        expect(self.found("Summary").locator("p").first).to_be_visible()

    def found(self, heading: str) -> Locator:
        return self.page.get_by_role("region", name=heading, exact=True)
