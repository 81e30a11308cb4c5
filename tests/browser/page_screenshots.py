"""Pictures of the page for the documentation: `python -m tests.browser.page_screenshots`."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

from PIL import Image
from playwright.sync_api import Browser, Page, StorageState, ViewportSize, expect

from local.endpoints import Endpoints
from local.recordings.scripts import SCRIPTS
from local.steps import Steps
from local.trial import trial
from local.web import client
from tests.browser.chromium import browser, found
from tests.browser.page_calls import CallsPage, recorded
from tests.browser.page_driver import SitePage
from tests.e2e.outside import Phone, World

DOCS = Path(__file__).resolve().parents[2] / "docs"
NUMBER = "+12065550123"
COLOURS = 64
PLAN = """Here is a plan for **Saturday**:

1. Pick up the bike at *10:00*
2. Lunch with Grace: she likes [the place by the market](https://example.com/menu)
3. Two hours outside, before the rain comes at five

| Stop | Minutes |
| --- | ---: |
| Market | 25 |
| Museum | 90 |

> Leave by noon, or the museum will be full."""
SCRIPT: Mapping[str, str] = {
    "Plan my Saturday": PLAN,
    "stamps": "Noted: **buy stamps**. I will remind you tomorrow at nine.",
}

TASKS = (
    "read 20 pages of Dune every day",
    "30 pushups every day",
    "finish the tax return by December 30, about six sessions",
    "practice guitar 20 minutes mon wed fri",
)
DAYS_AGO = (30, 26, 23, 19, 16, 13, 10, 8, 6, 5, 3, 2, 1)

Scheme = Literal["light", "dark"]
SCREENS: Mapping[str, ViewportSize] = {
    "desktop": ViewportSize(width=1200, height=800),
    "phone": ViewportSize(width=390, height=844),
}
SCHEMES: tuple[Scheme, ...] = ("light", "dark")


@dataclass(frozen=True, slots=True)
class Visit:
    endpoints: Endpoints
    chromium: Browser
    state: StorageState | None = None


def main() -> None:
    steps = Steps()
    with browser(found()) as chromium, trial(steps) as (endpoints, _):
        with steps.step("having a conversation", "had a conversation"):
            state = _converse(Visit(endpoints, chromium))
        visit = Visit(endpoints, chromium, state)
        for screen, scheme in product(SCREENS, SCHEMES):
            with steps.step(f"taking the {scheme} {screen}", f"took the {scheme} {screen}"):
                _take_all(visit, screen, scheme)


def _converse(visit: Visit) -> StorageState:
    """By text message and on the page; the browser's memory keeps the session."""
    with _open(visit, "desktop", "light") as page, client(visit.endpoints.world) as http:
        world = World(http)
        script = [{"match": match, "reply": reply} for match, reply in SCRIPT.items()]
        http.put("/model/script", json=script).raise_for_status()
        site = SitePage.signed_in(page, visit.endpoints.site, visit.endpoints.demo)
        _link(site, Phone(world, NUMBER))
        _work(site)
        Phone(world, NUMBER).ask("remind me to buy stamps")
        _call(site, visit.endpoints.world)
        site.go("Chat")
        site.ask("Plan my Saturday, please. It should have the bike, lunch and some time outside.")
        return page.context.storage_state()


def _work(site: SitePage) -> None:
    """A month of reps, told afterwards, and no more of them than one may say in a minute."""
    today = datetime.now(UTC).date()
    for sentence in TASKS:
        site.ask(f"/add {sentence}")
    for ago in DAYS_AGO:
        site.ask(f"/did {14 + ago * 5 % 17} pages of Dune on {today - timedelta(days=ago)}")
    for ago in (5, 1):
        site.ask(f"/did tax return on {today - timedelta(days=ago)}")
    site.ask("/did pushups")


def _call(site: SitePage, world: str) -> None:
    """Three recordings, of which the last one shown is about a boiler."""
    site.go("Calls")
    calls = CallsPage(site)
    with TemporaryDirectory() as folder:
        for script in reversed(SCRIPTS):
            calls.send(recorded(script, Path(folder), world=world), title=script.title)
            calls.ends(script.title, "Done")


def _link(site: SitePage, phone: Phone) -> None:
    site.link(phone)
    site.go("Chat")


def _take_all(visit: Visit, screen: str, scheme: Scheme) -> None:
    with _open(visit, screen, scheme) as page:
        page.goto(visit.endpoints.site)
        site = SitePage(page)
        site.is_ready()
        for view, ready in VIEWS.items():
            if view != "Chat":
                site.go(view)
            ready(site)
            _keep(page, DOCS / f"page-{view.lower()}-{screen}-{scheme}.png")
        site.go("Calls")
        _one_call(site)
        _keep(page, DOCS / f"page-call-{screen}-{scheme}.png")
        site.go("Tasks")
        _task(site)
        _keep(page, DOCS / f"page-task-{screen}-{scheme}.png")


def _chat(site: SitePage) -> None:
    expect(site.words).to_contain_text("museum will be full")


def _tasks(site: SitePage) -> None:
    expect(site.page.locator(".card")).to_have_count(len(TASKS))


def _calls(site: SitePage) -> None:
    expect(site.page.locator(".badge-good")).to_have_count(len(SCRIPTS))


def _one_call(site: SitePage) -> None:
    CallsPage(site).open(SCRIPTS[0].title)
    site.page.locator(".said").nth(4).click()
    site.page.get_by_role("button", name="Pause").click()
    expect(site.page.get_by_role("region", name="Talk time")).to_be_visible()
    site.page.locator("#view").evaluate("view => view.scrollTo(0, 0)")


def _task(site: SitePage) -> None:
    site.page.get_by_role("link", name="Dune").click()
    expect(site.page.locator(".heat-map")).to_be_visible()


def _you(site: SitePage) -> None:
    site.page.get_by_role("button", name="Link another channel").click()
    expect(site.page.get_by_label("Code")).to_be_visible()
    expect(site.page.locator(".plot canvas")).to_be_visible()


def _operator(site: SitePage) -> None:
    expect(site.page.locator(".plot canvas")).to_have_count(2)
    expect(site.page.get_by_role("row").filter(has_text="sms, web").first).to_be_visible()


VIEWS: Mapping[str, Callable[[SitePage], None]] = {
    "Chat": _chat,
    "Tasks": _tasks,
    "Calls": _calls,
    "You": _you,
    "Operator": _operator,
}


def _keep(page: Page, path: Path) -> None:
    """In few colours: what is drawn has no more."""
    page.evaluate("document.activeElement.blur()")
    with Image.open(io.BytesIO(page.screenshot())) as taken:
        few = taken.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
        few.save(path, optimize=True)


@contextmanager
def _open(visit: Visit, screen: str, scheme: Scheme) -> Iterator[Page]:
    with visit.chromium.new_context(
        viewport=SCREENS[screen],
        color_scheme=scheme,
        device_scale_factor=2,
        reduced_motion="reduce",
        locale="en-US",
        storage_state=visit.state,
    ) as context:
        yield context.new_page()


if __name__ == "__main__":
    main()
