"""How a call ends badly, and how all of it is deleted."""

import json

import pytest
from switchboard.skills.calls.domain.call import Status
from switchboard.skills.calls.domain.failure_reasons import Reason
from switchboard.skills.calls.workflow.context import check_reanalysis, fail, forget, reason_of

from tests.skills.calls.examples import ADA, World, call, elevenlabs
from tests.skills.calls.uploading import SAID, begun, sent


def test_deleting_a_call_deletes_all_of_it() -> None:
    world = World()
    made = begun(world)
    sent(world, made, elevenlabs(*SAID))
    forget(world.desk, made.id)
    forget(world.desk, made.id)
    assert world.blobs.kept == {}
    assert not world.records.bodies(f"PERSON#{ADA}")
    assert not world.records.bodies(f"CALL#{made.id}")
    assert fail(world.desk, made.id, Reason.INTERNAL) is None


def test_a_call_fails_once_and_what_was_done_stays_done() -> None:
    world = World()
    made = begun(world)
    for reason in (Reason.MODEL_DOWN, Reason.INTERNAL):
        failed = fail(world.desk, made.id, reason, spent=100)
        assert failed
        assert (failed.reason, failed.cost) == (Reason.MODEL_DOWN, 100)
    done = world.book.change(made.id, lambda kept: kept.moved(Status.ANALYZING, 1).moved(Status.COMPLETED, 2))
    assert fail(world.desk, made.id, Reason.INTERNAL, spent=100) == done


def test_what_has_no_transcript_or_is_worked_on_is_not_analysed_again() -> None:
    world = World()
    for refused in (call(), begun(world)):
        with pytest.raises(Exception, match=r"no transcript|worked on"):
            check_reanalysis(refused)
    sent(world, call(), elevenlabs(*SAID))
    transcribed = world.book.find(call().id)
    with pytest.raises(Exception, match="worked on"):
        check_reanalysis(transcribed)
    failed = fail(world.desk, call().id, Reason.MODEL_DOWN)
    assert failed
    check_reanalysis(failed)


def cause(name: str, message: str = "") -> str:
    return json.dumps({"errorType": name, "errorMessage": message})


@pytest.mark.parametrize(
    ("error", "told", "reason"),
    [
        ("CallFailed", cause("CallFailed", "SILENT"), Reason.SILENT),
        ("Unfit", cause("Unfit", "ANSWER_UNFIT"), Reason.ANSWER_UNFIT),
        ("CallFailed", cause("CallFailed", "nonsense"), Reason.INTERNAL),
        ("States.Timeout", "", Reason.TRANSCRIPT_LATE),
        ("BAD_AUDIO", "said by whoever waited", Reason.BAD_AUDIO),
        ("ModelUnavailable", cause("ModelUnavailable", "503"), Reason.MODEL_DOWN),
        ("TranscriberUnavailable", "[]", Reason.TRANSCRIBER_DOWN),
        ("KeyError", cause("KeyError", "SILENT"), Reason.INTERNAL),
        ("", "", Reason.INTERNAL),
    ],
)
def test_a_failure_is_told_by_what_the_machine_caught(error: str, told: str, reason: Reason) -> None:
    assert reason_of(error, told) is reason
