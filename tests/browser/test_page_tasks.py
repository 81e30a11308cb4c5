"""The board of tasks: added by a sentence, done by a tap, and the same in every channel."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from local.endpoints import Endpoints
from local.seed import Person
from local.web import client
from tests.browser.page_driver import OFFLINE, PATIENCE_MS, REFUSED, SitePage, somebody, visitor
from tests.browser.page_tasks import Board
from tests.e2e.outside import Phone, World

NUMBER = "+12065550181"
DUNE = "read 20 pages of Dune every day"
NOTHING_TODAY = re.compile(r"(?<!\d)0 of 20 pages today")


@pytest.fixture
def world(laptop: Endpoints) -> Iterator[World]:
    with client(laptop.world) as http:
        yield World(http)


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


@pytest.fixture
def board(site: SitePage) -> Board:
    return _board(site)


def _board(site: SitePage) -> Board:
    site.go("Tasks")
    expect(site.page.get_by_role("group", name="Which tasks")).to_be_visible(timeout=PATIENCE_MS)
    return Board(site.page)


def test_an_empty_board_says_how_to_begin(board: Board) -> None:
    expect(board.page.get_by_role("heading", name="Say what you are up to")).to_be_visible()
    board.page.get_by_role("button", name=DUNE).click()
    expect(board.field).to_have_value(DUNE)
    expect(board.field).to_be_focused()


def test_a_rep_that_is_tapped_shows_in_the_chats_next_answer(site: SitePage, board: Board) -> None:
    card = board.add(DUNE, title="Dune")
    expect(card).to_contain_text("20 pages every day")
    expect(card).to_contain_text(NOTHING_TODAY)
    card.get_by_role("button", name="Done 20 pages").click()
    expect(card).to_contain_text("20 of 20 pages today")
    expect(card.get_by_role("img")).to_have_attribute("aria-label", re.compile(r"\(today\) done"))
    expect(board.outcome).to_contain_text("20/20 pages")
    site.go("Chat")
    turn = site.ask("how am I doing")
    expect(turn.locator(".prose")).to_contain_text("Dune")
    expect(turn.locator(".prose")).to_contain_text("#")


def test_a_rep_said_in_the_chat_shows_on_the_board(site: SitePage, board: Board) -> None:
    board.add(DUNE, title="Dune")
    site.go("Chat")
    site.ask("did 5 pages")
    site.go("Tasks")
    expect(board.card("Dune")).to_contain_text("5 of 20 pages today", timeout=PATIENCE_MS)
    expect(board.card("Dune").get_by_role("button", name="Done 15 pages")).to_be_visible()


def test_a_rep_texted_from_a_linked_phone_shows_on_the_board(site: SitePage, world: World) -> None:
    phone = Phone(world, NUMBER).introduced()
    site.link(phone)
    board = _board(site)
    card = board.add(DUNE, title="Dune")
    phone.text("did 25 pages")
    expect(card).to_contain_text("25 of 20 pages today", timeout=PATIENCE_MS)


def test_what_was_done_is_undone(board: Board) -> None:
    card = board.add(DUNE, title="Dune")
    card.get_by_role("button", name="Done 20 pages").click()
    expect(card).to_contain_text("20 of 20 pages today")
    board.outcome.get_by_role("button", name="Undo").click()
    expect(card).to_contain_text(NOTHING_TODAY)
    expect(board.outcome).to_contain_text(re.compile("undone", re.IGNORECASE))
    board.page.get_by_role("button", name="Take the last change back").click()
    expect(board.cards).to_have_count(0)


def test_another_amount_and_a_skip(board: Board) -> None:
    card = board.add(DUNE, title="Dune")
    card.get_by_role("button", name="Another amount").click()
    card.get_by_label("How many pages?").fill("many")
    card.get_by_role("button", name="Log").click()
    expect(card.get_by_role("alert")).to_contain_text("Type a number")
    card.get_by_label("How many pages?").fill("7,5")
    card.get_by_role("button", name="Log").click()
    expect(card).to_contain_text("7.5 of 20 pages today")
    expect(card.get_by_role("button", name="Another amount")).to_be_focused()
    other = board.add("30 pushups every day", title="pushups")
    other.get_by_role("button", name="Skip today").click()
    expect(other.get_by_role("img")).to_have_attribute("aria-label", re.compile(r"\(today\) skipped"))
    expect(other.get_by_role("button", name="Skip today")).to_have_count(0)


def test_what_a_sentence_leaves_open_is_proposed_and_answered(board: Board) -> None:
    board.say("learn Rust")
    asked = board.page.get_by_role("group", name="What the assistant says")
    expect(asked).to_contain_text("My proposal")
    expect(board.cards).to_have_count(0)
    asked.get_by_role("button", name="No", exact=True).click()
    expect(asked).to_contain_text("not added")
    board.say("learn Rust")
    asked.get_by_role("button", name="Yes, add it").click()
    expect(board.card("Rust")).to_be_visible()
    expect(asked).to_have_count(0)


def test_a_question_which_task_is_meant_is_answered_with_its_number(board: Board) -> None:
    board.add(DUNE, title="Dune")
    board.say("read 30 pages of Dune Messiah on weekends")
    asked = board.page.get_by_role("group", name="What the assistant says")
    expect(asked).to_contain_text("0 for a new one")
    board.say("0")
    expect(board.cards).to_have_count(2)


def test_a_task_is_renamed_paused_taken_up_and_archived(board: Board) -> None:
    board.add(DUNE, title="Dune").get_by_role("button", name="Change").click()
    dialog = board.page.get_by_role("dialog")
    expect(dialog.get_by_role("button", name="Save")).to_be_disabled()
    dialog.get_by_label("Name").fill("Children of Dune")
    dialog.get_by_role("button", name="Save").click()
    expect(dialog).to_have_count(0)
    card = board.card("Children of Dune")
    card.get_by_role("button", name="Change").click()
    dialog.get_by_role("button", name="Pause").click()
    expect(board.cards).to_have_count(0)
    expect(board.outcome).to_be_focused()
    board.show("Paused 1")
    card.get_by_role("button", name="Take up again").click()
    expect(board.page.get_by_text("No task is paused.")).to_be_visible()
    board.show("Open 1")
    card.get_by_role("button", name="Change").click()
    dialog.get_by_role("button", name="Archive").click()
    expect(board.page.get_by_text("Nothing is open.")).to_be_visible()
    board.show("Archived 1")
    expect(card).to_be_visible()


def test_another_day_that_it_is_due(board: Board) -> None:
    card = board.add("finish the tax return by December 30, about six sessions", title="tax return")
    card.get_by_role("button", name="Change").click()
    dialog = board.page.get_by_role("dialog")
    year = str(dialog.get_by_label("Due").input_value())[:4]
    dialog.get_by_label("Due").fill(f"{year}-12-31")
    dialog.get_by_role("button", name="Save").click()
    expect(dialog).to_have_count(0)
    expect(card).to_contain_text(f"due Dec 31, {year}")
    expect(card).to_contain_text("0 of 6 sessions")
    card.get_by_role("button", name="Done").click()
    expect(card).to_contain_text("1 of 6 sessions")


def test_a_task_that_is_finished_leaves_the_board_and_the_focus_is_not_lost(board: Board) -> None:
    card = board.add("call the bank tomorrow", title="bank")
    card.get_by_role("button", name="Done").click()
    expect(board.cards).to_have_count(0)
    expect(board.outcome).to_be_focused()
    board.show("Finished 1")
    expect(card.get_by_role("button", name="Take up again")).to_be_visible()


def test_a_task_has_a_page_of_its_own(board: Board) -> None:
    card = board.add(DUNE, title="Dune")
    card.get_by_role("button", name="Done 20 pages").click()
    expect(card).to_contain_text("20 of 20 pages today")
    card.get_by_role("link", name="Dune").click()
    page = board.page
    expect(page.get_by_role("heading", name="Dune", level=2)).to_be_focused()
    expect(page.get_by_role("region", name="Outlook")).to_contain_text("no end to foresee")
    expect(page.get_by_role("region", name="By week").get_by_role("img")).to_have_attribute(
        "aria-label", re.compile(r"20 pages\.$")
    )
    year = page.get_by_role("region", name="The last year", exact=True)
    expect(year).to_contain_text("In the last year 20 pages on one day")
    expect(year.locator(".heat-4:not(.legend *)")).to_have_count(1)
    year.get_by_text("As a table").click()
    expect(year.get_by_role("row")).to_have_count(2)
    page.reload()
    expect(page.get_by_role("region", name="So far")).to_contain_text("20 pages on")
    page.get_by_role("button", name="Done 20 pages").click()
    expect(year).to_contain_text("In the last year 40 pages")
    page.get_by_role("link", name="Back to the board").click()
    expect(card.get_by_role("link", name="Dune")).to_be_visible()


def test_the_board_is_worked_without_a_pointer(site: SitePage, board: Board) -> None:
    site.page.keyboard.press("Tab")
    board.tab_to(board.field)
    site.page.keyboard.type(DUNE)
    site.page.keyboard.press("Enter")
    card = board.card("Dune")
    expect(card).to_be_visible(timeout=PATIENCE_MS)
    expect(board.field).to_be_focused()
    board.tab_to(card.get_by_role("button", name="Done 20 pages"))
    site.page.keyboard.press("Enter")
    expect(card).to_contain_text("20 of 20 pages today")
    board.tab_to(board.outcome.get_by_role("button", name="Undo"))
    site.page.keyboard.press("Enter")
    expect(card).to_contain_text(NOTHING_TODAY)
    site.page.keyboard.press("Shift+Tab")
    expect(card.get_by_role("button", name="Skip today")).to_be_focused()
    site.page.keyboard.press("Shift+Tab")
    site.page.keyboard.press("Space")
    expect(card.get_by_label("How many pages?")).to_be_focused()
    site.page.keyboard.press("Escape")
    expect(card.get_by_role("button", name="Another amount")).to_be_focused()


def test_a_task_changed_elsewhere_is_read_again(chromium: Browser, laptop: Endpoints, person: Person) -> None:
    with visitor(chromium, minding=REFUSED) as page:
        here = _board(SitePage.signed_in(page, laptop.site, person))
        here.add(DUNE, title="Dune").get_by_role("button", name="Change").click()
        there = Board(page.context.new_page())
        there.page.goto(f"{laptop.site}#tasks")
        there.card("Dune").get_by_role("button", name="Done 20 pages").click()
        expect(there.card("Dune")).to_contain_text("20 of 20 pages today")
        there.page.close()
        dialog = page.get_by_role("dialog")
        dialog.get_by_label("Name").fill("Children of Dune")
        dialog.get_by_role("button", name="Save").click()
        expect(dialog.get_by_role("alert")).to_contain_text("changed elsewhere")
        dialog.get_by_label("Name").fill("Children of Dune")
        dialog.get_by_role("button", name="Save").click()
        expect(here.card("Children of Dune")).to_be_visible()


def test_a_rep_tapped_offline_is_done_once_when_back(
    chromium: Browser, laptop: Endpoints, person: Person
) -> None:
    with visitor(chromium, minding=OFFLINE) as page:
        board = _board(SitePage.signed_in(page, laptop.site, person))
        card = board.add(DUNE, title="Dune")
        page.context.set_offline(True)
        card.get_by_role("button", name="Done 20 pages").click()
        expect(card.get_by_role("alert")).to_contain_text("cannot be reached")
        page.context.set_offline(False)
        card.get_by_role("button", name="Done 20 pages").click()
        expect(card).to_contain_text("20 of 20 pages today")
