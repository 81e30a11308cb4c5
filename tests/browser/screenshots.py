"""Pictures of the phone page for the documentation: `python -m tests.browser.screenshots`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, Page, StorageState, ViewportSize

from local.steps import Steps
from local.trial import trial
from tests.browser.chromium import browser, found
from tests.browser.phone_page import PhonePage

DOCS = Path(__file__).resolve().parents[2] / "docs"
SAID = (
    "Hello!",
    "My name is Ada",
    "What time is it in Lisbon?",
    "What is my name?",
    "Write 72 words",
    "MORE",
)
HIDE_WHAT_IS_CUT = """() => {
    const top = document.getElementById("scroll").getBoundingClientRect().top;
    for (const text of document.querySelectorAll("#thread .text"))
        if (text.getBoundingClientRect().top < top) text.style.visibility = "hidden";
}"""


@dataclass(frozen=True, slots=True)
class Picture:
    name: str
    viewport: ViewportSize
    scheme: Literal["light", "dark"] = "light"


DESKTOP = ViewportSize(width=1100, height=780)
PICTURES = (
    Picture("phone.png", DESKTOP),
    Picture("phone-dark.png", DESKTOP, "dark"),
    Picture("phone-small.png", ViewportSize(width=390, height=844)),
)


def main() -> None:
    steps = Steps()
    with browser(found()) as chromium, trial(steps) as (endpoints, _):
        with steps.step("having a conversation", "had a conversation"):
            state = _converse(chromium, endpoints.world)
        for picture in PICTURES:
            with steps.step(f"taking docs/{picture.name}", f"took docs/{picture.name}"):
                _take(chromium, endpoints.world, picture, state)


def _converse(chromium: Browser, url: str) -> StorageState:
    """On a second phone, so that the list shows more than one; the browser's memory says which."""
    with _open(chromium, PICTURES[0]) as page:
        phone = PhonePage.opened(page, url)
        for words in SAID:
            phone.ask(words)
        return page.context.storage_state()


def _take(chromium: Browser, url: str, picture: Picture, state: StorageState) -> None:
    with _open(chromium, picture, state) as page:
        page.goto(url)
        PhonePage(page).replies.nth(len(SAID) - 1).wait_for()
        page.evaluate(HIDE_WHAT_IS_CUT)
        page.screenshot(path=DOCS / picture.name)


@contextmanager
def _open(chromium: Browser, picture: Picture, state: StorageState | None = None) -> Iterator[Page]:
    with chromium.new_context(
        viewport=picture.viewport,
        color_scheme=picture.scheme,
        device_scale_factor=2,
        reduced_motion="reduce",
        locale="en-US",
        storage_state=state,
    ) as context:
        yield context.new_page()


if __name__ == "__main__":
    main()
