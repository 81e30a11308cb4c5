"""Two people with calls and profiles: neither reads, changes or guesses anything of the other's."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest

from tests.api.recorded import ANALYSIS, PROFILE, recorded
from tests.api.site import Caller, Site
from tests.fakes.clock import EPOCH_MS

HERS = ("", "/transcript", "/search?q=ten", f"/analyses/{ANALYSIS}", "/analyses/latest")
CHANGES: dict[str, dict[str, Any]] = {
    "/upload-url": {},
    "/parts": {"numbers": [1]},
    "/parts/finish": {},
    "/reanalyze": {"profile": "standard"},
}
NOBODYS = "0" * 28


@dataclass
class Pair:
    """Ada has a call and a published profile that nobody else knows of; `call` is its id."""

    site: Site
    ada: Caller
    babbage: Caller
    call: str


@pytest.fixture
def pair(site: Site, ada: Caller, babbage: Caller) -> Pair:
    made = recorded(site, ada, secret="secret-of-ada")
    ada.http.post("/profiles", json={**PROFILE, "name": "secret-of-ada"})
    ada.http.post("/profiles/renewals/publish", json={"version": 1})
    return Pair(site, ada, babbage, made.id)


def stored(site: Site) -> str:
    versions = site.blobs.client.list_object_versions(Bucket=site.blobs.bucket)["Versions"]
    kept = sorted((each["Key"], each["VersionId"]) for each in versions)
    return repr((site.dynamodb.scan(TableName="calls")["Items"], kept))


@pytest.mark.parametrize("path", HERS)
def test_a_call_of_the_others_is_as_unknown_as_one_that_never_was(pair: Pair, path: str) -> None:
    assert pair.ada.http.get(f"/calls/{pair.call}{path}").status_code == 200
    theirs = pair.babbage.http.get(f"/calls/{pair.call}{path}")
    nobodys = pair.babbage.http.get(f"/calls/{NOBODYS}{path}")
    assert (theirs.status_code, theirs.content) == (404, nobodys.content)


@pytest.mark.parametrize("path", list(CHANGES))
def test_a_call_of_the_others_cannot_be_changed(pair: Pair, path: str) -> None:
    before = stored(pair.site)
    answer = pair.babbage.http.post(f"/calls/{pair.call}{path}", json=CHANGES[path])
    assert answer.status_code == 404
    assert (stored(pair.site), pair.site.started) == (before, [])


def test_a_call_of_the_others_cannot_be_deleted(pair: Pair) -> None:
    before = stored(pair.site)
    assert pair.babbage.http.delete(f"/calls/{pair.call}").status_code == 404
    assert stored(pair.site) == before


def test_no_list_shows_anything_of_the_others(pair: Pair) -> None:
    seen = "".join(
        pair.babbage.http.get(path).text for path in ("/calls", "/calls?q=secret-of-ada", "/profiles")
    )
    assert "secret-of-ada" not in seen
    assert pair.call not in seen
    assert "secret-of-ada" in pair.ada.http.get("/calls").text + pair.ada.http.get("/profiles").text


def test_a_cursor_of_the_others_goes_on_in_ones_own_list(pair: Pair) -> None:
    recorded(pair.site, pair.ada, 2)
    cursor = pair.ada.get("/calls", limit=1)["next"]
    older = recorded(pair.site, pair.babbage, 5, at_ms=EPOCH_MS - 1000)
    recorded(pair.site, pair.babbage, 6, at_ms=EPOCH_MS + 1000)
    seen = pair.babbage.get("/calls", cursor=cursor)["items"]
    assert [line["id"] for line in seen] == [older.id]


def test_a_profile_of_the_others_is_unknown(pair: Pair) -> None:
    mine = recorded(pair.site, pair.babbage, 3)
    trial = {"version": 1, "call": mine.id}
    asked = [
        pair.babbage.http.get("/profiles/renewals"),
        pair.babbage.http.get("/profiles/renewals/versions/1"),
        pair.babbage.http.post("/profiles/renewals/publish", json={"version": 1}),
        pair.babbage.http.post("/profiles/renewals/rollback"),
        pair.babbage.http.post("/profiles/renewals/try", json=trial),
    ]
    assert {answer.status_code for answer in asked} == {404}
    again = pair.babbage.http.post(f"/calls/{mine.id}/reanalyze", json={"profile": "renewals"})
    assert again.status_code == 422
    assert pair.site.started == []


def test_ones_own_profile_is_not_tried_on_a_call_of_the_others(pair: Pair) -> None:
    trial = {"version": 1, "call": pair.call}
    assert pair.babbage.http.post("/profiles/standard/try", json=trial).status_code == 404
    assert pair.site.started == []


def test_every_link_leads_into_the_callers_own_call(pair: Pair) -> None:
    """The name of a file cannot lead out of it either."""
    new = {"content_type": "audio/wav", "size": 9, "consent": True}
    named = {**new, "file_name": f"../../uploads/{pair.call}/call.wav"}
    line = pair.babbage.http.post("/calls", json=named).json()
    form = pair.babbage.http.post(f"/calls/{line['id']}/upload-url").json()
    assert form["fields"]["key"] == f"uploads/{line['id']}/call.wav"
    parts = pair.babbage.http.post(f"/calls/{line['id']}/parts", json={"numbers": [1]}).json()
    assert f"/uploads/{line['id']}/call.wav?" in parts["links"]["1"]
    shown = pair.babbage.http.get(f"/calls/{line['id']}").text
    assert pair.call not in shown + str(form) + str(parts)


def test_the_same_key_of_two_people_is_two_calls(pair: Pair) -> None:
    new = {"file_name": "a.wav", "content_type": "audio/wav", "size": 9, "consent": True}
    made = {
        who.http.post("/calls", json=new, headers={"idempotency-key": "k"}).json()["id"]
        for who in (pair.ada, pair.babbage)
    }
    assert len(made) == 2
