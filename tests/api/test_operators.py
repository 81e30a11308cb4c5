"""Operators see what everybody costs and what is stuck, and put it right; nobody else does."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from switchboard.adapters.dynamo.spend.daily_totals import counting
from switchboard.adapters.dynamo.spend.ledger import settling
from switchboard.core.operations.repairs import ActionNotAllowed, InvalidItemId, ItemNotFound, NotRepairable
from switchboard.core.operations.stuck import Action, StuckItem
from switchboard.core.people.address import Address
from switchboard.core.spend.ledger import Reservation

from tests.api.site import Caller, Site
from tests.examples import turn
from tests.fakes.clock import EPOCH_MS
from tests.tables import PEOPLE

TODAY = datetime.fromtimestamp(EPOCH_MS / 1000, UTC).date().isoformat()
WISH = {"id": "letters/turns", "action": "redrive"}
ROUTES = [("GET", "/people"), ("GET", "/days"), ("GET", "/stuck"), ("POST", "/repairs")]


@pytest.mark.parametrize(("method", "path"), ROUTES)
def test_nobody_else_is_let_in(site: Site, ada: Caller, method: str, path: str) -> None:
    answer = ada.http.request(method, f"/operator{path}", json=WISH)
    assert (answer.status_code, answer.headers["content-type"]) == (403, "application/problem+json")
    assert site.workshop.repaired == []


def test_everybody_is_listed_newest_first_with_what_they_spent(
    site: Site, ada: Caller, operator: Caller
) -> None:
    person = ada.person
    site.clock.advance(60)
    texter = site.people.behind(Address("sms", "+12065550150"))
    spent = settling(PEOPLE, person, Reservation(TODAY), 12_300)
    site.dynamodb.transact_write_items(TransactItems=[spent])  # type: ignore[list-item]
    assert operator.get("/operator/people") == {
        "items": [
            {
                "person": texter,
                "channels": ["sms"],
                "since": "2027-01-15T08:01:00Z",
                "today": "0.000000",
                "month": "0.000000",
            },
            {
                "person": person,
                "channels": ["web"],
                "since": "2027-01-15T08:00:00Z",
                "today": "0.012300",
                "month": "0.012300",
            },
        ],
        "next": None,
    }


def test_everybody_is_read_in_pages(site: Site, operator: Caller) -> None:
    people = [site.people.behind(Address("sms", f"+120655501{number:02d}")) for number in range(5)]
    seen, cursor = [], ""
    while cursor is not None:
        page = operator.get("/operator/people", limit=2, cursor=cursor)
        seen += [item["person"] for item in page["items"]]
        cursor = page["next"]
    assert sorted(seen) == sorted(people)


@pytest.mark.parametrize("cursor", ["MTcuLi4", "eA", "MTc3", "VFVSTiMx"])
def test_a_cursor_of_another_list_is_refused(operator: Caller, cursor: str) -> None:
    assert operator.http.get("/operator/people", params={"cursor": cursor}).status_code == 422


def test_turns_and_their_cost_are_counted_day_by_day(site: Site, operator: Caller) -> None:
    for number in range(40):
        ended = replace(turn(number), id=f"{number:013d}-{number % 16:x}", reservation=Reservation(TODAY))
        site.dynamodb.transact_write_items(TransactItems=[counting(PEOPLE, ended, 10)])  # type: ignore[list-item]
    days = operator.get("/operator/days", days=7)["days"]
    assert len(days) == 7
    assert days[-1] == {"date": TODAY, "turns": 40, "spent": "0.000400"}
    assert {day["turns"] for day in days[:-1]} == {0}


def test_what_is_stuck_is_listed_with_what_can_be_done(site: Site, operator: Caller) -> None:
    letters = StuckItem("letters/turns", "letters", "dead letters", None, (Action.REDRIVE,), count=3)
    failed = StuckItem("turn/a/b", "turn", "failed", EPOCH_MS, (Action.RERUN, Action.CLOSE))
    site.workshop.found = [letters, failed]
    first, second = operator.get("/operator/stuck")["items"]
    assert (first["count"], first["since"], first["can"]) == (3, None, ["redrive"])
    assert (second["since"], second["can"]) == ("2027-01-15T08:00:00Z", ["rerun", "close"])


def test_a_repair_is_done_in_the_name_of_the_operator(site: Site, operator: Caller) -> None:
    answer = operator.http.post("/operator/repairs", json=WISH)
    assert (answer.status_code, answer.json()) == (200, {"id": "letters/turns", "outcome": "is closed"})
    assert site.workshop.repaired == [("letters/turns", Action.REDRIVE, "web#account-grace")]


@pytest.mark.parametrize(
    ("refusal", "status"),
    [(InvalidItemId, 404), (ItemNotFound, 404), (NotRepairable, 409), (ActionNotAllowed, 409)],
)
def test_a_repair_that_cannot_be_is_refused_with_its_reason(
    site: Site, operator: Caller, refusal: type[Exception], status: int
) -> None:
    site.workshop.refusal = refusal("It stands otherwise.")
    answer = operator.http.post("/operator/repairs", json=WISH)
    assert (answer.status_code, answer.json()["detail"]) == (status, "It stands otherwise.")


def test_an_action_is_one_of_those_there_are(operator: Caller) -> None:
    assert operator.http.post("/operator/repairs", json={**WISH, "action": "burn"}).status_code == 422
