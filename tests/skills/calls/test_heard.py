"""What was heard is paid once, and what nobody needs of it any more goes: here and at the transcriber."""

from dataclasses import replace

import pytest
from switchboard.skills.calls.domain.failure_reasons import CallFailed, Reason
from switchboard.skills.calls.domain.files import upload_key
from switchboard.skills.calls.workflow.context import fail
from switchboard.skills.calls.workflow.transcribe import Answered, State, look, start, transcribe

from tests.skills.calls.examples import World, elevenlabs
from tests.skills.calls.uploading import SAID, arrived, begun, sent, uploaded


def test_what_was_heard_is_paid_when_it_is_taken_and_the_transcriber_keeps_nothing() -> None:
    """By the step that has the means: whoever brings a transcript needs neither money nor a key."""
    world = World()
    made = begun(world)
    sent(world, made, elevenlabs(*SAID))
    assert (world.till.settled, world.transcriber.forgotten) == ({}, [])
    assert look(world.desk, made.id) is State.READY
    assert world.till.settled == {f"{made.id}-v1": world.book.find(made.id).cost}
    assert world.transcriber.forgotten == ["job-1"]


def test_a_transcript_that_came_before_its_job_was_noted_is_forgotten_by_its_own_name() -> None:
    world = World()
    made = begun(world)
    world.book.change(made.id, lambda kept: replace(kept, job=""))
    sent(world, made, {**elevenlabs(*SAID), "transcription_id": "t-1"}, job="request-1")
    look(world.desk, made.id)
    assert world.transcriber.forgotten == ["t-1"]


def test_nothing_is_stored_as_the_transcriber_wrote_it() -> None:
    world = World()
    made = begun(world)
    sent(world, made, {**elevenlabs(*SAID), "mark": "as it was written"})
    assert b"as it was written" not in b"".join(content for content, _ in world.blobs.kept.values())


@pytest.mark.parametrize("claimed", [3_600, 36_000])
def test_no_claim_of_the_transcriber_costs_more_than_was_set_aside(claimed: int) -> None:
    world = World()
    made = begun(world)
    sent(world, made, {**elevenlabs(*SAID), "audio_duration_secs": claimed})
    look(world.desk, made.id)
    assert world.till.settled == world.till.reserved


def test_silence_is_paid_once_and_told() -> None:
    world = World()
    made = begun(world)
    silence = {"words": [], "text": "", "audio_duration_secs": 60}
    answers = [sent(world, made, silence) for _ in range(3)]
    assert answers == [Answered(made.id, "token-1")] * 3
    assert world.book.find(made.id).cost == 10_000
    for _ in range(2):
        with pytest.raises(CallFailed, match="SILENT"):
            look(world.desk, made.id)
    assert world.till.settled == {f"{made.id}-v1": 10_000}
    assert set(world.transcriber.forgotten) == {"job-1"}


def test_a_transcript_that_cannot_be_read_is_asked_for_and_goes_all_the_same() -> None:
    world = World()
    made = begun(world)
    world.transcriber.results["job-1"] = {"words": [{}]}
    assert sent(world, made, {"words": [{}]}) == Answered(made.id, "token-1")
    with pytest.raises(CallFailed, match="UNREADABLE_TRANSCRIPT"):
        look(world.desk, made.id)
    assert world.transcriber.forgotten == ["job-1"]


@pytest.mark.parametrize("reason", [Reason.TRANSCRIPT_LATE, Reason.BAD_AUDIO, Reason.TRANSCRIBER_DOWN])
def test_a_recording_that_failed_goes_at_once(reason: Reason) -> None:
    world = World()
    made = begun(world)
    fail(world.desk, made.id, reason)
    assert (world.blobs.kept, world.blobs.versions) == ({}, {})


def test_a_recording_whose_transcript_can_be_read_again_stays() -> None:
    world = World()
    made = begun(world)
    sent(world, made, elevenlabs(*SAID))
    fail(world.desk, made.id, Reason.MODEL_DOWN)
    assert upload_key(made.id, "call.wav") in world.blobs.kept


def test_what_was_reserved_for_listening_is_given_back_when_it_fails() -> None:
    world = World()
    made = begun(world)
    fail(world.desk, made.id, Reason.TRANSCRIPT_LATE)
    assert world.till.settled == {f"{made.id}-v1": 0}


def test_what_costs_too_much_is_not_begun() -> None:
    world = World(room=5)
    made = uploaded(world)
    start(world.desk, arrived(made))
    with pytest.raises(CallFailed, match="OVER_BUDGET"):
        transcribe(world.desk, made.id, token="token-1", longest=600_000)
    assert world.transcriber.started == []
