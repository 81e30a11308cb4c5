"""From an upload to a transcript: once, whatever is repeated, late, forged or broken."""

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
from switchboard.skills.calls.domain.call import Status, Wish
from switchboard.skills.calls.domain.failure_reasons import CallFailed, Reason
from switchboard.skills.calls.domain.files import transcript_key, upload_key
from switchboard.skills.calls.domain.redaction import Kind
from switchboard.skills.calls.domain.transcript import unpacked
from switchboard.skills.calls.limits import MOST_BYTES
from switchboard.skills.calls.ports import TranscriberUnavailable
from switchboard.skills.calls.profiles.repository import ProfileBook
from switchboard.skills.calls.transcription.webhook import Forged
from switchboard.skills.calls.uploads.events import Arrived
from switchboard.skills.calls.workflow.context import fail, forget
from switchboard.skills.calls.workflow.transcribe import (
    Answered,
    Started,
    State,
    deliver,
    look,
    start,
    transcribe,
)

from tests.fakes.containers import opus
from tests.skills.calls.examples import ADA, GIST, WAV, World, call, elevenlabs
from tests.skills.calls.fakes import FakeTranscriber
from tests.skills.calls.uploading import SAID, SECRET, arrived, begun, put_there, sent, uploaded

OGG = opus(36_000)


def test_an_upload_starts_one_machine_under_a_name_of_its_own() -> None:
    world = World()
    made = uploaded(world)
    assert start(world.desk, arrived(made)) == Started(f"{made.id}-v1", made.id, "v1", 5)
    assert world.book.find(made.id).status is Status.QUEUED


def test_the_same_event_five_times_starts_the_same_machine_and_transcribes_once() -> None:
    world = World()
    made = uploaded(world)
    started = {start(world.desk, arrived(made)) for _ in range(5)}
    assert len(started) == 1
    for attempt in range(5):
        transcribe(world.desk, made.id, token=f"token-{attempt}", longest=1)
    assert len(world.transcriber.started) == 1
    assert start(world.desk, arrived(made)) is None
    assert world.book.waiting(made.id) == "token-4"


def test_another_upload_while_one_is_worked_on_changes_nothing_and_is_deleted() -> None:
    world = World()
    made = begun(world)
    put_there(world, made, b"RIFF of somebody else", version="v2")
    assert start(world.desk, arrived(made, "v2")) is None
    assert world.book.find(made.id) == made
    assert world.blobs.versions == {upload_key(made.id, "call.wav"): {"v1": WAV}}


def test_what_is_looked_at_and_listened_to_is_the_upload_that_was_told_of() -> None:
    """Whatever was put in its place meanwhile."""
    world = World()
    made = uploaded(world)
    put_there(world, made, b"<html></html>", version="v2")
    assert start(world.desk, arrived(made))
    transcribe(world.desk, made.id, token="token-1", longest=1)
    ((_, link),) = world.transcriber.started
    assert "versionId=v1&" in link


def test_a_failed_call_is_worked_on_again_when_another_recording_comes() -> None:
    world = World()
    made = begun(world)
    fail(world.desk, made.id, Reason.BAD_AUDIO)
    put_there(world, made, version="v2")
    again = start(world.desk, arrived(made, "v2"))
    assert again
    assert again.execution == f"{made.id}-v2"
    transcribe(world.desk, made.id, token="token-2", longest=1)
    assert len(world.transcriber.started) == 2


def test_what_is_uploaded_for_no_call_is_deleted() -> None:
    world = World()
    put_there(world, call())
    assert start(world.desk, arrived(call())) is None
    assert world.blobs.kept == {}


def test_a_file_of_another_name_is_not_the_recording() -> None:
    world = World()
    made = uploaded(world)
    assert start(world.desk, replace_name(arrived(made))) is None
    assert world.book.find(made.id).status is Status.PENDING_UPLOAD


def replace_name(event: Arrived) -> Arrived:
    return event._replace(file_name="other.wav")


@pytest.mark.parametrize(
    ("content", "size", "reason"),
    [
        (b"", 0, Reason.EMPTY_FILE),
        (b"<html></html>", 13, Reason.WRONG_TYPE),
        (WAV, MOST_BYTES + 1, Reason.TOO_LARGE),
        (WAV, 32_000 * 36_001, Reason.TOO_LONG),
        (OGG, len(OGG), Reason.BAD_AUDIO),
    ],
)
def test_a_bad_file_fails_before_anybody_is_paid(content: bytes, size: int, reason: Reason) -> None:
    world = World()
    made = uploaded(world, content=content)
    assert start(world.desk, arrived(made, size=size)) is None
    failed = world.book.find(made.id)
    assert (failed.status, failed.reason, failed.cost) == (Status.FAILED, reason, 0)
    assert world.watched.heard == [("Queued", None), ("Failed", reason)]


def test_a_recording_that_nobody_agreed_to_is_not_listened_to() -> None:
    world = World()
    made = uploaded(world, replace(call(), consent=False))
    assert start(world.desk, arrived(made)) is None
    assert world.book.find(made.id).reason is Reason.NO_CONSENT


def test_an_upload_that_vanished_fails() -> None:
    world = World()
    world.book.add(call())
    assert start(world.desk, arrived(call())) is None
    assert world.book.find(call().id).reason is Reason.NEVER_UPLOADED


