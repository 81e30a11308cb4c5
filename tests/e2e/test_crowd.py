"""Many people at once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from tests.e2e.outside import Phone
from tests.e2e.page import Account


def test_ten_people_at_once_do_not_mix(
    new_phone: Callable[[], Phone], new_account: Callable[[], Account]
) -> None:
    phones = {f"Phone{n}": new_phone() for n in range(5)}
    accounts = {f"Page{n}": new_account() for n in range(5)}
    with ThreadPoolExecutor(10) as crowd:
        texting = {name: crowd.submit(text, phone, name) for name, phone in phones.items()}
        chatting = {name: crowd.submit(chat, account, name) for name, account in accounts.items()}
    answers = {name: each.result() for name, each in {**texting, **chatting}.items()}
    assert answers == {name: (f"Nice to meet you, {name}.", said(name)) for name in answers}
    assert [len(phone.thread()) for phone in phones.values()] == [2] * 5


def said(name: str) -> str:
    return f"Your name is {name}: you told me in this conversation."


def text(phone: Phone, name: str) -> tuple[str, str]:
    greeting = phone.ask(f"my name is {name}")
    return greeting.splitlines()[-1], phone.ask("what is my name")


def chat(account: Account, name: str) -> tuple[str, str]:
    with account.page() as page:
        return page.ask(f"my name is {name}"), page.ask("what is my name")
