"""Calls over REST: opened, uploaded, listed, read, analysed again and deleted."""

from __future__ import annotations

import json
from base64 import b64decode
from dataclasses import replace
from typing import Any

import pytest
from switchboard.core.people.address import Address
from switchboard.core.people.profiles import address_id
from switchboard.skills.calls.domain.call import Status, Wish
from switchboard.skills.calls.domain.failure_reasons import Reason
from switchboard.skills.calls.uploads.multipart import LARGE, PART_BYTES

from tests.api.recorded import ANALYSIS, SAID, recorded
from tests.api.site import Caller, Site
from tests.fakes.clock import EPOCH_MS
from tests.skills.calls.examples import call as example

NEW: dict[str, Any] = {
    "file_name": "../renewal call.wav",
    "content_type": "audio/wav",
    "size": 1000,
    "metadata": {"title": "Renewal"},
    "consent": True,
}
DAY_MS = 24 * 3600 * 1000


def opened(caller: Caller, **changes: object) -> Any:  # noqa: ANN401 - JSON
    return caller.http.post("/calls", json={**NEW, **changes})


def test_a_call_is_opened_and_waits_for_its_recording(site: Site, ada: Caller) -> None:
    answer = opened(ada)
    line = answer.json()
    assert (answer.status_code, line["status"], line["file_name"]) == (
        201,
        "PendingUpload",
        "renewal_call.wav",
    )
    assert line["created_at"] == "2027-01-15T08:00:00Z"
    assert (line["words"], line["duration_s"], line["profile"], line["cost"]) == (
        None,
        None,
        None,
        "0.000000",
    )
    kept = site.book.get(ada.person, line["id"])
    assert (kept.consent, kept.tell) == (True, ("web", "account-ada"))


def test_under_one_key_it_is_one_call(site: Site, ada: Caller) -> None:
    answers = [ada.http.post("/calls", json=NEW, headers={"idempotency-key": "k"}) for _ in range(3)]
    assert len({answer.text for answer in answers}) == 1
    assert len(site.book.page(ada.person).calls) == 1


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"content_type": "text/html"}, "wav"),
        ({"size": 0}, "empty"),
        ({"size": 3_000_000_000}, "2000000000"),
        ({"metadata": {str(number): "x" for number in range(21)}}, "at most 20"),
        ({"metadata": {"x": "y" * 201}}, "200"),
        ({"profile": {"profile": "nobody-wrote-it"}}, "no such profile"),
        ({"profile": {"profile": "standard", "version": 7}}, "no such profile"),
        ({"file_name": "///"}, "file name"),
        ({"tell": "0" * 20}, "body.tell"),
        ({"consent": None}, "body.consent"),
        ({"consent": False}, "agreed to be recorded"),
    ],
)
def test_what_cannot_be_taken_is_refused_with_a_reason(
    ada: Caller, changes: dict[str, object], told: str
) -> None:
    answer = opened(ada, **changes)
    assert answer.status_code == 422
    assert told in answer.json()["detail"]


def test_another_of_ones_channels_can_hear_how_it_went(site: Site, ada: Caller) -> None:
    phone = Address("sms", "+12065550150")
    key = {"pk": {"S": f"PERSON#{ada.person}"}, "sk": {"S": f"ADDRESS#{phone}"}}
    site.dynamodb.put_item(TableName="people", Item={**key, "linked_at": {"N": str(EPOCH_MS)}})
    line = opened(ada, tell=address_id(phone)).json()
    assert site.book.get(ada.person, line["id"]).tell == ("sms", "+12065550150")


def test_the_form_is_bound_to_key_type_and_size(ada: Caller) -> None:
    line = opened(ada).json()
    form = ada.http.post(f"/calls/{line['id']}/upload-url").json()
    assert form["fields"]["key"] == f"uploads/{line['id']}/renewal_call.wav"
    policy = json.loads(b64decode(form["fields"]["policy"]))["conditions"]
    assert ["content-length-range", 0, 1000] in policy
    assert {"Content-Type": "audio/wav"} in policy
    assert (form["large"], form["expires_at"]) == (False, "2027-01-15T08:15:00Z")
    assert ada.get(f"/calls/{line['id']}")["status"] == "Uploading"


def test_a_recording_that_is_there_is_not_taken_again(site: Site, ada: Caller) -> None:
    made = recorded(site, ada)
    for path in ("upload-url", "parts"):
        answer = ada.http.post(f"/calls/{made.id}/{path}", json={"numbers": [1]})
        assert (answer.status_code, "arrived" in answer.json()["detail"]) == (409, True)


