"""Calls on the page: a recording is sent from the browser and comes out as a page of insights."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, WebSocketRoute, expect

from local.endpoints import Endpoints
from local.recordings import spoiled
from local.recordings.scripts import SERVICE
from local.seed import Person
from tests.browser.page_calls import LONG_MS, CallsPage, recorded
from tests.browser.page_driver import PATIENCE_MS, SitePage, somebody, visitor

LARGE_BYTES = 70_000_000
PARTS = 5
BYTES_PER_SECOND = 8_000_000
EVERY_STATUS = [
    *("Waiting for the recording", "Uploading", "Waiting for its turn", "Transcribing"),
    *("Transcribed", "Analyzing", "Done"),
]


@pytest.fixture(scope="session")
def service_call(laptop: Endpoints, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return recorded(SERVICE, tmp_path_factory.mktemp("recordings"), world=laptop.world)


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    with visitor(chromium) as page:
        yield page


@pytest.fixture
def person(laptop: Endpoints) -> Person:
    return somebody(laptop)


@pytest.fixture
def calls(page: Page, laptop: Endpoints, person: Person) -> CallsPage:
    site = SitePage.signed_in(page, laptop.site, person)
    site.go("Calls")
    return CallsPage(site)


def test_a_recording_becomes_a_page_of_insights(calls: CallsPage, service_call: Path) -> None:
    page = calls.page
    expect(page.get_by_role("heading", name="No recordings yet")).to_be_visible(timeout=LONG_MS)
    calls.analyzed(service_call, title="Boiler service")
    expect(calls.found("Action items")).to_contain_text("technician on Thursday")
    expect(calls.found("Action items").get_by_role("button").first).to_have_text(re.compile(r"^\d:\d\d$"))
    expect(calls.found("Talk time").get_by_role("progressbar")).to_have_count(2)
    expect(calls.found("How it went").locator("li > b")).to_have_text(EVERY_STATUS)
    expect(page.locator(".facts")).to_contain_text(re.compile(r"2 speakers, 127 words.*\$0\.0*[1-9]"))
    page.get_by_role("link", name="All recordings").click()
    page.get_by_role("link", name="Across calls").click()
    expect(page.locator(".curve canvas").first).to_be_visible()
    expect(page.get_by_role("status").filter(has_text="The newest 1 call")).to_be_visible()


def test_the_recording_and_its_transcript_go_in_step(calls: CallsPage, service_call: Path) -> None:
    page = calls.page
    calls.analyzed(service_call, title="Boiler service")
    line = page.get_by_role("button", name=re.compile("I will send a technician"))
    line.click()
    expect(line).to_have_attribute("aria-current", "true")
    expect(page.get_by_role("button", name="Pause")).to_be_visible()
    expect(page.locator(".said[aria-current]")).to_contain_text("Thursday is fine", timeout=LONG_MS)
    page.get_by_role("button", name="Pause").click()
    line.focus()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    expect(page.locator(".said[aria-current]")).to_contain_text("The valve is open")
    page.keyboard.press("k")
    expect(page.get_by_role("button", name="Play", exact=True)).to_be_visible()
    page.get_by_label("Words that were said").fill("warranty")
    page.keyboard.press("Enter")
    hits = page.locator(".hits li")
    expect(hits).to_have_count(2)
    hits.last.get_by_role("button").click()
    expect(page.locator(".said[aria-current]")).to_contain_text("warranty")


def test_a_file_that_is_no_call_shows_its_reason(calls: CallsPage, tmp_path: Path) -> None:
    file = tmp_path / "minutes.wav"
    file.write_bytes(spoiled.not_audio())
    calls.send(file)
    row = calls.ends("minutes.wav", "Failed")
    expect(row).to_contain_text("The file is no audio or video that I know.")
    calls.open("minutes.wav")
    expect(calls.page.get_by_role("alert")).to_contain_text("no audio or video")


def test_what_cannot_be_taken_is_told_before_anything_is_sent(calls: CallsPage, tmp_path: Path) -> None:
    asked: list[str] = []
    calls.page.on("request", lambda request: asked.append(request.method))
    empty, notes, good = tmp_path / "empty.wav", tmp_path / "notes.txt", tmp_path / "good.wav"
    for file, content in ((empty, b""), (notes, b"x"), (good, b"RIFF")):
        file.write_bytes(content)
    calls.choose(empty)
    expect(calls.page.get_by_role("alert")).to_contain_text("The file is empty.")
    calls.choose(notes)
    expect(calls.page.get_by_role("alert")).to_contain_text("no audio or video")
    calls.send(good, consent=False)
    expect(calls.page.get_by_role("checkbox")).to_be_focused()
    assert "POST" not in asked


def test_a_large_upload_pauses_and_goes_on_after_a_reload(calls: CallsPage, tmp_path: Path) -> None:
    page = calls.page
    puts: list[str] = []
    page.on("requestfinished", lambda request: puts.append(request.url) if request.method == "PUT" else None)
    file = tmp_path / "long.wav"
    with file.open("wb") as made:
        made.truncate(LARGE_BYTES)
    slowly = {"offline": False, "latency": 0, "downloadThroughput": -1, "uploadThroughput": BYTES_PER_SECOND}
    wire = page.context.new_cdp_session(page)
    wire.send("Network.emulateNetworkConditions", slowly)
    calls.send(file)
    row = calls.row("long.wav")
    expect(row.get_by_role("progressbar")).to_be_visible()
    page.wait_for_event("requestfinished", lambda request: request.method == "PUT", timeout=LONG_MS)
    row.get_by_role("button", name="Pause").click()
    expect(row).to_contain_text(re.compile(r"paused at [1-9]\d %"))
    page.wait_for_timeout(500)
    sent = len(puts)
    page.wait_for_timeout(1_500)
    assert len(puts) == sent < PARTS
    page.reload()
    expect(row).to_contain_text("The upload is not finished")
    wire.send("Network.emulateNetworkConditions", {**slowly, "uploadThroughput": -1})
    row.get_by_label("choose long.wav again").set_input_files(file)
    calls.ends("long.wav", "Failed")
    expect(row).to_contain_text("The file is no audio or video that I know.")
    assert 0 < len(puts) - sent < PARTS


def test_an_upload_can_be_paused_and_resumed_on_the_page(calls: CallsPage, service_call: Path) -> None:
    held: list[Route] = []
    calls.page.route("**/*", lambda route: held.append(route) if _is_form(route) else route.continue_())
    calls.send(service_call)
    row = calls.row(service_call.name)
    row.get_by_role("button", name="Pause").click()
    expect(row).to_contain_text("paused; a small file begins again")
    calls.page.unroute_all(behavior="ignoreErrors")
    row.get_by_role("button", name="Resume").click()
    calls.ends(service_call.name, "Done")


def _is_form(route: Route) -> bool:
    return route.request.headers.get("content-type", "").startswith("multipart/form-data")


def test_a_status_comes_even_where_the_line_is_broken(
    page: Page, laptop: Endpoints, person: Person, service_call: Path
) -> None:
    lines: list[WebSocketRoute] = []
    page.route_web_socket(re.compile("ticket="), lambda line: lines.append(line))  # noqa: PLW0108 - it is marked
    site = SitePage.signed_in(page, laptop.site, person)
    page.route_web_socket(re.compile("ticket="), lambda line: line.close())
    site.go("Calls")
    lines[0].close()
    expect(page.locator(".line-open")).to_have_count(0)
    CallsPage(site).send(service_call)
    CallsPage(site).ends(service_call.name, "Done")


def test_a_profile_is_written_tried_published_and_rolled_back(calls: CallsPage, service_call: Path) -> None:
    page = calls.page
    calls.analyzed(service_call, title="Boiler service")
    page.get_by_role("link", name="All recordings").click()
    page.get_by_role("link", name="Profiles").click()
    page.get_by_role("link", name="New profile").click()
    text = page.get_by_label("The profile, as JSON")
    valid = text.input_value()
    text.fill(valid.replace("{", "{,", 1))
    page.get_by_role("button", name="Check").click()
    expect(page.get_by_role("status").filter(has_text="This is not JSON: look at line 1.")).to_be_visible()
    text.fill(valid.replace('"name": "My profile"', '"name": ""'))
    page.get_by_role("button", name="Save as a new version").click()
    expect(page.locator(".editor .trouble")).to_contain_text(
        "The name must have 1 to 80", timeout=PATIENCE_MS
    )
    first, second = (page.get_by_role("listitem").filter(has_text=f"Version {n}") for n in (1, 2))
    for version in (first, second):
        text.fill(valid)
        page.get_by_role("button", name="Save as a new version").click()
        version.get_by_role("button", name="Publish").click()
        expect(version).to_contain_text("in use", timeout=PATIENCE_MS)
    page.get_by_role("button", name="Roll back").click()
    expect(first).to_contain_text("in use", timeout=PATIENCE_MS)
    second.get_by_role("button", name="Try on a call…").click()
    page.get_by_role("dialog").get_by_role("button", name="Try it").click()
    trial = page.get_by_role("option", name=re.compile(r"My profile 2 \(trial\)"))
    expect(trial).to_have_count(1, timeout=LONG_MS)
    page.get_by_label("Analysis").select_option(label=trial.inner_text())
    expect(page.locator(".made")).to_contain_text("My profile, version 2 (a trial)")


def test_a_call_is_analyzed_again_and_then_deleted(calls: CallsPage, service_call: Path) -> None:
    page = calls.page
    calls.analyzed(service_call, title="Boiler service")
    page.get_by_role("button", name="Analyze again…").click()
    page.get_by_role("dialog").get_by_role("button", name="Analyze", exact=True).click()
    expect(page.get_by_label("Analysis").get_by_role("option")).to_have_count(2, timeout=LONG_MS)
    page.get_by_role("button", name="Delete…").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("everything that was found in it go for good")
    dialog.get_by_role("button", name="Keep it").click()
    expect(page.get_by_role("button", name="Delete…")).to_be_focused()
    page.get_by_role("button", name="Delete…").click()
    dialog.get_by_role("button", name="Delete", exact=True).click()
    expect(page.get_by_role("heading", name="No recordings yet")).to_be_visible()
    page.reload()
    expect(page.get_by_role("heading", name="No recordings yet")).to_be_visible()
