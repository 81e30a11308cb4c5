"""A webhook that is signed well may still hold anything: it ends in a reason, never in a surprise."""

from __future__ import annotations

import json
from contextlib import suppress

import pytest
from switchboard.skills.calls.transcription.webhook import Garbled, sign
from switchboard.skills.calls.workflow.transcribe import deliver

from tests.skills.calls.examples import World
from tests.skills.calls.uploading import SECRET, begun

HALF = "\ud800"
ODD: tuple[object, ...] = (
    *(None, True, 0, 1.5, -1, [], ["c1"], {}, {"call": "c1"}, "", " ", "\x00", "c\n1", HALF, f"c1{HALF}"),
    *("x" * 65, "x" * 100_000, "é", "\u202ec1", 10**300, 10**400, float("nan"), float("inf"), "1e999"),
)
WORD = {"text": "Hello", "start": 0, "end": 1, "speaker_id": "anna", "type": "word"}
RESULT = {"words": [WORD], "language_code": "en", "audio_duration_secs": 1}


def brought(**data: object) -> None:
    world = World()
    made = begun(world)
    told = {"request_id": "job-1", "webhook_metadata": {"call": made.id}, "transcription": RESULT, **data}
    raw = json.dumps({"data": told}).encode()
    with suppress(Garbled):
        deliver(world.desk, raw, sign(raw, secret=SECRET, now=1_800_000_000), secret=SECRET)
    call = world.book.find(made.id)
    json.dumps([call.heard and call.heard.language, call.job], ensure_ascii=False).encode()
    assert call.heard is None or len(call.heard.language) <= 40


@pytest.mark.parametrize("name", ["request_id", "transcription_id", "transcription", "type"])
def test_whatever_is_odd_beside_a_transcript_is_no_failure_of_ours(name: str) -> None:
    for odd in ODD:
        brought(**{name: odd})


@pytest.mark.parametrize(
    "name", ["words", "language_code", "audio_duration_secs", "text", "transcription_id"]
)
def test_whatever_is_odd_in_a_transcript_is_no_failure_of_ours(name: str) -> None:
    for odd in ODD:
        brought(transcription=RESULT | {name: odd})


@pytest.mark.parametrize("name", WORD)
def test_whatever_is_odd_in_a_word_is_no_failure_of_ours(name: str) -> None:
    for odd in ODD:
        brought(transcription=RESULT | {"words": [WORD | {name: odd}]})
