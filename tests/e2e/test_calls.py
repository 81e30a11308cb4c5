"""A recording becomes insights, or a clear reason why not; nothing is paid twice, and nothing stays stuck."""

import json
from collections.abc import Callable
from dataclasses import replace

import httpx2
import pytest
from switchboard.skills.calls.domain.call import Call, Status
from switchboard.skills.calls.domain.failure_reasons import Reason

from local.endpoints import Endpoints
from local.outside import WEBHOOK
from local.recordings import spoiled
from local.recordings.long_call import long_call
from tests.e2e.inside import Inside
from tests.e2e.outside import World
from tests.e2e.page import Account
from tests.e2e.patience import eventually
from tests.e2e.recordings import ENDED, Studio, studio_of

EVERY_STATUS = [
    *("PendingUpload", "Uploading", "Queued", "Transcribing", "Transcribed", "Analyzing", "Completed")
]


@pytest.fixture
def studio(endpoints: Endpoints, account: Account) -> Studio:
    return studio_of(endpoints.access, account.person())


def orders(world: World, call: Call) -> int:
    """How often the transcriber was asked to listen to a call."""
    asked = (entry["body"] for entry in world.journal("transcriber"))
    return sum(isinstance(body, dict) and call.id in str(body.get("source_url")) for body in asked)


def test_a_recording_becomes_insights_and_every_status_is_shown(
    studio: Studio, account: Account, service_call: bytes
) -> None:
    with account.page() as page:
        made = studio.uploaded(service_call)
        shown = [page.frame()]
        while shown[-1]["status"] not in ENDED:
            shown.append(page.frame())
    done = studio.ended(made)
    assert [moment.status.value for moment in done.history] == EVERY_STATUS
    assert list(dict.fromkeys(frame["status"] for frame in shown)) == EVERY_STATUS[2:]
    assert {(frame["type"], frame["id"]) for frame in shown} == {("call", made.id)}
    assert done.heard
    assert (done.heard.speakers, done.heard.words) == (2, 127)
    found = studio.insights(made)
    assert found.quotes_verified > 5
    assert found.quotes_dropped == 0
    assert any("technician on Thursday" in item["task"] for item in found.values["action_items"])
    assert done.cost > found.cost > 0
    eventually(lambda: studio.executions(made) == ["SUCCEEDED"] or None, what="the end of its machine")


def test_whoever_asked_is_told_how_it_ended(
    studio: Studio, account: Account, inside: Inside, service_call: bytes
) -> None:
    address = inside.page_of(account.person())
    with account.page() as page:
        made = replace(studio, tell=address).uploaded(service_call)
        frames = [page.frame()]
        while frames[-1]["type"] == "call":
            frames.append(page.frame())
    assert studio.ended(made).status is Status.COMPLETED
    assert frames[-1]["type"] == "notice"
    assert '"call.wav" is done' in frames[-1]["text"]


def test_the_same_event_five_times_transcribes_once(
    studio: Studio, world: World, service_call: bytes
) -> None:
    made = studio.uploaded(service_call)
    event = studio.event_of(made)
    wrapped = {"Type": "Notification", "Message": json.dumps(event)}
    studio.tell_queue(event, wrapped, event, wrapped, event, {"Event": "s3:TestEvent"})
    assert studio.ended(made).status is Status.COMPLETED
    studio.tell_queue(event)
    assert orders(world, made) == 1
    assert len(studio.executions(made)) == 1


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        (spoiled.silence, Reason.SILENT),
        (spoiled.nothing, Reason.EMPTY_FILE),
        (spoiled.not_audio, Reason.WRONG_TYPE),
        (spoiled.cut_short, Reason.BAD_AUDIO),
        (spoiled.too_short, Reason.BAD_AUDIO),
        (spoiled.too_long, Reason.TOO_LONG),
    ],
)
def test_what_is_no_call_fails_with_its_reason(
    spoil: Callable[[], bytes], reason: Reason, studio: Studio
) -> None:
    made = studio.uploaded(spoil())
    failed = studio.ended(made)
    assert (failed.status, failed.reason) == (Status.FAILED, reason)
    eventually(lambda: set(studio.executions(made)) <= {"SUCCEEDED"} or None, what="the end of its machine")


def test_a_forged_webhook_is_refused_and_the_true_result_is_asked_for(
    studio: Studio, world: World, service_call: bytes
) -> None:
    world.break_("transcriber", "forge")
    made = studio.uploaded(service_call)
    assert studio.ended(made).status is Status.COMPLETED
    refused = next(
        entry["outcome"]["webhook"]
        for entry in reversed(world.journal("transcriber"))
        if made.id in str(entry["body"])
    )
    assert refused == [401]


