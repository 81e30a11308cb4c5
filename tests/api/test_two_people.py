"""Two people, each signed in: neither reads, changes or guesses anything of the other's."""

from __future__ import annotations

import json
from base64 import urlsafe_b64encode
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from switchboard.adapters.dynamo.conversation.codec import turn_item
from switchboard.adapters.dynamo.spend.ledger import settling
from switchboard.adapters.dynamo.table.items import pack
from switchboard.core.conversation.turn import TurnState, turn_of
from switchboard.core.messages.message import Inbound
from switchboard.core.people.address import Address, private_conversation
from switchboard.core.people.profiles import address_id
from switchboard.core.spend.ledger import Reservation

from tests.api.site import Caller, Site
from tests.fakes.clock import EPOCH_MS
from tests.tables import CONVERSATIONS, PEOPLE, TASKS

PHONE = Address("sms", "+12065550150")
CONFIRM = {"confirm": "erase everything"}
READS = ("/me", "/links", "/chat/turns", "/usage", "/tasks", "/exports/export-1", "/erasures/erasure-1")


def live(site: Site, caller: Caller) -> str:
    """A life with something of everything in it; returns a word that is said nowhere else."""
    secret, pk = f"secret-of-{caller.name}", f"CONV#{private_conversation(caller.person)}"
    for number in range(5):
        message = Inbound(PHONE, f"{secret}-{number}", secret, EPOCH_MS + number, person=caller.person)
        ended = replace(turn_of([message]), state=TurnState.ANSWERED, text=secret)
        site.dynamodb.put_item(TableName=CONVERSATIONS, Item=pack({"pk": pk, **turn_item(ended)}))
    link = {"pk": f"PERSON#{caller.person}", "sk": f"ADDRESS#{PHONE}", "linked_at": EPOCH_MS}
    site.dynamodb.put_item(TableName=PEOPLE, Item=pack(link))
    site.links.linked[address_id(PHONE)] = caller.person
    site.links.waits[f"{secret.encode().hex():0>24}"[-24:]] = caller.person
    spent = settling(PEOPLE, caller.person, Reservation("2027-01-15"), 987_654)
    site.dynamodb.transact_write_items(TransactItems=[spent])  # type: ignore[list-item]
    caller.http.post("/exports", headers={"idempotency-key": "mine"})
    caller.http.post("/tasks", json={"sentence": f"read 20 pages of {secret} every day"})
    caller.http.post("/erasures", json=CONFIRM)
    return secret


def everything(caller: Caller) -> list[str]:
    return [caller.http.get(path).text for path in READS]


def everything_stored(site: Site) -> str:
    tables = (PEOPLE, CONVERSATIONS, TASKS)
    return json.dumps([site.dynamodb.scan(TableName=table)["Items"] for table in tables])


def test_nothing_of_the_other_is_in_any_answer(site: Site, ada: Caller, babbage: Caller) -> None:
    secret = live(site, ada)
    assert secret in "".join(everything(ada))
    seen = "".join(everything(babbage))
    for hers in (secret, ada.person, PHONE.value, address_id(PHONE), address_id(ada.address), "0.987654"):
        assert hers not in seen


@pytest.mark.parametrize("path", ["/exports/export-1", "/erasures/erasure-1"])
def test_an_id_of_the_others_is_as_unknown_as_one_that_never_was(
    site: Site, ada: Caller, babbage: Caller, path: str
) -> None:
    live(site, ada)
    theirs, nobodys = babbage.http.get(path), babbage.http.get(path.replace("-1", "-999"))
    assert (theirs.status_code, theirs.content) == (404, nobodys.content)


def test_a_link_of_the_others_cannot_be_taken_back(site: Site, ada: Caller, babbage: Caller) -> None:
    live(site, ada)
    for mine in (PHONE, ada.address):
        assert babbage.http.delete(f"/links/{address_id(mine)}").status_code == 404
    (waiting,) = site.links.waits
    assert babbage.http.delete(f"/links/waiting/{waiting}").status_code == 404
    assert site.links.linked == {address_id(PHONE): ada.person}
    assert site.links.waits == {waiting: ada.person}


