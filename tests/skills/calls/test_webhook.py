"""Only what the transcriber signed, and lately, is believed."""

import hmac
import json
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st
from switchboard.skills.calls.domain.failure_reasons import Reason
from switchboard.skills.calls.transcription.webhook import (
    FUTURE_SECONDS,
    OLDEST_SECONDS,
    Forged,
    Garbled,
    parse,
    sign,
    verify,
)

SECRET, NOW = "wsec_test", 1_800_000_000
RAW = b'{"type":"speech_to_text_transcription"}'


def test_a_signature_is_the_hmac_of_time_and_raw_bytes() -> None:
    expected = hmac.new(SECRET.encode(), f"{NOW}.".encode() + RAW, sha256).hexdigest()
    assert sign(RAW, secret=SECRET, now=NOW) == f"t={NOW},v0={expected}"


@given(st.binary(max_size=200), st.text(min_size=1, max_size=20), st.integers(0, 2**33))
def test_what_is_signed_is_believed_and_a_single_changed_byte_is_not(
    raw: bytes, secret: str, now: int
) -> None:
    header = sign(raw, secret=secret, now=now)
    verify(raw, header, secret=secret, now=now)
    with pytest.raises(Forged):
        verify(raw + b" ", header, secret=secret, now=now)
    with pytest.raises(Forged):
        verify(raw, header, secret=f"{secret}x", now=now)


@pytest.mark.parametrize("late", [-FUTURE_SECONDS, 0, OLDEST_SECONDS])
def test_a_webhook_may_be_a_little_late(late: int) -> None:
    verify(RAW, sign(RAW, secret=SECRET, now=NOW), secret=SECRET, now=NOW + late)


@pytest.mark.parametrize("late", [-FUTURE_SECONDS - 1, OLDEST_SECONDS + 1])
def test_an_old_one_is_not_believed_even_if_it_is_signed(late: int) -> None:
    with pytest.raises(Forged, match="too old"):
        verify(RAW, sign(RAW, secret=SECRET, now=NOW), secret=SECRET, now=NOW + late)


GOOD = sign(RAW, secret=SECRET, now=NOW)


@pytest.mark.parametrize(
    "header",
    [
        "",
        "t=,v0=",
        f"t={NOW}",
        GOOD.split(",")[1],
        f"t=x{NOW},{GOOD.split(',')[1]}",
        f"t={'9' * 5000},{GOOD.split(',')[1]}",
        f"t=\u0661,{GOOD.split(',')[1]}",
        GOOD.replace("v0=", "v1="),
        GOOD[:-1],
        GOOD + "0",
        f"t={NOW},v0=\udc80",
        f"t={NOW}," + ",".join(["v0=00"] * 5) + f",{GOOD.split(',')[1]}",
    ],
)
def test_a_forged_header_is_refused(header: str) -> None:
    with pytest.raises(Forged):
        verify(RAW, header, secret=SECRET, now=NOW)


def test_without_a_secret_nothing_is_believed() -> None:
    with pytest.raises(Forged):
        verify(RAW, sign(RAW, secret="", now=NOW), secret="", now=NOW)


def test_spaces_and_a_second_signature_are_taken() -> None:
    stamp, signature = GOOD.split(",")
    verify(RAW, f"{stamp}, v0=00, {signature}", secret=SECRET, now=NOW)


def body(**data: object) -> bytes:
    return json.dumps({"type": "speech_to_text_transcription", "event_timestamp": 1, "data": data}).encode()


RESULT = {"words": [], "text": "", "transcription_id": "t1"}


@pytest.mark.parametrize("metadata", [{"call": "c1"}, '{"call": "c1"}'])
def test_a_webhook_brings_the_result_of_a_call(metadata: object) -> None:
    delivery = parse(body(request_id="r1", webhook_metadata=metadata, transcription=RESULT))
    assert (delivery.call, delivery.result, delivery.reason) == ("c1", RESULT, None)
    assert (delivery.jobs, delivery.job) == (("r1", "t1"), "t1")


@pytest.mark.parametrize("transcription", [None, {}, {"error": "bad audio"}])
def test_a_webhook_without_a_transcript_says_that_the_audio_was_bad(transcription: object) -> None:
    delivery = parse(body(webhook_metadata={"call": "c1"}, transcription=transcription))
    assert (delivery.result, delivery.reason) == (None, Reason.BAD_AUDIO)


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"[]",
        b"{}",
        b"\xff",
        body(),
        body(webhook_metadata="x"),
        body(webhook_metadata={"call": 1}),
        b"[" * 9999,
    ],
)
def test_what_is_of_no_call_is_refused(raw: bytes) -> None:
    with pytest.raises(Garbled):
        parse(raw)


@given(st.binary(max_size=100))
def test_no_bytes_break_the_parser(raw: bytes) -> None:
    with pytest.raises(Garbled):
        parse(raw)