def test_a_webhook_of_nobody_is_refused(studio: Studio, endpoints: Endpoints) -> None:
    url = studio.found["HttpApiUrl"] + WEBHOOK
    body = json.dumps({"data": {"webhook_metadata": {"call": "x"}, "transcription": {"words": []}}})
    for signature in ("", "t=1,v0=00", "nonsense"):
        headers = {"ElevenLabs-Signature": signature}
        assert httpx2.post(url, content=body, headers=headers, trust_env=False).status_code == 401


def test_a_transcriber_that_never_brings_it_and_then_is_gone_fails_the_call(
    studio: Studio, world: World, service_call: bytes
) -> None:
    world.break_("transcriber", "drop")
    made = studio.uploaded(service_call)
    eventually(lambda: orders(world, made), what="an order to the transcriber")
    world.break_("transcriber", "status", status=503)
    assert studio.ended(made).reason is Reason.TRANSCRIBER_DOWN


def test_a_link_that_opens_nothing_fails_the_call(
    studio: Studio, inside: Inside, service_call: bytes
) -> None:
    uploads = f"arn:aws:s3:::{studio.found['RecordingsBucket']}/uploads/*"
    with inside.without_grant("calls.transcribe", "s3:GetObjectVersion", uploads):
        made = studio.uploaded(service_call)
        assert studio.ended(made).reason is Reason.LINK_EXPIRED


def test_a_transcriber_and_a_model_that_are_down_for_a_moment_are_asked_again(
    studio: Studio, world: World, service_call: bytes
) -> None:
    world.break_("transcriber", "status", status=503, count=2)
    world.break_("model", "status", status=500, count=2)
    made = studio.uploaded(service_call)
    assert studio.ended(made).status is Status.COMPLETED


def test_a_model_that_stays_down_fails_the_call_and_the_transcript_survives(
    studio: Studio, world: World, service_call: bytes
) -> None:
    world.break_("model", "status", status=500)
    made = studio.uploaded(service_call)
    failed = studio.ended(made)
    assert failed.reason is Reason.MODEL_DOWN
    eventually(lambda: studio.executions(made) == ["FAILED"] or None, what="a run that the alarm counts")
    assert failed.has_transcript
    assert studio.transcript(made).word_count == 127


def test_an_upload_of_another_type_size_or_place_is_refused_by_the_bucket(studio: Studio) -> None:
    made = studio.opened(b"x" * 100)
    form = studio.blobs.upload_form(
        f"uploads/{made.id}/call.wav", content_type="audio/wav", max_bytes=100, seconds=60
    )

    def posted(content: bytes, **changed: str) -> int:
        fields = {**form.fields, **changed}
        return httpx2.post(form.url, data=fields, files={"file": content}, trust_env=False).status_code

    assert posted(b"x" * 101) == 400
    assert posted(b"x", **{"Content-Type": "text/html"}) == 403
    assert posted(b"x", key="uploads/somebody/else.wav") == 403
    assert studio.book.find(made.id).status is Status.PENDING_UPLOAD


def test_a_page_of_another_origin_may_send_parts_and_read_their_tags(
    studio: Studio, endpoints: Endpoints
) -> None:
    made = studio.opened(b"x" * 100)
    key = f"uploads/{made.id}/call.wav"
    upload = studio.blobs.begin(key, content_type="audio/wav")
    link = studio.blobs.part_link(key, upload, 1, size=100, seconds=60)
    page = {"Origin": endpoints.site}
    asked = {"Access-Control-Request-Method": "PUT", "Access-Control-Request-Headers": "content-type"}
    with httpx2.Client(trust_env=False) as browser:
        allowed = browser.options(link, headers={**page, **asked})
        put = browser.put(link, content=b"x" * 100, headers=page)
    assert allowed.status_code == 200
    assert "PUT" in allowed.headers["access-control-allow-methods"]
    assert put.headers["access-control-allow-origin"] in {"*", endpoints.site}
    assert "ETag" in put.headers["access-control-expose-headers"]
    (part,) = studio.blobs.arrived(key, upload)
    assert part.tag.strip('"') == put.headers["etag"].strip('"')
    studio.blobs.delete(f"uploads/{made.id}/")


def test_a_call_of_three_hours_goes_through(studio: Studio, world: World) -> None:
    made = long_call()
    told = made.sidecar.model_dump(mode="json")
    world.http.put(f"/transcriber/recordings/{made.sidecar.sha256}", json=told).raise_for_status()
    call = studio.uploaded(made.audio)
    done = studio.ended(call, seconds=240)
    assert done.status is Status.COMPLETED
    assert done.heard
    assert done.heard.words >= 30_000
    assert studio.insights(call).parts > 1
