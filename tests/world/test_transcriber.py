"""The transcriber as a client meets it: orders, results, refusals, and what it is told of recordings."""

import json

import pytest

from local.recordings import spoiled
from tests.world.dictation import Dictation, known_audio, sidecar

pytestmark = pytest.mark.enable_socket


def test_a_recording_it_was_told_of_is_transcribed_word_by_word(dictation: Dictation) -> None:
    assert dictation.tell(known_audio()).status == 204
    done = dictation.order(file=known_audio(), diarize="true")
    assert done.status == 200
    assert {name: done.body[name] for name in ("text", "language_code", "audio_duration_secs")} == {
        "text": "Hello, Maya. Hi!",
        "language_code": "eng",
        "audio_duration_secs": 4.0,
    }
    hello, space = done.body["words"][:2]
    assert hello == {
        "text": "Hello,",
        "start": 0.5,
        "end": 1.0,
        "type": "word",
        "speaker_id": "speaker_0",
        "logprob": 0.0,
    }
    assert (space["text"], space["type"], space["start"], space["end"]) == (" ", "spacing", 1.0, 1.1)
    assert [word["speaker_id"] for word in done.body["words"]] == [*["speaker_0"] * 4, "speaker_1"]


def test_without_diarization_nobody_is_named(dictation: Dictation) -> None:
    dictation.tell(known_audio())
    done = dictation.order(file=known_audio())
    assert {word["speaker_id"] for word in done.body["words"]} == {None}


def test_times_are_as_fine_as_asked(dictation: Dictation) -> None:
    dictation.tell(known_audio())
    untimed = dictation.order(file=known_audio(), timestamps_granularity="none").body["words"]
    assert {(word["start"], word["end"]) for word in untimed} == {(None, None)}
    hello = dictation.order(file=known_audio(), timestamps_granularity="character").body["words"][0]
    assert "".join(each["text"] for each in hello["characters"]) == "Hello,"
    assert (hello["characters"][0]["start"], hello["characters"][-1]["end"]) == (0.5, 1.0)


def test_a_recording_is_fetched_from_its_signed_address(dictation: Dictation) -> None:
    dictation.tell(known_audio())
    done = dictation.order(source_url=dictation.client.put("call.wav", known_audio()))
    assert done.body["text"] == "Hello, Maya. Hi!"
    assert dictation.client.asked == ["/call.wav?X-Amz-Signature=s3cret"]


def test_of_a_recording_it_does_not_know_it_says_so_for_as_long_as_it_lasts(dictation: Dictation) -> None:
    done = dictation.order(file=known_audio(), diarize="true")
    assert done.body["text"] == "(this simulator knows only recordings that were made for it)"
    assert done.body["audio_duration_secs"] == 4.0
    assert done.body["words"][-1]["end"] == 4.0


def test_silence_has_no_words(dictation: Dictation) -> None:
    done = dictation.order(file=spoiled.silence(seconds=3))
    assert (done.status, done.body["text"], done.body["words"]) == (200, "", [])
    assert done.body["audio_duration_secs"] == 3.0


@pytest.mark.parametrize(
    ("audio", "code"),
    [
        (spoiled.nothing(), "400 invalid_audio"),
        (spoiled.not_audio(), "400 invalid_file_type"),
        (spoiled.cut_short(), "400 invalid_audio"),
        (spoiled.too_short(), "400 audio_too_short"),
        (spoiled.too_long(), "400 audio_too_long"),
    ],
    ids=["nothing", "not audio", "cut short", "too short", "too long"],
)
def test_what_cannot_be_transcribed_is_refused_with_its_reason(
    dictation: Dictation, audio: bytes, code: str
) -> None:
    assert dictation.code(file=audio) == code
    dictation.wire()
    assert dictation.code(source_url=dictation.client.put("call.wav", audio), webhook="true") == code


def test_an_address_that_expired_or_leads_away_is_refused(dictation: Dictation) -> None:
    refused = dictation.order(source_url=f"{dictation.client.url}/call.wav?X-Amz-Signature=old")
    assert refused.status == 400
    assert "answered 403" in refused.body["detail"]["message"]
    assert refused.body["detail"]["param"] == "source_url"
    assert dictation.code(source_url="http://127.0.0.1:1/a.wav") == "400 invalid_parameters"