def test_the_transcriber_fetches_the_recording_by_a_link() -> None:
    world = World()
    made = begun(world)
    ((told, link),) = world.transcriber.started
    assert told == made.id
    assert link.startswith(f"https://bucket.example/{upload_key(made.id, 'call.wav')}")
    assert made.job == "job-1"
    assert world.till.reserved == {f"{made.id}-v1": 10_000}


def test_a_transcript_is_kept_whole_and_its_facts_with_the_call() -> None:
    world = World()
    made = begun(world)
    assert sent(world, made, elevenlabs(*SAID)) == Answered(made.id, "token-1")
    heard = world.book.find(made.id)
    assert heard.status is Status.TRANSCRIBED
    assert heard.heard
    assert (heard.heard.words, heard.heard.speakers, heard.heard.language) == (10, 2, "eng")
    assert unpacked(world.blobs.get(transcript_key(made.id))).lines[0].text == "Hello Ben."
    assert heard.cost > 0


def test_a_webhook_that_comes_again_answers_again_and_costs_nothing() -> None:
    world = World()
    made = begun(world)
    first = sent(world, made, elevenlabs(*SAID))
    cost = world.book.find(made.id).cost
    assert sent(world, made, elevenlabs(*SAID)) == first
    assert world.book.find(made.id).cost == cost


@pytest.mark.parametrize("job", ["job-2", "stranger"])
def test_a_webhook_of_another_job_is_not_for_this_upload(job: str) -> None:
    world = World()
    made = begun(world)
    assert sent(world, made, elevenlabs(*SAID), job=job) is None
    assert world.book.find(made.id).heard is None


def test_a_webhook_for_a_call_that_failed_or_was_deleted_is_dropped() -> None:
    world = World()
    made = begun(world)
    fail(world.desk, made.id, Reason.TRANSCRIPT_LATE)
    assert sent(world, made, elevenlabs(*SAID)) is None
    forget(world.desk, made.id)
    assert sent(world, made, elevenlabs(*SAID)) is None
    assert world.blobs.kept == {}


def test_a_forged_webhook_changes_nothing() -> None:
    world = World()
    made = begun(world)
    raw = json.dumps({"data": {"webhook_metadata": {"call": made.id}, "transcription": {"words": []}}})
    with pytest.raises(Forged):
        deliver(world.desk, raw.encode(), "t=1800000000,v0=00", secret=SECRET)
    assert world.book.find(made.id) == made


def test_that_there_is_no_transcript_is_told_to_whoever_waits() -> None:
    world = World()
    made = begun(world)
    assert sent(world, made, None) == Answered(made.id, "token-1", Reason.BAD_AUDIO)


def test_a_result_that_nobody_brought_is_asked_for() -> None:
    world = World()
    made = begun(world)
    assert look(world.desk, made.id) is State.PENDING
    world.transcriber.results["job-1"] = elevenlabs(*SAID)
    assert look(world.desk, made.id) is State.READY
    assert look(world.desk, made.id) is State.READY
    assert world.book.find(made.id).status is Status.TRANSCRIBED
    assert transcribe(world.desk, made.id, token="token-9", longest=1) is State.READY


def test_a_webhook_that_comes_while_the_result_is_asked_for_is_paid_once() -> None:
    world = World()
    made = begun(world)

    class Both(FakeTranscriber):
        def result(self, job: str) -> Mapping[str, Any]:
            sent(world, made, elevenlabs(*SAID))
            return elevenlabs(*SAID)

    desk = replace(world.desk, transcriber=Both())
    assert look(desk, made.id) is State.READY
    assert world.book.find(made.id).cost == world.till.settled[f"{made.id}-v1"]


def test_a_job_that_never_began_cannot_be_asked_for() -> None:
    world = World()
    made = uploaded(world)
    with pytest.raises(CallFailed, match="TRANSCRIPT_LATE"):
        look(world.desk, made.id)


@pytest.mark.parametrize("error", [TranscriberUnavailable("503"), CallFailed(Reason.BAD_AUDIO)])
def test_a_transcriber_that_does_not_take_it_leaves_no_job_behind(error: Exception) -> None:
    world = World()
    made = uploaded(world)
    start(world.desk, arrived(made))
    world.transcriber.error = error
    with pytest.raises(type(error)):
        transcribe(world.desk, made.id, token="token-1", longest=1)
    world.transcriber.error = None
    assert transcribe(world.desk, made.id, token="token-2", longest=1) is State.PENDING
    assert len(world.transcriber.started) == 1


def test_where_the_profile_says_so_nothing_personal_is_stored() -> None:
    world = World()
    shelf = ProfileBook(world.records, ADA)
    shelf.publish("gist", shelf.save(replace(GIST, redact=frozenset({Kind.CARD}))).version)
    made = begun(world, call(wish=Wish("gist")))
    sent(world, made, elevenlabs(*SAID))
    stored = b"".join(content for key, (content, _) in world.blobs.kept.items() if "transcripts/" in key)
    assert b"4111" not in stored
    assert b"[card]" in stored


def test_where_nobody_can_say_what_is_personal_everything_is_taken_out() -> None:
    world = World()
    made = begun(world, call(wish=Wish("gone")))
    sent(world, made, elevenlabs(*SAID))
    assert b"4111" not in world.blobs.get(transcript_key(made.id))
