"""The phone page in a real browser, on a running Switchboard."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, ViewportSize, expect

from tests.browser.phone_page import PhonePage

SMALL: ViewportSize = {"width": 390, "height": 844}


def test_a_text_gets_its_reply_with_parts_and_delivery_state(phone: PhonePage) -> None:
    reply = phone.ask("What time is it in Lisbon?")
    expect(phone.own.last.locator(".bubble")).to_contain_text("What time is it in Lisbon?")
    expect(reply.locator(".bubble")).to_contain_text("Lisbon")
    expect(reply.locator(".meta")).to_have_text(re.compile(r"Delivered · \d parts? · \$0\.\d+$"))
    expect(phone.field).to_have_value("")


def test_a_long_answer_goes_on_after_more(phone: PhonePage) -> None:
    phone.ask("Hello!")
    cut = phone.ask("Count to 130")
    expect(cut).to_contain_text("MORE")
    expect(cut.locator(".meta")).to_contain_text("2 parts")
    expect(phone.ask("more")).to_contain_text("130")


def test_a_second_phone_does_not_see_the_first(phone: PhonePage) -> None:
    phone.ask("My name is Ada")
    first = phone.number
    phone.add_phone()
    expect(phone.page.get_by_role("heading", name="Text the assistant")).to_be_visible()
    expect(phone.ask("What is my name?")).to_contain_text("You have not told me your name")
    expect(phone.own).to_have_count(1)
    phone.phone(first).click()
    expect(phone.own).to_have_text(re.compile("My name is Ada"))


def test_a_reply_to_the_other_phone_is_counted_on_it(phone: PhonePage) -> None:
    phone.say("Hello!")
    expect(phone.own).to_have_count(1)
    first = phone.number
    phone.add_phone()
    expect(phone.phone(first).locator(".unread")).to_have_text("1", timeout=30_000)


def test_a_text_that_is_too_long_says_so_and_stays_in_the_field(phone: PhonePage) -> None:
    phone.say("a" * 1601)
    expect(phone.page.get_by_role("alert")).to_have_text(re.compile(r"1600 characters. This one has 1601"))
    expect(phone.field).to_have_value("a" * 1601)
    expect(phone.own).to_have_count(0)
    phone.field.fill("a" * 1600)
    expect(phone.page.get_by_role("alert")).to_be_hidden()


def test_what_is_being_written_stays_with_its_phone(phone: PhonePage) -> None:
    phone.field.fill("not sent yet")
    first = phone.number
    phone.add_phone()
    expect(phone.field).to_have_value("")
    phone.ask("Hello!")
    phone.phone(first).click()
    expect(phone.field).to_have_value("not sent yet")
    expect(phone.own).to_have_count(0)


def test_what_people_write_is_shown_and_never_run(phone: PhonePage) -> None:
    markup = "<img src=x onerror=alert(1)> <b>bold</b>"
    expect(phone.ask(f"say {markup}")).to_contain_text(markup)
    expect(phone.page.locator("#thread img, #thread b")).to_have_count(0)


def test_a_reload_finds_the_conversation_again(phone: PhonePage) -> None:
    phone.ask("Hello!")
    phone.page.reload()
    expect(phone.replies).to_have_count(1)


class TestOnASmallScreen:
    @pytest.fixture
    def viewport(self) -> ViewportSize:
        return SMALL

    def test_everything_one_needs_is_in_sight(self, phone: PhonePage) -> None:
        latest = phone.ask("Count to 100")
        for seen in (latest.locator(".meta"), phone.field, phone.page.get_by_role("button", name="Send")):
            assert _in_sight(seen, phone.page)
        assert phone.page.evaluate("document.documentElement.scrollWidth") == SMALL["width"]

    def test_the_newest_text_is_in_sight_after_a_long_conversation(self, phone: PhonePage) -> None:
        for _ in range(3):
            phone.ask("Write 60 words")
        assert _in_sight(phone.replies.last.locator(".meta"), phone.page)
        assert not _in_sight(phone.own.first, phone.page)


def _in_sight(seen: Locator, page: Page) -> bool:
    box, viewport = seen.bounding_box(), page.viewport_size
    assert box
    assert viewport
    return box["y"] >= 0 and box["y"] + box["height"] <= viewport["height"]
