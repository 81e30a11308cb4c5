"""Chatting on the page: words as they come, the line lost and found, history."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from local.endpoints import Endpoints
from local.seed import Person
from local.web import client
from tests.browser.page_driver import OFFLINE, PATIENCE_MS, SitePage, somebody, visitor
from tests.e2e.outside import World

STEPS = " ".join(f"step {n}" for n in range(1, 41))
RICH = (
    "Here is **the plan**:\n\n1. one\n2. two\n\n"
    "<img src=x onerror=alert(1)> ![pic](https://example.com/x.png) [menu](https://example.com/menu)"
)

NOT_SAID = ("title", "amount", "unit", "cadence", "times_a_week", "total", "due", "minutes_each")


@pytest.fixture
def world(laptop: Endpoints) -> Iterator[World]:
    with client(laptop.world) as http:
        world = World(http)
        yield world
        world.heal()


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    with visitor(chromium) as page:
        yield page


@pytest.fixture
def person(laptop: Endpoints) -> Person:
    return somebody(laptop)


@pytest.fixture
def site(page: Page, laptop: Endpoints, person: Person) -> SitePage:
    return SitePage.signed_in(page, laptop.site, person)


def test_an_empty_history_says_how_to_begin(site: SitePage) -> None:
    expect(site.page.get_by_role("heading", name="Say something to Switchboard")).to_be_visible()
    site.page.get_by_role("button", name="/usage").click()
    expect(site.field).to_have_value("/usage")
    expect(site.field).to_be_focused()


def test_words_arrive_as_they_are_said(site: SitePage, world: World) -> None:
    world.script("slowly", STEPS, tokens_per_second=15)
    turn = site.say("slowly please")
    lengths: set[int] = set()
    site.begins(words="step 2")
    while site.latest.locator(".working").is_visible():
        lengths.add(len(site.words.inner_text()))
        site.page.wait_for_timeout(50)
    assert len(lengths) > 10
    expect(turn.locator(".prose")).to_contain_text(STEPS)
    expect(turn.locator(".foot")).to_contain_text("$0.0")
    expect(site.page.get_by_role("log", name="Announcements")).to_contain_text("step 40")


def test_a_tool_is_noted(site: SitePage) -> None:
    turn = site.ask("What time is it in Lisbon?")
    expect(turn).to_contain_text("Used current time")


def test_markdown_is_shown_and_nothing_in_it_is_run_or_loaded(site: SitePage, world: World) -> None:
    asked: list[str] = []
    site.page.on("request", lambda request: asked.append(request.url))
    world.script("plan", RICH)
    turn = site.ask("plan")
    expect(turn.locator(".prose strong")).to_have_text("the plan")
    expect(turn.locator(".prose ol li")).to_have_count(2)
    expect(turn.locator(".prose")).to_contain_text("<img src=x onerror=alert(1)>")
    expect(turn.locator(".prose img")).to_have_count(0)
    menu = turn.get_by_role("link", name="menu")
    expect(menu).to_have_attribute("rel", "noopener noreferrer")
    expect(menu).to_have_attribute("target", "_blank")
    assert not [url for url in asked if "example.com" in url]


@pytest.mark.parametrize("deep", ["> " * 400, "- " * 400], ids=["quotes", "lists"])
def test_a_reply_that_no_parser_survives_is_shown_as_it_is(site: SitePage, world: World, deep: str) -> None:
    world.script("dig", f"{deep}the end")
    turn = site.ask("dig")
    expect(turn.locator(".as-it-is")).to_have_text(f"{deep}the end")
    site.ask("say you are still there")
    expect(site.words).to_contain_text("you are still there")


def asked_to_agree(site: SitePage, world: World) -> Locator:
    """The turn that ends with the question: calls were read, and the model wants a task of it."""
    world.script("calls", "None.", list_calls={"about": None, "limit": 5})
    site.ask("Tell me of my calls")
    wanted: dict[str, object] = {
        **dict.fromkeys(NOT_SAID),
        "weekdays": [],
        "sentence": "water the plants by Friday",
    }
    world.script("next", "It waits.", add_task=wanted)
    turn = site.ask("What is next?")
    expect(turn).to_contain_text('add task "water the plants by Friday"')
    world.script("yes|no", "All right.")
    return turn


def test_what_waits_for_a_yes_is_done_by_a_button(site: SitePage, world: World) -> None:
    turn = asked_to_agree(site, world)
    turn.get_by_role("group", name="Do it?").get_by_role("button", name="Yes, do it").click()
    expect(site.latest.locator(".bubble")).to_have_text("yes")
    expect(site.latest).to_contain_text("Used add task", timeout=PATIENCE_MS)
    expect(site.page.get_by_role("group", name="Do it?")).to_have_count(0)
    expect(site.field).to_be_focused()


def test_what_waits_for_a_yes_is_dropped_by_a_button_or_by_saying_something_else(
    site: SitePage, world: World
) -> None:
    turn = asked_to_agree(site, world)
    turn.get_by_role("button", name="No", exact=True).click()
    expect(site.latest.locator(".bubble")).to_have_text("no")
    expect(site.words).to_have_text("All right.", timeout=PATIENCE_MS)
    turn = asked_to_agree(site, world)
    expect(turn.get_by_role("group", name="Do it?")).to_be_visible()
    site.ask("say something else")
    expect(site.page.get_by_role("group", name="Do it?")).to_have_count(0)


def test_a_reply_is_stopped_and_asked_for_again(site: SitePage, world: World) -> None:
    world.script("slowly", STEPS, tokens_per_second=10)
    turn = site.say("slowly please")
    site.begins(words="step 2")
    site.page.get_by_role("button", name="Stop the reply").click()
    site.has_ended(turn)
    expect(turn).to_contain_text("Stopped")
    expect(turn).not_to_contain_text("step 40")
    world.heal()
    world.script("slowly", "All at once.")
    turn.get_by_role("button", name="Ask again").click()
    expect(site.turns).to_have_count(2)
    expect(site.words).to_contain_text("All at once.", timeout=PATIENCE_MS)
    expect(site.latest.locator(".bubble")).to_have_text("slowly please")


def test_a_turn_that_failed_can_be_asked_again(site: SitePage, world: World) -> None:
    site.ask("Hello!")
    world.break_("model", "status", status=500)
    turn = site.say("What is my name?")
    expect(turn).to_contain_text("Not answered", timeout=PATIENCE_MS)
    world.heal()
    turn.get_by_role("button", name="Ask again").click()
    expect(site.turns).to_have_count(3)
    expect(site.words).to_contain_text("name", timeout=PATIENCE_MS)


@pytest.mark.parametrize("offline_ms", [600, 6_000], ids=["still being said", "finished meanwhile"])
def test_a_page_that_loses_the_network_shows_the_whole_answer_once(
    chromium: Browser, laptop: Endpoints, person: Person, world: World, offline_ms: int
) -> None:
    world.script("slowly", STEPS, tokens_per_second=25)
    with visitor(chromium, minding=OFFLINE) as page:
        site = SitePage.signed_in(page, laptop.site, person)
        turn = site.say("slowly please")
        site.begins(words="step 5")
        page.context.set_offline(True)
        expect(page.locator(".banner")).to_contain_text("You are offline")
        page.wait_for_timeout(offline_ms)
        assert turn.locator(".working").is_visible()
        page.context.set_offline(False)
        site.has_ended(turn)
        expect(turn.locator(".prose")).to_have_text(STEPS)
        expect(page.locator(".banner")).to_have_count(0)


def test_what_is_said_offline_leaves_once_when_back(
    chromium: Browser, laptop: Endpoints, person: Person
) -> None:
    with visitor(chromium, minding=OFFLINE) as page:
        site = SitePage.signed_in(page, laptop.site, person)
        page.context.set_offline(True)
        expect(page.locator(".banner")).to_be_visible()
        turn = site.say("say made it")
        expect(turn).to_contain_text("Sending…")
        page.context.set_offline(False)
        site.has_ended(turn)
        expect(turn.locator(".prose")).to_contain_text("made it")
        page.reload()
        expect(site.turns).to_have_count(1)


def test_a_reload_in_mid_answer_goes_on(site: SitePage, world: World) -> None:
    world.script("slowly", STEPS, tokens_per_second=15)
    site.say("slowly please")
    site.begins(words="step 3")
    site.page.reload()
    expect(site.turns).to_have_count(1)
    site.begins(words="step 5")
    site.has_ended(site.latest)
    expect(site.words).to_contain_text(STEPS)


def test_a_draft_survives_a_reload(site: SitePage) -> None:
    site.field.fill("half a thought")
    site.page.reload()
    expect(site.field).to_have_value("half a thought")


def test_what_is_too_long_is_told_before_it_is_sent(site: SitePage) -> None:
    site.field.fill("a" * 4_007)
    expect(site.page.get_by_role("alert")).to_contain_text("7 characters more than 4,000")
    site.field.press("Enter")
    expect(site.turns).to_have_count(0)
    site.field.fill("a" * 4_000)
    expect(site.page.get_by_role("alert")).to_have_count(0)


def test_enter_sends_and_shift_enter_begins_a_line(site: SitePage) -> None:
    site.field.fill("say one")
    site.field.press("Shift+Enter")
    site.field.press_sequentially("two")
    expect(site.turns).to_have_count(0)
    site.field.press("Enter")
    expect(site.latest.locator(".bubble")).to_have_text("say one\ntwo")
    expect(site.field).to_have_value("")


def test_a_reply_can_be_copied(site: SitePage) -> None:
    site.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    turn = site.ask("say copy me")
    turn.get_by_role("button", name="Copy reply").click()
    expect(turn.get_by_role("button", name="Copy reply")).to_have_text("Copied")
    assert "copy me" in site.page.evaluate("navigator.clipboard.readText()")


def test_older_turns_come_as_one_scrolls_up_and_nothing_moves(site: SitePage) -> None:
    for number in range(21):
        site.ask(f"say number {number}")
    site.page.reload()
    expect(site.turns).to_have_count(20, timeout=PATIENCE_MS)
    site.is_ready()
    expect(site.latest).to_be_in_viewport()
    seen = site.page.get_by_text("say number 2", exact=True)
    seen.scroll_into_view_if_needed()
    before = seen.bounding_box()
    expect(site.turns).to_have_count(21, timeout=PATIENCE_MS)
    expect(site.turns.first).to_contain_text("number 0")
    after = seen.bounding_box()
    assert before
    assert after
    assert abs(after["y"] - before["y"]) <= 2
