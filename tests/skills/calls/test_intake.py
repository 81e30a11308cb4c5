"""What a bucket tells of uploads, however it is wrapped."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from switchboard.skills.calls.uploads.events import Arrived, NoEvent, arrivals

CALL = "019e0d3b5c00" + "ab" * 6


def event(key: str, **thing: object) -> dict[str, Any]:
    made = {"key": key, "size": 44, "eTag": "e1", "sequencer": "s1", **thing}
    return {"Records": [{"eventName": "ObjectCreated:Post", "s3": {"object": made}}]}


UPLOAD = event(f"uploads/{CALL}/my+call%C3%A9.wav", versionId="v.1")
WANTED = Arrived(CALL, "my callé.wav", "v.1", 44)


def wrapped(inner: object) -> str:
    return json.dumps({"Type": "Notification", "Message": json.dumps(inner)})


@pytest.mark.parametrize("body", [json.dumps(UPLOAD), wrapped(UPLOAD)])
def test_an_upload_is_read_directly_and_through_a_topic(body: str) -> None:
    assert arrivals(body) == [WANTED]


@pytest.mark.parametrize("body", [json.dumps({"Event": "s3:TestEvent"}), wrapped({"Event": "s3:TestEvent"})])
def test_a_test_event_tells_of_nothing(body: str) -> None:
    assert arrivals(body) == []


@pytest.mark.parametrize(
    "key", [f"transcripts/{CALL}/raw.json", f"uploads/{CALL}/a/b.wav", f"uploads/{CALL}", "uploads/x/a.wav"]
)
def test_what_lies_elsewhere_is_none_of_ours(key: str) -> None:
    assert arrivals(json.dumps(event(key))) == []


def test_a_deletion_is_no_upload() -> None:
    gone = event(f"uploads/{CALL}/a.wav")
    gone["Records"][0]["eventName"] = "ObjectRemoved:Delete"
    assert arrivals(json.dumps(gone)) == []


def test_an_upload_without_a_version_cannot_be_told_from_the_next_and_is_not_taken() -> None:
    with pytest.raises(NoEvent):
        arrivals(json.dumps(event(f"uploads/{CALL}/a.wav")))


@pytest.mark.parametrize("body", ["", "[]", "{}", "null", '{"Records": [{}]}', '{"Message": "x"}', "x" * 10])
def test_what_is_no_event_is_told(body: str) -> None:
    with pytest.raises(NoEvent):
        arrivals(body)


@given(st.text(min_size=1, max_size=300))
def test_an_execution_has_a_name_that_is_allowed_and_its_own(version: str) -> None:
    name = Arrived(CALL, "a.wav", version, 1).execution
    assert len(name) <= 80
    assert name.replace("-", "").replace("_", "").isalnum()
    assert name.isascii()
    assert name == Arrived(CALL, "b.wav", version, 2).execution
    assert name != Arrived(CALL, "a.wav", f"{version}x", 1).execution