def test_the_same_key_of_two_people_is_two_keys(site: Site, ada: Caller, babbage: Caller) -> None:
    live(site, ada)
    answer = babbage.http.post("/exports", headers={"idempotency-key": "mine"})
    assert answer.json()["id"] == "export-2"
    assert site.exports.asked["export-2"] == babbage.person


def test_what_one_changes_is_ones_own(site: Site, ada: Caller, babbage: Caller) -> None:
    live(site, ada)
    before = everything(ada)
    babbage.http.patch("/me", json={"zone": "Europe/Oslo"}, headers={"if-match": '"1"'})
    babbage.http.post("/links")
    babbage.http.post("/exports")
    babbage.http.post("/chat/tickets")
    babbage.http.post("/tasks", json={"sentence": "30 pushups every day"})
    babbage.http.post("/tasks/undo")
    babbage.http.post("/erasures", json=CONFIRM)
    assert everything(ada) == before


def test_a_cursor_of_the_others_leads_into_ones_own_list(site: Site, ada: Caller, babbage: Caller) -> None:
    live(site, ada)
    secret = live(site, babbage)
    cursor = ada.get("/chat/turns", limit=2)["next"]
    page = babbage.get("/chat/turns", cursor=cursor)
    assert {item["asked"] for item in page["items"]} == {secret}


FORGERIES: tuple[Callable[[str], str], ...] = (
    lambda person: f"CONV#private-{person}",
    lambda person: f"../private-{person}/TURN#0",
    lambda person: json.dumps({"pk": {"S": f"CONV#private-{person}"}, "sk": {"S": "TURN#0"}}),
    lambda person: f"~{person}",
    lambda person: f"private-{person}",
)


@pytest.mark.parametrize("forge", FORGERIES)
def test_a_forged_cursor_brings_nothing(
    site: Site, ada: Caller, babbage: Caller, forge: Callable[[str], str]
) -> None:
    secret = live(site, ada)
    cursor = urlsafe_b64encode(forge(ada.person).encode()).decode().rstrip("=")
    answer = babbage.http.get("/chat/turns", params={"cursor": cursor})
    assert answer.status_code in {200, 422}
    assert secret not in answer.text


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(position=st.text(alphabet="0123456789abcdef-~#TURN.", max_size=40))
def test_no_cursor_at_all_leads_to_the_other(site: Site, position: str) -> None:
    ada, babbage = site.signed_in("ada"), site.signed_in("babbage")
    if not site.exports.asked:
        live(site, ada)
    cursor = urlsafe_b64encode(position.encode()).decode().rstrip("=")
    answer = babbage.http.get("/chat/turns", params={"cursor": cursor})
    assert answer.status_code == 422 or answer.json() == {"items": [], "next": None}


@pytest.mark.parametrize("name", ["x-person", "person", "x-account", "x-amzn-person", "x-forwarded-user"])
def test_who_one_is_comes_from_the_token_alone(site: Site, ada: Caller, babbage: Caller, name: str) -> None:
    secret = live(site, ada)
    for value in (ada.person, ada.address.value):
        answer = babbage.http.get("/chat/turns", headers={name: value}, params={name: value})
        assert secret not in answer.text
        assert answer.json()["items"] == []


def test_without_a_token_nothing_is_told(site: Site, ada: Caller) -> None:
    live(site, ada)
    before = everything_stored(site)
    stranger = site.browser()
    asked = [stranger.get(path) for path in READS]
    asked += [
        stranger.post(path, json=CONFIRM)
        for path in ("/links", "/exports", "/erasures", "/chat/tickets", "/tasks", "/tasks/undo")
    ]
    asked += [stranger.delete(f"/links/{address_id(PHONE)}"), stranger.patch("/me", json={"zone": "UTC"})]
    assert {answer.status_code for answer in asked} == {401}
    assert everything_stored(site) == before
