"""The conversation is read backwards in pages, and a ticket opens a socket to go on with it."""

from base64 import urlsafe_b64encode
from dataclasses import replace

import pytest
from switchboard.adapters.dynamo.conversation.codec import turn_item
from switchboard.adapters.dynamo.people.tickets import DynamoTickets
from switchboard.adapters.dynamo.table.items import pack
from switchboard.core.conversation.turn import Turn, TurnState, turn_of
from switchboard.core.messages.message import Inbound, Origin
from switchboard.core.people.address import Address, private_conversation
from switchboard.core.people.tickets import Principal

from tests.api.site import SOCKET, Caller, Site
from tests.fakes.clock import EPOCH_MS
from tests.tables import CONVERSATIONS, PEOPLE


def said(caller: Caller, number: int, *, channel: str = "web") -> Turn:
    message = Inbound(
        Address(channel, "somewhere"), f"m-{number}", f"ask {number}", EPOCH_MS + number, person=caller.person
    )
    answered = TurnState.ANSWERED
    return replace(turn_of([message]), state=answered, text=f"answer {number}", cost="0.000010")


def store(site: Site, caller: Caller, *turns: Turn) -> None:
    pk = f"CONV#{private_conversation(caller.person)}"
    for turn in turns:
        site.dynamodb.put_item(TableName=CONVERSATIONS, Item=pack({"pk": pk, **turn_item(turn)}))


def test_all_that_was_said_comes_newest_first_over_all_channels(site: Site, ada: Caller) -> None:
    store(site, ada, said(ada, 1), said(ada, 2, channel="sms"))
    latest, first = ada.get("/chat/turns")["items"]
    assert (latest["channel"], latest["asked"], latest["answered"]) == ("sms", "ask 2", "answer 2")
    assert first == {
        "id": said(ada, 1).id,
        "msgid": "m-1",
        "at": "2027-01-15T08:00:00Z",
        "channel": "web",
        "origin": "person",
        "asked": "ask 1",
        "answered": "answer 1",
        "state": "answered",
        "cost": "0.000010",
    }


def test_pages_join_without_gap_or_repetition(site: Site, ada: Caller) -> None:
    store(site, ada, *[said(ada, number) for number in range(10)])
    seen, cursor = [], ""
    for size in (3, 3, 3, 3):
        page = ada.get("/chat/turns", limit=size, cursor=cursor)
        seen += [item["asked"] for item in page["items"]]
        cursor = page["next"]
    assert seen == [f"ask {number}" for number in reversed(range(10))]
    assert cursor is None


def test_a_full_last_page_says_that_it_is_the_last(site: Site, ada: Caller) -> None:
    store(site, ada, said(ada, 1), said(ada, 2))
    assert ada.get("/chat/turns", limit=2)["next"] is None


def test_a_turn_that_is_thinking_has_its_words_so_far(site: Site, ada: Caller) -> None:
    store(site, ada, replace(said(ada, 1), state=TurnState.THINKING, text="It is", cost=""))
    (item,) = ada.get("/chat/turns")["items"]
    assert (item["state"], item["answered"], item["cost"]) == ("thinking", "It is", "0.000000")


@pytest.mark.parametrize("origin", [Origin.NEWS, Origin.PUSH])
def test_what_the_person_did_not_ask_is_not_shown_as_asked(site: Site, ada: Caller, origin: Origin) -> None:
    store(site, ada, replace(said(ada, 1), origin=origin))
    (item,) = ada.get("/chat/turns")["items"]
    assert (item["origin"], item["asked"], item["answered"]) == (origin, "", "answer 1")


def test_a_turn_from_before_there_were_origins_was_the_persons(site: Site, ada: Caller) -> None:
    item = {"pk": f"CONV#{private_conversation(ada.person)}", **turn_item(said(ada, 1))}
    del item["origin"]
    site.dynamodb.put_item(TableName=CONVERSATIONS, Item=pack(item))
    assert ada.get("/chat/turns")["items"][0]["origin"] == "person"


@pytest.mark.parametrize(
    "cursor", ["!", "a", "=", urlsafe_b64encode(b"CONV#private-person-1").decode(), "_w", "x" * 201]
)
def test_a_cursor_that_was_not_given_out_is_refused(ada: Caller, cursor: str) -> None:
    answer = ada.http.get("/chat/turns", params={"cursor": cursor})
    assert (answer.status_code, answer.headers["content-type"]) == (422, "application/problem+json")


@pytest.mark.parametrize("limit", [0, 101, "many"])
def test_a_page_has_between_one_and_a_hundred(ada: Caller, limit: object) -> None:
    assert ada.http.get("/chat/turns", params={"limit": str(limit)}).status_code == 422


def test_a_ticket_is_the_askers_and_says_where_to_connect(site: Site, ada: Caller) -> None:
    answer = ada.http.post("/chat/tickets")
    assert (answer.status_code, answer.json()) == (
        201,
        {"ticket": "ticket-1", "expires_in": 60, "url": SOCKET},
    )
    redeem = DynamoTickets(site.dynamodb, PEOPLE).redeem
    assert redeem("ticket-1", now=site.clock.now_ms() // 1000) == Principal(ada.person, ada.address)


def test_a_ticket_lasts_a_minute(site: Site, ada: Caller) -> None:
    ada.http.post("/chat/tickets")
    later = site.clock.now_ms() // 1000 + 60
    assert DynamoTickets(site.dynamodb, PEOPLE).redeem("ticket-1", now=later) is None
