"""What is taken as a recording, and under which name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from switchboard.skills.calls.domain import files
from switchboard.skills.calls.domain.failure_reasons import CallFailed, Reason
from switchboard.skills.calls.domain.files import BadFile, check, inspect, safe_name, sniff
from switchboard.skills.calls.limits import MOST_BYTES
from switchboard.skills.calls.uploads.events import _KEY
from switchboard.skills.calls.uploads.lengths import Ends

from tests.skills.calls.examples import WAV, call


@pytest.mark.parametrize(
    ("given_name", "kept"),
    [
        ("call.wav", "call.wav"),
        ("C:\\calls\\Monday call.mp3", "Monday_call.mp3"),
        ("../../etc/passwd", "passwd"),
        ("a\r\nb;rm -rf.wav", "a_b_rm_-rf.wav"),
        ("réunion été.m4a", "réunion_été.m4a"),
        (f"{'x' * 300}.wav", f"{'x' * 116}.wav"),
    ],
)
def test_a_file_name_is_kept_without_what_could_do_harm(given_name: str, kept: str) -> None:
    assert safe_name(given_name) == kept


@pytest.mark.parametrize("name", ["", "...", "///", "___", "\0", "x" * 300])
def test_a_name_of_which_nothing_is_left_is_refused(name: str) -> None:
    with pytest.raises(BadFile):
        safe_name(name)


@given(st.text(max_size=400))
def test_a_name_that_is_kept_stays_as_it_is_and_makes_a_key(name: str) -> None:
    try:
        kept = safe_name(name)
    except BadFile:
        return
    assert safe_name(kept) == kept
    assert len(kept) <= files.LONGEST_NAME
    assert _KEY.fullmatch(files.upload_key(call().id, kept))


@pytest.mark.parametrize(
    ("content_type", "size", "told"),
    [
        ("text/html", 10, "audio or video"),
        ("audio/wav", 0, "empty"),
        ("audio/wav", -1, "empty"),
        ("audio/wav", MOST_BYTES + 1, "larger"),
    ],
)
def test_what_is_no_recording_is_refused_before_it_is_uploaded(
    content_type: str, size: int, told: str
) -> None:
    with pytest.raises(BadFile, match=told):
        check(content_type, size)


@pytest.mark.parametrize("content_type", ["audio/wav", "Audio/MPEG", "audio/webm;codecs=opus"])
def test_a_recording_is_taken(content_type: str) -> None:
    check(content_type, 1000)


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (WAV, "wav"),
        (b"ID3\x04", "mp3"),
        (b"\xff\xfb\x90", "mp3"),
        (b"\xff\xf1\x50", "aac"),
        (b"\0\0\0\x20ftypM4A ", "mp4"),
        (b"OggS\0", "ogg"),
        (b"\x1aE\xdf\xa3", "webm"),
        (b"fLaC", "flac"),
        (b"#!AMR\n", "amr"),
    ],
)
def test_a_file_is_known_by_how_it_begins(head: bytes, kind: str) -> None:
    assert sniff(head) == kind
    assert kind in files.TYPES


@pytest.mark.parametrize(
    ("head", "size", "reason"),
    [
        (b"", 0, Reason.EMPTY_FILE),
        (b"<html>", 6, Reason.WRONG_TYPE),
        (b"MZ\x90\0", 4, Reason.WRONG_TYPE),
        (WAV, MOST_BYTES + 1, Reason.TOO_LARGE),
        (WAV, 32_000 * 36_001, Reason.TOO_LONG),
    ],
)
def test_what_arrived_and_cannot_be_used_fails_with_its_reason(
    head: bytes, size: int, reason: Reason
) -> None:
    with pytest.raises(CallFailed) as failed:
        inspect(Ends(head, head, size))
    assert failed.value.reason is reason


@given(st.binary(max_size=80))
def test_no_beginning_breaks_the_sniffer(head: bytes) -> None:
    assert sniff(head) in {None, *files.TYPES}
