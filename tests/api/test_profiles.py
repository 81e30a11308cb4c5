"""Profiles over REST: checked, saved in versions, tried on a call, published and rolled back."""

from __future__ import annotations

import json
from typing import Any

import pytest
from switchboard.skills.calls.domain.call import Wish

from tests.api.recorded import PROFILE, recorded
from tests.api.site import Caller, Site


def saved(caller: Caller, **changes: object) -> Any:  # noqa: ANN401 - JSON
    return caller.http.post("/profiles", json={**PROFILE, **changes})


def publish(caller: Caller, version: int) -> Any:  # noqa: ANN401 - JSON
    return caller.http.post("/profiles/renewals/publish", json={"version": version})


def test_everybody_has_the_standard_profile(ada: Caller) -> None:
    (standard,) = ada.get("/profiles")["items"]
    assert standard == {
        "profile": "standard",
        "name": "Standard",
        "published": 1,
        "versions": 1,
        "preferred": True,
        "standard": True,
    }
    assert ada.get("/profiles/standard")["items"][0]["prompts"][0]["name"] == "summary"


def test_a_profile_is_saved_in_versions_that_are_not_in_use_yet(ada: Caller) -> None:
    first, second = saved(ada), saved(ada, name="Renewals, better", redact=["email", "card"])
    assert [answer.status_code for answer in (first, second)] == [201, 201]
    assert (first.json()["version"], second.json()["version"]) == (1, 2)
    assert first.json()["schema"] == PROFILE["schema"]
    assert [each["version"] for each in ada.get("/profiles/renewals")["items"]] == [2, 1]
    assert ada.get("/profiles/renewals/versions/2")["redact"] == ["card", "email"]
    assert ada.get("/profiles")["items"][1]["published"] is None


def test_what_was_read_can_be_saved_again(ada: Caller) -> None:
    read = saved(ada).json()
    assert saved(ada, **read).json() == {**read, "version": 2}


def test_a_profile_is_published_and_rolled_back(ada: Caller) -> None:
    for version in (1, 2):
        saved(ada)
        assert publish(ada, version).json()["published"] == version
    back = ada.http.post("/profiles/renewals/rollback", json={}, headers={"idempotency-key": "b"})
    again = ada.http.post("/profiles/renewals/rollback", json={}, headers={"idempotency-key": "b"})
    assert (back.json()["published"], again.json()["published"]) == (1, 1)
    first = ada.http.post("/profiles/renewals/rollback")
    assert (first.status_code, "No version" in first.json()["detail"]) == (409, True)


def test_under_one_key_it_is_one_version(ada: Caller) -> None:
    answers = [ada.http.post("/profiles", json=PROFILE, headers={"idempotency-key": "k"}) for _ in range(2)]
    assert answers[0].json() == answers[1].json()
    assert len(ada.get("/profiles/renewals")["items"]) == 1


def test_the_standard_profile_never_changes(ada: Caller) -> None:
    assert saved(ada, id="standard").status_code == 422
    assert ada.http.post("/profiles/standard/rollback").status_code == 409


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"id": "Not An Id"}, "id must be"),
        ({"prompts": []}, "1 to 20 prompts"),
        ({"schema": {"type": "array"}}, "schema must be of an object"),
        ({"schema": {"type": "object", "properties": {"summary": {"type": "string"}}}}, "require every"),
        ({"temperature": "hot"}, "temperature"),
        ({"model": "gpt-6.1-sol"}, "one of these: small, large, small-1, large-1"),
    ],
)
def test_what_is_wrong_is_said_by_validation_and_by_saving(
    ada: Caller, changes: dict[str, object], told: str
) -> None:
    checked = ada.http.post("/profiles/validate", json={**PROFILE, **changes})
    assert (checked.status_code, checked.json()["ok"]) == (200, False)
    assert told in " ".join(checked.json()["problems"])
    refused = saved(ada, **changes)
    assert (refused.status_code, told.lower() in refused.json()["detail"].lower()) == (422, True)
    assert len(ada.get("/profiles")["items"]) == 1


def test_a_profile_of_the_wrong_shape_is_checked_too(ada: Caller) -> None:
    checked = ada.http.post("/profiles/validate", json={**PROFILE, "mode": "sideways", "prompts": "none"})
    assert sorted(each.partition(":")[0] for each in checked.json()["problems"]) == ["mode", "prompts"]


def test_a_good_profile_is_good_and_not_saved(ada: Caller) -> None:
    assert ada.http.post("/profiles/validate", json=PROFILE).json() == {"ok": True, "problems": []}
    assert len(ada.get("/profiles")["items"]) == 1


def test_a_profile_may_be_long_and_not_endless(ada: Caller) -> None:
    prompt = {"name": "summary", "text": "Sum it up. " * 180}
    long = {**PROFILE, "system": "You read calls. " * 370, "prompts": [prompt] * 10}
    assert "name of its own" in saved(ada, **long).json()["detail"]
    assert ada.http.post("/profiles", content=b'"' + b"x" * 140_000 + b'"').status_code == 413


def test_an_unpublished_version_is_tried_on_a_call(site: Site, ada: Caller) -> None:
    saved(ada)
    made = recorded(site, ada)
    answer = ada.http.post("/profiles/renewals/try", json={"version": 1, "call": made.id})
    assert (answer.status_code, answer.json()["id"]) == (202, made.id)
    (asked,) = site.started
    assert (asked.wish, asked.trial) == (Wish("renewals", 1), True)


def test_what_is_not_there_is_not_found(site: Site, ada: Caller) -> None:
    made = recorded(site, ada)
    assert ada.http.get("/profiles/renewals").status_code == 404
    assert ada.http.get("/profiles/renewals/versions/1").status_code == 404
    assert publish(ada, 1).status_code == 404
    assert ada.http.post("/profiles/renewals/rollback").status_code == 404
    tried = ada.http.post("/profiles/renewals/try", json={"version": 1, "call": made.id})
    assert tried.status_code == 404
    saved(ada)
    assert publish(ada, 2).status_code == 404
    tried = ada.http.post("/profiles/renewals/try", json={"version": 1, "call": "0" * 28})
    assert tried.status_code == 404


def test_text_that_cannot_be_written_down_is_refused(ada: Caller) -> None:
    body = json.dumps({**PROFILE, "schema": {"type": "object", "title": "\ud800"}})
    headers = {"content-type": "application/json"}
    for path in ("/profiles/validate", "/profiles"):
        refused = ada.http.post(path, content=body, headers=headers)
        assert (refused.status_code, "surrogate" in refused.json()["detail"]) == (422, True)


def test_what_is_no_id_of_a_call_is_refused(ada: Caller) -> None:
    answer = ada.http.post("/profiles/standard/try", json={"version": 1, "call": "../other"})
    assert (answer.status_code, "body.call" in answer.json()["detail"]) == (422, True)