@pytest.mark.parametrize(
    "url",
    [
        "http://192.0.2.1/a.wav",
        "http://127.0.0.1.example/a.wav",
        "http://127.0.0.1@example/a",
        "file:///a",
        "http://[",
    ],
)
def test_it_fetches_from_loopback_and_nowhere_else(dictation: Dictation, url: str) -> None:
    refused = dictation.order(source_url=url)
    assert (refused.status, refused.body["detail"]["code"]) == (400, "invalid_parameters")
    assert "loopback names only" in refused.body["detail"]["message"]


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"model_id": "scribe_v1"}, "400 unsupported_model"),
        ({"source_url": "http://127.0.0.1/a.wav"}, "400 invalid_parameters"),
        ({"entity_redaction": "pii"}, "400 invalid_parameters"),
        ({"webhook": "true"}, "400 invalid_parameters"),
        ({"webhook_metadata": "{}"}, "400 invalid_parameters"),
        ({"webhook": "true", "webhook_metadata": '{"a":{"b":{"c":1}}}'}, "400 invalid_parameters"),
        ({"webhook": "true", "webhook_metadata": "[]"}, "400 invalid_parameters"),
        ({"webhook": "true", "webhook_metadata": json.dumps({"a": "x" * 16384})}, "400 invalid_parameters"),
    ],
)
def test_an_order_that_makes_no_sense_is_refused(
    dictation: Dictation, fields: dict[str, str], code: str
) -> None:
    assert dictation.code(file=known_audio(), **fields) == code


def test_an_order_needs_a_recording_a_form_and_a_key(dictation: Dictation) -> None:
    assert dictation.code() == "400 missing_required_field"
    assert dictation.code(key="", file=known_audio()) == "401 missing_api_key"
    call = dictation.world.call
    json_body = call("POST", "/v1/speech-to-text", {"model_id": "scribe_v2"}, xi_api_key="any")
    assert (json_body.status, json_body.body["detail"]["code"]) == (400, "invalid_content_type")


@pytest.mark.parametrize("fields", [{"diarize": "perhaps"}, {"num_speakers": "33"}, {"model_id": ""}])
def test_a_field_of_the_wrong_type_is_listed(dictation: Dictation, fields: dict[str, str]) -> None:
    refused = dictation.order(file=known_audio(), **fields)
    assert refused.status == 422
    [problem] = refused.body["detail"]
    assert problem["loc"] == ["body", *fields]
    assert set(problem) == {"loc", "msg", "type"}


def test_a_result_can_be_asked_for_until_it_is_deleted(dictation: Dictation) -> None:
    done = dictation.order(file=known_audio()).body
    transcription_id = done["transcription_id"]
    assert dictation.result(transcription_id).body == done
    path = f"/v1/speech-to-text/transcripts/{transcription_id}"
    assert dictation.world.call("DELETE", path, xi_api_key="any").status == 200
    gone = dictation.result(transcription_id)
    assert (gone.status, gone.body["detail"]["code"]) == (404, "transcript_not_found")
    assert dictation.world.call("GET", path).status == 401


def test_the_journal_tells_of_orders_and_keeps_no_secret_of_theirs(dictation: Dictation) -> None:
    dictation.wire()
    url = dictation.client.put("call.wav", known_audio())
    dictation.order(source_url=url, webhook="true", webhook_metadata='{"token":"s3cret"}', key="k3y")
    dictation.order(file=known_audio())
    dictation.world.call("POST", "/v1/speech-to-text", b"s3cret", content_type="multipart/form-data")
    journal = dictation.world.call("GET", "/journal?service=transcriber").body
    assert [entry["outcome"]["status"] for entry in journal] == [202, 200, 401]
    assert journal[0]["body"]["source_url"] == f"{dictation.client.url}/call.wav"
    assert journal[1]["body"]["file"] == f"({len(known_audio())} bytes)"
    assert not any(secret in json.dumps(journal) for secret in ("s3cret", "k3y"))


@pytest.mark.parametrize(
    "change",
    [
        {"sha256": "0" * 63},
        {"seconds": 1.0},
        {"words": [{"text": "a b", "start": 0.0, "end": 1.0, "speaker": "x"}]},
        {"words": [{"text": "a", "start": 1.0, "end": 0.5, "speaker": "x"}]},
        {"surprise": 1},
    ],
)
def test_a_sidecar_that_cannot_be_is_refused(dictation: Dictation, change: dict[str, object]) -> None:
    assert dictation.tell(known_audio(), **change).status == 422
    assert dictation.world.call("GET", "/transcriber/recordings").body == []


def test_what_it_was_told_is_listed_under_its_own_address_only(dictation: Dictation) -> None:
    told = sidecar(known_audio())
    assert dictation.world.call("PUT", f"/transcriber/recordings/{'0' * 64}", told).status == 422
    dictation.tell(known_audio())
    [listed] = dictation.world.call("GET", "/transcriber/recordings").body
    assert listed == {"sha256": told["sha256"], "title": "a hum", "seconds": 4.0, "words": 3}


@pytest.mark.parametrize(("status", "code"), [(429, "rate_limit_exceeded"), (500, "internal_error")])
def test_it_fails_when_a_fault_says_so(dictation: Dictation, status: int, code: str) -> None:
    dictation.world.fault(service="transcriber", kind="status", status=status, count=1)
    assert dictation.code(file=known_audio()) == f"{status} {code}"
    assert dictation.order(file=known_audio()).status == 200
