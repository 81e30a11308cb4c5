"""A page and a phone become one person, by a code from either side, and part again."""

import re

import pytest

from tests.e2e.inside import Inside
from tests.e2e.outside import Phone
from tests.e2e.page import Account, Frame, Page
from tests.e2e.patience import eventually

CODE = re.compile(r"\b[0-9A-Z]{4}-[0-9A-Z]{4}\b")


def code_in(told: str) -> str:
    (code,) = set(CODE.findall(told))
    return str(code)


def notice(page: Page) -> str:
    """What a page is told next without having asked."""
    frame: Frame = page.frame()
    assert frame["type"] == "notice", frame
    return str(frame["text"])


def followed(inside: Inside, person: str, asked: str) -> bool:
    return any(item.get("asked") == asked and "home" in item for item in inside.items_of(person))


def link(phone: Phone, *, to: Page) -> None:
    """The page makes a code, the phone enters it, and returns the one that it is sent."""
    asked = phone.ask(f"/link {code_in(to.ask('/link')).lower()}")
    assert asked.startswith(f"Link this (sms ...{phone.number[-4:]}) with web?")
    assert phone.ask(f"/confirm {code_in(asked)}").startswith("Confirmed. In a moment, web and sms")
    assert "will be linked" in notice(to)
    assert "are one person now" in notice(to)
    eventually(lambda: told(phone, "are one person now"), what="the link")


def told(phone: Phone, words: str) -> bool:
    return any(words in text["text"] for text in phone.thread())


def test_a_phone_is_linked_by_a_code_from_the_page(account: Account, phone: Phone, inside: Inside) -> None:
    phone.ask("my name is Ada")
    phone.ask("/add 30 pushups every day")
    with account.page() as page:
        link(phone, to=page)
        eventually(lambda: followed(inside, account.person(), "my name is Ada"), what="history")
        assert "Your name is Ada" in page.ask("what is my name")
        eventually(lambda: "1 pushups" in page.ask("/tasks"), what="the tasks")
        assert f"2. sms …{phone.number[-4:]}" in page.ask("/me")
    assert inside.person(phone.number) == account.person()


def test_a_page_is_linked_by_a_code_from_a_phone(account: Account, phone: Phone, inside: Inside) -> None:
    with account.page() as page:
        page.ask("my name is Grace")
        asked = page.ask(f"/link {code_in(phone.ask('/link'))}")
        assert f"Link this (web) with sms …{phone.number[-4:]}?" in asked
        assert "Confirmed" in page.ask(f"/confirm {code_in(asked)}")
        assert "are one person now" in notice(page)
        eventually(lambda: told(phone, "are one person now"), what="the link")
        eventually(lambda: followed(inside, inside.person(phone.number), "my name is Grace"), what="history")
        assert "Your name is Grace" in page.ask("what is my name")
    assert account.person() == inside.person(phone.number)
    assert "Your name is Grace" in phone.ask("what is my name")


def test_a_text_in_somebody_elses_name_links_nothing(account: Account, phone: Phone, inside: Inside) -> None:
    """Whoever forged it has a code of their own, and cannot read what the phone is sent."""
    phone.ask("my name is Ada")
    before = inside.person(phone.number)
    with account.page() as page:
        phone.ask(f"/link {code_in(page.ask('/link'))}")
        assert "not the code I sent here" in phone.ask("/confirm ZZZZ-ZZZZ")
        assert "nothing to confirm" in page.ask("/confirm ZZZZ-ZZZZ")
    assert account.get("links").json() == {"items": []}
    assert inside.person(phone.number) == before != account.person()


def test_a_link_is_taken_back_and_both_sides_are_told(account: Account, phone: Phone, inside: Inside) -> None:
    phone.ask("my name is Ada")
    phone.ask("/add 30 pushups every day")
    with account.page() as page:
        link(phone, to=page)
        before = len(phone.thread())
        assert "No longer linked: sms" in page.ask("/unlink 2")
        assert "kept apart" in phone.replies(before + 1)[before]
    assert inside.person(phone.number) != account.person()
    assert "1. sms" in phone.ask("/me")
    eventually(lambda: followed(inside, inside.person(phone.number), "my name is Ada"), what="history")
    assert "Your name is Ada" in phone.ask("what is my name")
    eventually(lambda: "1 pushups" in phone.ask("/tasks"), what="the tasks")
    assert account.get("tasks").json()["items"] == []


def test_the_api_makes_codes_and_takes_links_back(account: Account, phone: Phone, inside: Inside) -> None:
    bearer = {"authorization": f"Bearer {account.token}"}
    made = account.http.post("links", headers=bearer)
    assert made.status_code == 201
    asked = phone.ask(f"/link {made.json()['code']}")
    phone.ask(f"/confirm {code_in(asked)}")
    eventually(lambda: told(phone, "are one person now"), what="the link")
    channels = {each["channel"]: each for each in account.http.get("me", headers=bearer).json()["channels"]}
    assert channels["sms"]["address"] == phone.number
    answers = [
        account.http.delete(f"links/{channels[name]['id']}", headers=bearer) for name in ("web", "sms", "sms")
    ]
    assert [each.status_code for each in answers] == [409, 204, 404]
    assert inside.person(phone.number) != account.person()


@pytest.mark.parametrize("code", ["ZZZZ-ZZZZ", "zzzz zzzz"])
def test_a_code_that_nobody_made_links_nothing(phone: Phone, inside: Inside, code: str) -> None:
    before = inside.person(phone.number)
    assert "I do not know that code" in phone.ask(f"/link {code}")
    assert inside.person(phone.number) == before
