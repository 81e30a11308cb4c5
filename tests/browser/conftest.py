"""A laptop of one's own, and a real Chromium in front of its phone page."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Request, ViewportSize, expect

from local.endpoints import Endpoints
from local.steps import Steps
from local.trial import trial
from tests.browser.chromium import NoChromium, browser, found
from tests.browser.phone_page import PhonePage

HERE = Path(__file__).parent
DESKTOP: ViewportSize = {"width": 1100, "height": 780}
PATIENCE_MS = 15_000
"""A machine that runs other things too shows a page late; what never comes fails all the same."""

expect.set_options(timeout=PATIENCE_MS)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.enable_socket)


@pytest.fixture(scope="session")
def chromium(request: pytest.FixtureRequest) -> Iterator[Browser]:
    """CI fails without one; a developer's machine is told what to install."""
    capture = request.config.pluginmanager.getplugin("capturemanager")
    try:
        with capture.global_and_fixture_disabled():
            path = found()
    except NoChromium as missing:
        if os.environ.get("CI") == "true":
            raise
        pytest.skip(str(missing))
    with browser(path) as opened:
        yield opened


@pytest.fixture(scope="session")
def laptop(chromium: Browser) -> Iterator[Endpoints]:
    with trial(Steps()) as (endpoints, _):
        yield endpoints


@pytest.fixture
def viewport() -> ViewportSize:
    return DESKTOP


@pytest.fixture
def page(chromium: Browser, viewport: ViewportSize) -> Iterator[Page]:
    """A browser that has never been here; nothing may be complained about in its console."""
    complaints: list[str] = []
    with chromium.new_context(viewport=viewport, reduced_motion="reduce") as context:
        page = context.new_page()
        page.on("console", lambda said: complaints.append(said.text) if said.type != "log" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("requestfailed", lambda request: complaints.extend(_failures(request)))
        yield page
        page.goto("about:blank")
    assert complaints == []


def _failures(request: Request) -> list[str]:
    """What a reload breaks off has not failed."""
    return [] if request.failure == "net::ERR_ABORTED" else [f"{request.url} {request.failure}"]


@pytest.fixture
def phone(page: Page, laptop: Endpoints) -> PhonePage:
    return PhonePage.opened(page, laptop.world)
