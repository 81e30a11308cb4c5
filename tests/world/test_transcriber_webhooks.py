"""Results that come later: signed, repeated while nobody takes them, and broken on purpose."""

import time

import httpx2
import pytest

from local.recordings.long_call import long_call
from tests.world.dictation import Dictation, known_audio
from tests.world.stub_client import SECRET

pytestmark = pytest.mark.enable_socket

METADATA = '{"call":"c-1","token":"t"}'


@pytest.fixture
def waiting(dictation: Dictation) -> Dictation:
    dictation.wire()
    dictation.tell(known_audio())
    return dictation


def ordered(dictation: Dictation) -> dict[str, str]:
    url = dictation.client.put("call.wav", known_audio())
    accepted = dictation.order(source_url=url, diarize="true", webhook="true", webhook_metadata=METADATA)
    assert accepted.status == 202
    assert set(accepted.body) == {"message", "request_id", "transcription_id"}
    body: dict[str, str] = accepted.body
    return body


def attempts(dictation: Dictation, *, count: int = 1) -> list[object]:
    """The journal knows an answer only a moment after its receiver gave it."""
    deadline = time.monotonic() + 5
    while True:
        [entry] = dictation.world.call("GET", "/journal?service=transcriber").body
        answers: list[object] = entry["outcome"].get("webhook", [])
        if len(answers) >= count or time.monotonic() > deadline:
            return answers
        time.sleep(0.01)


def test_the_result_comes_by_a_signed_webhook_with_the_clients_metadata(waiting: Dictation) -> None:
    accepted = ordered(waiting)
    [posted] = waiting.client.wait_for(1)
    assert posted.is_signed_by(SECRET)
    assert posted.event["type"] == "speech_to_text_transcription"
    data = posted.event["data"]
    assert data["request_id"] == accepted["request_id"]
    assert data["webhook_metadata"] == {"call": "c-1", "token": "t"}
    assert data["transcription"]["text"] == "Hello, Maya. Hi!"
    assert waiting.result(accepted["transcription_id"]).body == data["transcription"]


def test_before_it_is_done_there_is_no_result(waiting: Dictation) -> None:
    accepted = ordered(waiting)
    assert waiting.result(accepted["transcription_id"]).status == 404
    assert waiting.client.wait_for(1)


def test_the_wirings_secret_is_not_shown(dictation: Dictation) -> None:
    hook = {"url": "http://127.0.0.1:1/hook", "secret": SECRET}
    wiring = {
        "endpoint_url": "http://127.0.0.1:1",
        "region": "us-east-1",
        "access_key_id": "AKIDLOCAL",
        "secret_access_key": "local",
        "inbound_topic": "arn:aws:sns:us-east-1:000000000000:inbound",
    }
    wired = dictation.world.call("PUT", "/wiring", wiring | {"transcripts_webhook": hook})
    assert wired.body["transcripts_webhook"]["url"] == hook["url"]
    assert SECRET not in str(wired.body)
    for half in ({"url": hook["url"]}, hook | {"secret": ""}):
        assert dictation.world.call("PUT", "/wiring", wiring | {"transcripts_webhook": half}).status == 422


def test_a_receiver_out_of_order_is_tried_again_and_one_that_refuses_is_not(waiting: Dictation) -> None:
    waiting.client.answers = [503, 429, 401]
    ordered(waiting)
    posted = waiting.client.wait_for(3)
    assert {each.raw for each in posted} == {posted[0].raw}
    assert attempts(waiting, count=3) == [503, 429, 401]


def test_a_webhook_comes_several_times_if_a_fault_says_so(waiting: Dictation) -> None:
    waiting.world.fault(service="transcriber", kind="duplicate", times=3)
    ordered(waiting)
    first, *others = waiting.client.wait_for(3)
    assert [each.raw for each in others] == [first.raw, first.raw]


def test_a_webhook_that_is_lost_leaves_the_result_to_be_asked_for(waiting: Dictation) -> None:
    waiting.world.fault(service="transcriber", kind="drop", count=1)
    lost, later = ordered(waiting), ordered(waiting)
    [posted] = waiting.client.wait_for(1)
    assert posted.event["data"]["request_id"] == later["request_id"]
    assert waiting.result(lost["transcription_id"]).status == 200


def test_a_forged_webhook_has_somebody_elses_signature(waiting: Dictation) -> None:
    waiting.world.fault(service="transcriber", kind="forge", count=1)
    waiting.world.fault(service="transcriber", kind="duplicate", times=2)
    ordered(waiting)
    forged, true = waiting.client.wait_for(2)
    assert (forged.is_signed_by(SECRET), true.is_signed_by(SECRET)) == (False, True)


def test_an_order_whose_answer_was_cut_is_carried_out(waiting: Dictation) -> None:
    waiting.world.fault(service="transcriber", kind="cut", count=1)
    with pytest.raises(httpx2.RemoteProtocolError):
        ordered(waiting)
    assert waiting.client.wait_for(1)[0].is_signed_by(SECRET)


def test_a_long_call_comes_whole(dictation: Dictation) -> None:
    dictation.wire()
    made = long_call(hours=0.5)
    told = made.sidecar.model_dump(mode="json")
    assert dictation.world.call("PUT", f"/transcriber/recordings/{made.sidecar.sha256}", told).status == 204
    url = dictation.client.put("long.wav", made.audio)
    accepted = dictation.order(source_url=url, webhook="true", diarize="true")
    [posted] = dictation.client.wait_for(1)
    transcription = posted.event["data"]["transcription"]
    words = [entry for entry in transcription["words"] if entry["type"] == "word"]
    assert len(words) == len(made.sidecar.words)
    assert transcription["audio_duration_secs"] == 1800
    assert dictation.result(accepted.body["transcription_id"]).body == transcription