def test_a_large_recording_comes_in_parts_and_goes_on_where_it_was(site: Site, ada: Caller) -> None:
    line = opened(ada, size=LARGE + 1).json()
    path = f"/calls/{line['id']}/parts"
    parts = ada.http.post(path, json={"numbers": [1, 5]}).json()
    assert (parts["part_bytes"], parts["count"], parts["missing"]) == (PART_BYTES, 5, [1, 2, 3, 4, 5])
    assert set(parts["links"]) == {"1", "5"}
    upload = site.book.get(ada.person, line["id"]).upload
    assert f"uploadId={upload}" in parts["links"]["5"]
    key = f"uploads/{line['id']}/renewal_call.wav"
    for number in range(1, 5):
        site.blobs.client.upload_part(
            Bucket=site.blobs.bucket, Key=key, UploadId=upload, PartNumber=number, Body=b"x" * PART_BYTES
        )
    assert ada.http.post(path, json={"numbers": []}).json()["missing"] == [5]
    early = ada.http.post(f"{path}/finish")
    assert (early.status_code, early.json()["detail"]) == (409, "1 of 5 parts have not arrived yet.")
    site.blobs.client.upload_part(Bucket=site.blobs.bucket, Key=key, UploadId=upload, PartNumber=5, Body=b"x")
    assert ada.http.post(f"{path}/finish").status_code == 202
    assert site.blobs.stat(key)


def test_parts_that_there_are_not_are_refused(ada: Caller) -> None:
    line = opened(ada, size=LARGE + 1).json()
    for numbers in ([6], [0], list(range(1, 22)), ["one"]):
        assert ada.http.post(f"/calls/{line['id']}/parts", json={"numbers": numbers}).status_code == 422


def test_the_newest_calls_come_first_page_by_page(site: Site, ada: Caller) -> None:
    made = [recorded(site, ada, number).id for number in range(5)]
    seen, cursor = [], ""
    while cursor is not None:
        page = ada.get("/calls", limit=2, cursor=cursor)
        seen += [line["id"] for line in page["items"]]
        cursor = page["next"]
    assert seen == made[::-1]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"status": "Completed"}, 2),
        ({"status": "PendingUpload"}, 1),
        ({"profile": "standard"}, 2),
        ({"q": "RENEWAL first"}, 1),
        ({"q": "whales"}, 0),
        ({"from": "2027-01-16"}, 1),
        ({"to": "2027-01-15"}, 2),
        ({"from": "2027-01-15", "to": "2027-01-15"}, 2),
        ({"to": "2027-01-15T08:00:00Z"}, 0),
        ({"from": "0001-01-01", "to": "9999-12-30"}, 3),
    ],
)
def test_calls_are_found_by_what_is_known_of_them(
    site: Site, ada: Caller, query: dict[str, str], found: int
) -> None:
    recorded(site, ada, 1, secret="first")
    recorded(site, ada, 2, at_ms=EPOCH_MS + DAY_MS)
    opened(ada, metadata={})
    assert len(ada.get("/calls", **query)["items"]) == found


@pytest.mark.parametrize(
    "query",
    [
        {"from": "yesterday"},
        {"to": "9999-12-31"},
        {"to": "2027-13-01"},
        {"status": "Done"},
        {"cursor": "Q0FMTCNY"},
        {"cursor": "!"},
        {"limit": 0},
    ],
)
def test_what_cannot_be_asked_is_told(ada: Caller, query: dict[str, object]) -> None:
    answer = ada.http.get("/calls", params=query)  # type: ignore[arg-type]
    assert (answer.status_code, answer.headers["content-type"]) == (422, "application/problem+json")


def test_a_call_shows_its_history_links_and_analyses(site: Site, ada: Caller) -> None:
    made = recorded(site, ada)
    shown = ada.get(f"/calls/{made.id}")
    assert [each["status"] for each in shown["history"]] == [each.status.value for each in made.history]
    assert f"/uploads/{made.id}/call.wav" in shown["audio"]["url"]
    assert f"/transcripts/{made.id}/transcript.json" in shown["transcript"]["url"]
    assert shown["talk"]["shares"][0]["speaker"] == "anna"
    (analysis,) = shown["analyses"]
    assert (analysis["id"], analysis["profile_name"], analysis["cost"]) == (ANALYSIS, "Standard", "0.000020")
    assert (shown["cost"], shown["words"], shown["speakers"]) == ("0.123456", SAID.word_count, 2)
    assert shown["profile"] == {"profile": "standard", "version": 1}


def test_a_call_without_a_recording_has_no_links(ada: Caller) -> None:
    shown = ada.get(f"/calls/{opened(ada).json()['id']}")
    assert (shown["audio"], shown["transcript"], shown["talk"], shown["analyses"]) == (None, None, None, [])


