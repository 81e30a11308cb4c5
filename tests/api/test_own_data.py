"""Links, exports and erasures: made once however often they are asked for, and answered as described."""

import pytest
from starlette.testclient import TestClient
from switchboard.core.idempotency import Made, Once, StillRunning
from switchboard.core.people.profiles import address_id

from tests.api.site import Caller, Site

KEY = {"idempotency-key": "again-1"}


def test_a_code_is_entered_in_another_channel(ada: Caller) -> None:
    answer = ada.http.post("/links")
    assert (answer.status_code, answer.json()) == (201, {"code": "K7QM-0000", "expires_in": 600})


def test_the_same_key_brings_the_same_code_with_the_time_it_has_left(site: Site, ada: Caller) -> None:
    first = ada.http.post("/links", headers=KEY)
    site.clock.advance(100)
    again = ada.http.post("/links", headers=KEY)
    assert (again.status_code, again.json()) == (201, {"code": first.json()["code"], "expires_in": 500})
    assert len(site.links.codes) == 1


def test_when_its_code_has_expired_a_key_brings_another(site: Site, ada: Caller) -> None:
    first = ada.http.post("/links", headers=KEY).json()
    site.clock.advance(601)
    assert ada.http.post("/links", headers=KEY).json()["code"] != first["code"]


def test_without_a_key_each_request_is_a_new_one(site: Site, ada: Caller) -> None:
    assert ada.http.post("/exports").json() != ada.http.post("/exports").json()


def test_an_export_under_one_key_is_one_export_for_a_day(site: Site, ada: Caller) -> None:
    answers = [ada.http.post("/exports", headers=KEY) for _ in range(3)]
    assert {answer.status_code for answer in answers} == {202}
    assert {answer.headers["location"] for answer in answers} == {"/exports/export-1"}
    site.clock.advance(24 * 3600 + 1)
    assert ada.http.post("/exports", headers=KEY).json()["id"] == "export-2"


def test_a_key_belongs_to_one_request(ada: Caller) -> None:
    ada.http.post("/exports", headers=KEY)
    answer = ada.http.post("/links", headers=KEY)
    assert (answer.status_code, answer.headers["content-type"]) == (422, "application/problem+json")


def test_while_the_first_is_being_worked_on_the_second_is_told_to_wait(site: Site, ada: Caller) -> None:
    once = Once(ada.person, "again-1", "POST /exports")
    answers = site.app.state.ports.answers
    assert answers.claim(once, now_ms=site.clock.now_ms()) is None
    with pytest.raises(StillRunning):
        answers.claim(once, now_ms=site.clock.now_ms())
    answer = ada.http.post("/exports", headers=KEY)
    assert (answer.status_code, answer.headers["retry-after"]) == (409, "1")


def test_a_key_whose_holder_crashed_is_free_after_a_while(site: Site, ada: Caller) -> None:
    once = Once(ada.person, "again-1", "POST /exports")
    site.app.state.ports.answers.claim(once, now_ms=site.clock.now_ms())
    site.clock.advance(31)
    assert ada.http.post("/exports", headers=KEY).status_code == 202


def test_what_came_to_nothing_may_be_tried_again(
    site: Site, ada: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as broken:
        broken.setattr(site.exports, "request", lambda *_asking: 1 / 0)
        assert ada.http.post("/exports", headers=KEY).status_code == 500
    assert [type(error) for error in site.reported] == [ZeroDivisionError]
    site.reported.clear()
    assert ada.http.post("/exports", headers=KEY).status_code == 202


def test_a_key_is_not_in_the_table_in_clear(site: Site, ada: Caller) -> None:
    site.app.state.ports.answers.keep(
        Once(ada.person, "my-own-key", "POST /exports"), Made("export-1"), now_ms=site.clock.now_ms()
    )
    assert "my-own-key" not in str(site.dynamodb.scan(TableName="people")["Items"])


@pytest.mark.parametrize("key", ["", "x" * 65, "a b", "ä"])
def test_a_key_has_its_shape(ada: Caller, key: str) -> None:
    answer = ada.http.post("/exports", headers={b"idempotency-key": key.encode()})
    assert answer.status_code == 422


def test_an_export_is_looked_at_until_it_is_there(ada: Caller) -> None:
    asked = ada.http.post("/exports")
    assert asked.json() == {"id": "export-1", "state": "queued"}
    assert ada.get(asked.headers["location"]) == {
        "id": "export-1",
        "state": "done",
        "url": "https://exports.example/export-1?signature=s",
        "expires_at": "2027-01-15T08:10:00Z",
        "bytes": 1234,
    }


def test_a_short_link_leads_to_the_archive_without_signing_in(site: Site, ada: Caller) -> None:
    ada.http.post("/exports")
    answer = TestClient(site.app, base_url="https://api.example").get(
        "/downloads/export-1", follow_redirects=False
    )
    assert answer.status_code == 302
    assert answer.headers["location"] == "https://exports.example/export-1?signature=s"
    assert (answer.headers["cache-control"], answer.headers["referrer-policy"]) == ("no-store", "no-referrer")


@pytest.mark.parametrize("token", ["unknown", "export-2"])
def test_a_short_link_that_has_ended_leads_nowhere(ada: Caller, token: str) -> None:
    answer = ada.http.get(f"/downloads/{token}", follow_redirects=False)
    assert (answer.status_code, answer.headers["content-type"]) == (404, "application/problem+json")


def test_a_link_is_taken_back_once(site: Site, ada: Caller) -> None:
    site.links.linked["0" * 20] = ada.person
    assert [ada.http.delete(f"/links/{'0' * 20}").status_code for _ in range(2)] == [204, 404]


def test_a_link_that_waits_is_shown_and_taken_back_once(site: Site, ada: Caller) -> None:
    site.links.waits["a" * 24] = ada.person
    (shown,) = ada.get("/links")["items"]
    assert shown == {"id": "a" * 24, "beside": "sms …0150", "due_at": "2027-01-15T08:00:00Z"}
    assert [ada.http.delete(f"/links/waiting/{shown['id']}").status_code for _ in range(2)] == [204, 404]
    assert ada.get("/links") == {"items": []}


def test_the_account_one_is_signed_in_with_stays(ada: Caller) -> None:
    assert ada.http.delete(f"/links/{address_id(ada.address)}").status_code == 409


@pytest.mark.parametrize(
    "body", [None, {}, {"confirm": True}, {"confirm": "Erase everything"}, {"confirm": "erase everything "}]
)
def test_nothing_is_erased_without_the_exact_words(site: Site, ada: Caller, body: object) -> None:
    assert ada.http.post("/erasures", json=body).status_code == 422
    assert site.erasures.asked == {}


def test_an_erasure_is_proven_to_whoever_asked_even_when_the_person_is_gone(site: Site, ada: Caller) -> None:
    asked = ada.http.post("/erasures", json={"confirm": "erase everything"})
    assert (asked.status_code, asked.json()) == (202, {"id": "erasure-1", "state": "queued"})
    site.dynamodb.delete_table(TableName="people")
    proof = ada.get("/erasures/erasure-1")
    assert (proof["state"], proof["erased"], proof["kept"]) == ("done", {"conversations": 7}, {"consent": 1})
