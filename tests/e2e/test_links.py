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


def test_a_phone_is_linked_by_a_code_from_the_page(account: Account, phone: Phone, inside: Inside) -> None:
    phone.ask("my name is Ada")
    phone.ask("/add 30 pushups every day")
    with account.page() as page:
        code = code_in(page.ask("/link"))
        assert "Linked: this and web" in phone.ask(f"/link {code.lower()}")
        assert f"Linked to you now: sms …{phone.number[-4:]}" in notice(page)
        eventually(lambda: followed(inside, account.person(), "my name is Ada"), what="history")
        assert "Your name is Ada" in page.ask("what is my name")
        eventually(lambda: "1 pushups" in page.ask("/tasks"), what="the tasks")
        assert f"2. sms …{phone.number[-4:]}" in page.ask("/me")
    assert inside.person(phone.number) == account.person()


def test_a_page_is_linked_by_a_code_from_a_phone(account: Account, phone: Phone, inside: Inside) -> None:
    with account.page() as page:
        page.ask("my name is Grace")
        code = code_in(phone.ask("/link"))
        before = len(phone.thread())
        assert "Linked: this and sms" in page.ask(f"/link {code}")
        assert "Linked to you now: web" in phone.replies(before + 1)[before]
        eventually(lambda: followed(inside, inside.person(phone.number), "my name is Grace"), what="history")
        assert "Your name is Grace" in page.ask("what is my name")
    assert account.person() == inside.person(phone.number)
    assert "Your name is Grace" in phone.ask("what is my name")


def test_a_link_is_taken_back_and_both_sides_are_told(account: Account, phone: Phone, inside: Inside) -> None:
    with account.page() as page:
        phone.ask(f"/link {code_in(page.ask('/link'))}")
        notice(page)
        before = len(phone.thread())
        assert "No longer linked: sms" in page.ask("/unlink 2")
        assert "kept apart" in phone.replies(before + 1)[before]
    assert inside.person(phone.number) != account.person()
    assert "1. sms" in phone.ask("/me")


def test_the_api_makes_codes_and_takes_links_back(account: Account, phone: Phone, inside: Inside) -> None:
    bearer = {"authorization": f"Bearer {account.token}"}
    made = account.http.post("links", headers=bearer)
    assert made.status_code == 201
    phone.ask(f"/link {made.json()['code']}")
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
