"""ElevenLabs by its REST interface: what is asked, and what each of its answers means."""

from collections.abc import Callable
from urllib.parse import parse_qs

import httpx2
import pytest
from switchboard.skills.calls.transcription.elevenlabs import ElevenLabs
from switchboard.skills.calls.transcription.errors import Complaint, NoAnswer, TurnedDown

LINK = "https://bucket.example/uploads/c1/call.wav?signed=1"
Answer = Callable[[httpx2.Request], httpx2.Response]


class Key:
    forgotten = 0

    def __call__(self) -> str:
        return "xi-1"

    def forget(self) -> None:
        self.forgotten += 1


def vendor(answer: Answer, key: Key | None = None) -> ElevenLabs:
    return ElevenLabs(
        "https://api.example", "scribe_v2", key or Key(), transport=httpx2.MockTransport(answer)
    )


def answering(status: int, told: object) -> Answer:
    return lambda _request: httpx2.Response(status, json=told)


def test_it_is_given_a_link_and_asked_to_call_back_with_the_calls_id() -> None:
    asked: list[httpx2.Request] = []

    def accepted(request: httpx2.Request) -> httpx2.Response:
        asked.append(request)
        return httpx2.Response(202, json={"request_id": "r-1", "transcription_id": "t-1"})

    assert vendor(accepted).start("c1", LINK) == "t-1"
    (request,) = asked
    form = {name: value for name, (value,) in parse_qs(request.content.decode()).items()}
    assert (request.method, request.url.path) == ("POST", "/v1/speech-to-text")
    assert request.headers["xi-api-key"] == "xi-1"
    assert form["source_url"] == LINK
    assert form["webhook_metadata"] == '{"call": "c1"}'
    assert (form["model_id"], form["webhook"], form["diarize"]) == ("scribe_v2", "true", "true")


def test_a_result_that_is_not_there_yet_is_none() -> None:
    assert vendor(answering(404, {"detail": {"code": "transcript_not_found"}})).result("t-1") is None
    assert vendor(answering(200, {"words": []})).result("t-1") == {"words": []}


def test_a_transcript_is_deleted_by_its_name() -> None:
    asked: list[tuple[str, str]] = []

    def deleted(request: httpx2.Request) -> httpx2.Response:
        asked.append((request.method, request.url.path))
        return httpx2.Response(200, json={"message": "Delete completed successfully."})

    vendor(deleted).forget("t-1")
    assert asked == [("DELETE", "/v1/speech-to-text/transcripts/t-1")]


def test_a_transcript_that_is_gone_is_deleted_and_one_that_may_be_there_is_not() -> None:
    vendor(answering(404, {"detail": {"code": "transcript_not_found"}})).forget("t-1")
    with pytest.raises(NoAnswer):
        vendor(answering(503, {})).forget("t-1")
    with pytest.raises(TurnedDown):
        vendor(answering(403, {})).forget("t-1")


@pytest.mark.parametrize("status", [408, 409, 425, 429, 500, 502, 503])
def test_what_may_pass_is_worth_another_try(status: int) -> None:
    with pytest.raises(NoAnswer):
        vendor(answering(status, {})).start("c1", LINK)


@pytest.mark.parametrize(
    "error", [httpx2.ConnectError("no"), httpx2.ReadTimeout("slow"), httpx2.RemoteProtocolError("cut")]
)
def test_no_answer_is_worth_another_try(error: Exception) -> None:
    def broken(_request: httpx2.Request) -> httpx2.Response:
        raise error

    with pytest.raises(NoAnswer, match=type(error).__name__):
        vendor(broken).start("c1", LINK)


def test_half_an_answer_is_none() -> None:
    with pytest.raises(NoAnswer):
        vendor(lambda _request: httpx2.Response(200, content=b'{"words": [')).result("t-1")


@pytest.mark.parametrize(
    ("detail", "complaint"),
    [
        ({"code": "invalid_audio"}, Complaint.AUDIO),
        ({"code": "audio_too_short"}, Complaint.AUDIO),
        ({"code": "audio_too_long"}, Complaint.LENGTH),
        ({"code": "invalid_file_type"}, Complaint.TYPE),
        ({"code": "file_too_large"}, Complaint.SIZE),
        ({"status": "invalid_audio"}, Complaint.AUDIO),
        ({"code": "invalid_parameters", "param": "source_url"}, Complaint.LINK),
        ({"code": "insufficient_credits"}, Complaint.OTHER),
        ([{"msg": "a list"}], Complaint.OTHER),
        (None, Complaint.OTHER),
    ],
)
def test_what_it_complains_of_is_told(detail: object, complaint: Complaint) -> None:
    with pytest.raises(TurnedDown) as refused:
        vendor(answering(400, {"detail": detail})).start("c1", LINK)
    assert refused.value.complaint is complaint


def test_a_key_that_is_refused_is_read_again() -> None:
    key = Key()
    with pytest.raises(TurnedDown):
        vendor(answering(401, {"detail": {"code": "unauthorized"}}), key).start("c1", LINK)
    assert key.forgotten == 1
