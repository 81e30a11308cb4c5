"""People own their data: an export can be followed and opened, and whoever is forgotten leaves no trace."""

import io
import re
import zipfile
from collections.abc import Mapping

import httpx2

from tests.e2e.inside import Inside
from tests.e2e.outside import Phone
from tests.e2e.page import Account
from tests.e2e.patience import eventually

CONFIRM = {"confirm": "erase everything"}


def files(url: str) -> Mapping[str, str]:
    """What a browser gets that has never signed in."""
    with httpx2.Client(trust_env=False, follow_redirects=True) as stranger:
        body = stranger.get(url).raise_for_status().content
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def said(phone: Phone, words: str) -> str:
    """The first text with these words, waited for."""

    def heard() -> str | None:
        return next((each["text"] for each in phone.thread() if words in each["text"]), None)

    return eventually(heard, what=f"a text with {words!r}")


def test_an_export_is_asked_for_by_text_and_its_link_is_followed(phone: Phone) -> None:
    phone.ask("say marmalade")
    phone.text("/export")
    (link,) = re.findall(r"https?://\S+", said(phone, "Your export is ready"))
    found = files(link)
    assert "You: say marmalade\nSwitchboard: marmalade" in found["conversation.txt"]
    assert phone.number in found["addresses.json"]
    assert "conversation.txt" in found["README.txt"]


def test_whoever_is_forgotten_by_text_leaves_no_trace(phone: Phone, inside: Inside) -> None:
    person = inside.person(phone.number)
    phone.ask("say quince jelly")
    (code,) = re.findall(r"/forget (\w{4}-\w{4})", phone.ask("/forget"))
    phone.text(f"/forget {code}")
    assert "found none" in said(phone, "I erased")
    left = [item for item in inside.everything() if "buried" not in item]
    assert not any(trace in repr(left) for trace in (phone.number, person, "quince"))


def test_whoever_was_forgotten_and_writes_again_is_somebody_new(phone: Phone, inside: Inside) -> None:
    before = inside.person(phone.number)
    (code,) = re.findall(r"/forget (\w{4}-\w{4})", phone.ask("/forget"))
    phone.text(f"/forget {code}")
    said(phone, "I erased")
    phone.text("say hello again")
    assert "automated assistant" in said(phone, "hello again")
    assert inside.person(phone.number) != before


def test_a_wrong_code_erases_nothing(phone: Phone, inside: Inside) -> None:
    (code,) = re.findall(r"/forget (\w{4}-\w{4})", phone.ask("/forget"))
    wrong = f"{'1' if code[0] == '0' else '0'}{code[1:]}"
    assert "nothing was erased" in phone.ask(f"/forget {wrong}")
    assert inside.items(phone.number)


def test_an_export_is_asked_for_on_the_page(account: Account) -> None:
    with account.page() as page:
        page.ask("say marmalade")
    asked = account.post("exports").json()

    def done() -> str | None:
        return str(account.get(f"exports/{asked['id']}").json()["url"] or "")

    found = files(eventually(done, what="an export"))
    assert "marmalade" in found["conversation.txt"]
    assert "person-" in found["account.json"]


def test_whoever_is_forgotten_on_the_page_reads_the_proof_and_is_signed_out(
    account: Account, inside: Inside
) -> None:
    person = account.person()
    with account.page() as page:
        page.ask("say quince cheese")
        erasure = account.post("erasures", json=CONFIRM).json()["id"]

        def done() -> dict[str, object] | None:
            receipt = account.get(f"erasures/{erasure}").json()
            return receipt if receipt["state"] == "done" else None

        proof = eventually(done, what="an erasure")
        notice = page.frame()
    assert proof["erased"]
    assert (notice["type"], "found none" in notice["text"]) == ("notice", True)
    left = [item for item in inside.everything() if "buried" not in item]
    assert not any(trace in repr(left) for trace in (person, "quince cheese"))
    assert account.get("me").status_code == 401