def test_a_failed_call_says_why_and_keeps_its_transcript(site: Site, ada: Caller) -> None:
    made = recorded(site, ada)
    failed = replace(made, findings=(), history=made.history[:-1]).moved(
        Status.FAILED, EPOCH_MS + 20, Reason.MODEL_DOWN
    )
    site.book.change(made.id, lambda _kept: failed)
    shown = ada.get(f"/calls/{made.id}")
    assert shown["reason"] == {"code": "MODEL_DOWN", "text": Reason.MODEL_DOWN.sentence}
    assert shown["history"][-1]["reason"] == shown["reason"]
    assert shown["transcript"]
    assert shown["talk"]["duration_ms"] == SAID.duration_ms


def test_the_transcript_is_read_line_by_line(site: Site, ada: Caller) -> None:
    made = recorded(site, ada)
    first = ada.get(f"/calls/{made.id}/transcript", limit=2)
    rest = ada.get(f"/calls/{made.id}/transcript", limit=2, cursor=first["next"])
    lines = first["items"] + rest["items"]
    assert [line["text"] for line in lines] == [line.text for line in SAID.lines]
    assert [line["n"] for line in lines] == [0, 1, 2]
    assert (rest["next"], rest["speakers"]) == (None, ["anna", "ben"])
    assert ada.http.get(f"/calls/{made.id}/transcript?cursor=LTE").status_code == 422


def test_what_was_said_is_found(site: Site, ada: Caller) -> None:
    made = recorded(site, ada)
    (hit,) = ada.get(f"/calls/{made.id}/search", q="ten percent")["items"]
    assert (hit["n"], hit["text"]) == (1, "I would like ten percent off.")
    assert hit["start_ms"] == SAID.lines[1].start_ms


@pytest.mark.parametrize("name", [ANALYSIS, "latest"])
def test_an_analysis_is_read_in_full(site: Site, ada: Caller, name: str) -> None:
    found = ada.get(f"/calls/{recorded(site, ada).id}/analyses/{name}")
    assert (found["id"], found["values"], found["quotes_dropped"]) == (ANALYSIS, {"summary": "They renew"}, 1)


@pytest.mark.parametrize("path", ["transcript", "analyses/latest", "analyses/analysis-1", "search?q=x"])
def test_what_is_not_there_yet_is_not_found(ada: Caller, path: str) -> None:
    line = opened(ada).json()
    assert ada.http.get(f"/calls/{line['id']}/{path}").status_code == 404


def test_only_analyses_on_record_are_looked_for(site: Site, ada: Caller) -> None:
    made = recorded(site, ada)
    site.blobs.put(f"analyses/{made.id}/stray.json", b"{}", content_type="application/json")
    assert ada.http.get(f"/calls/{made.id}/analyses/stray").status_code == 404


def test_a_call_is_analysed_again_by_what_was_heard(site: Site, ada: Caller) -> None:
    made = recorded(site, ada)
    for _ in range(2):
        answer = ada.http.post(
            f"/calls/{made.id}/reanalyze",
            json={"profile": "standard", "version": 1},
            headers={"idempotency-key": "again"},
        )
        assert (answer.status_code, answer.json()["id"]) == (202, made.id)
    (asked,) = site.started
    assert (asked.call, asked.wish, asked.trial) == (made.id, Wish("standard", 1), False)


def test_without_a_wish_the_profile_is_chosen_as_ever(site: Site, ada: Caller) -> None:
    made = recorded(site, ada)
    assert ada.http.post(f"/calls/{made.id}/reanalyze", json={}).status_code == 202
    assert site.started[0].wish is None


def test_what_cannot_be_analysed_again_says_why(site: Site, ada: Caller) -> None:
    line = opened(ada).json()
    assert ada.http.post(f"/calls/{line['id']}/reanalyze", json={}).status_code == 409
    made = recorded(site, ada)
    for body in ({"profile": "nobodys"}, {"profile": "standard", "version": 2}, {"version": 1}):
        assert ada.http.post(f"/calls/{made.id}/reanalyze", json=body).status_code == 422
    site.book.change(made.id, lambda kept: kept.moved(Status.ANALYZING, EPOCH_MS + 30))
    busy = ada.http.post(f"/calls/{made.id}/reanalyze", json={})
    assert (busy.status_code, busy.json()["detail"]) == (409, "This call is being worked on just now.")
    assert site.started == []


def test_deleting_a_call_deletes_all_of_it(site: Site, ada: Caller) -> None:
    made = recorded(site, ada)
    assert ada.http.delete(f"/calls/{made.id}").status_code == 204
    versions = site.blobs.client.list_object_versions(Bucket=site.blobs.bucket)
    assert "Versions" not in versions
    assert "DeleteMarkers" not in versions
    assert site.dynamodb.scan(TableName="calls")["Items"] == []
    assert ada.http.delete(f"/calls/{made.id}").status_code == 404


def test_an_unknown_call_is_not_found(ada: Caller) -> None:
    for path in ("", "/transcript", "/search?q=x", "/analyses/latest"):
        assert ada.http.get(f"/calls/{example().id}{path}").status_code == 404
