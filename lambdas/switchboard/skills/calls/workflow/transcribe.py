"""The steps from an upload to a transcript."""

from contextlib import suppress
from dataclasses import replace
from enum import StrEnum
from typing import Any, Final, NamedTuple

from switchboard.core.skills.blobs import NoSuchBlob
from switchboard.skills.calls.analysis.costs import listening, longest_ms
from switchboard.skills.calls.domain.call import Call, NoSuchCall, Status
from switchboard.skills.calls.domain.failure_reasons import CallFailed, Reason
from switchboard.skills.calls.domain.files import (
    END_BYTES,
    inspect,
    transcript_key,
    upload_key,
    upload_prefix,
)
from switchboard.skills.calls.domain.redaction import Kind, redacted_transcript
from switchboard.skills.calls.domain.transcript import Transcript, packed
from switchboard.skills.calls.profiles.selection import choose
from switchboard.skills.calls.transcription import results
from switchboard.skills.calls.transcription.webhook import Delivery, parse, verify
from switchboard.skills.calls.uploads.create import OPEN
from switchboard.skills.calls.uploads.events import Arrived
from switchboard.skills.calls.uploads.lengths import Ends
from switchboard.skills.calls.workflow.context import Desk, fail, listening_cost, listening_of

LINK_SECONDS: Final = 2 * 3600
JSON: Final = "application/json"


class Started(NamedTuple):
    """A machine to be started once under its name; `analysis` is the id of what it will find."""

    execution: str
    call: str
    analysis: str
    longest_ms: int


class State(StrEnum):
    """Where a transcript is."""

    READY = "ready"
    PENDING = "pending"


class Answered(NamedTuple):
    """Whoever waits with `token` may go on, or hears why not."""

    call: str
    token: str
    reason: Reason | None = None


def start(desk: Desk, arrived: Arrived) -> Started | None:
    """What is to be run for an upload; None when it is nobody's, bad, or worked on already.

    One that comes to the place of another that was taken replaces nothing, and is deleted.
    """
    try:
        call = desk.change(arrived.call, lambda kept: _queued(kept, arrived, desk.clock.now_ms()))
    except NoSuchCall:
        desk.blobs.delete(upload_prefix(arrived.call))
        return None
    if call.object_version != arrived.version:
        desk.blobs.discard(upload_key(arrived.call, arrived.file_name), arrived.version)
        return None
    if call.status is not Status.QUEUED:
        return None
    try:
        longest = _inspected(desk, call)
    except CallFailed as error:
        fail(desk, call.id, error.reason)
        return None
    analysis = arrived.execution.removeprefix(f"{call.id}-")
    return Started(arrived.execution, call.id, analysis, longest)


def transcribe(desk: Desk, call_id: str, *, token: str, longest: int) -> State:
    """Has the recording listened to, once for each upload; whoever brings the transcript answers to `token`.

    Errors: CallFailed, TranscriberUnavailable, NoSuchCall.
    """
    desk.book.wait(call_id, token)
    call = desk.change(call_id, lambda kept: _transcribing(kept, longest, desk.clock.now_ms()))
    if call.heard:
        return State.READY
    if not call.job:
        desk.reserve(call, listening(longest, desk.transcriber.name, desk.prices), under=listening_of(call))
        link = desk.blobs.version_link(
            upload_key(call.id, call.file_name), call.object_version, seconds=LINK_SECONDS
        )
        job = desk.transcriber.start(call.id, link)
        desk.book.change(call.id, lambda kept: replace(kept, job=kept.job or job))
    return State.PENDING


def deliver(desk: Desk, raw: bytes, signature: str, *, secret: str) -> Answered | None:
    """Takes a webhook; None when nobody waits for what it brings. Errors: Forged, Garbled."""
    verify(raw, signature, secret=secret, now=desk.clock.now_ms() / 1000)
    delivery = parse(raw)
    try:
        call = desk.book.find(delivery.call)
    except NoSuchCall:
        return None
    strange = call.job and delivery.jobs and call.job not in delivery.jobs
    if strange or call.status not in {Status.TRANSCRIBING, Status.TRANSCRIBED}:
        return None
    return Answered(call.id, desk.book.waiting(call.id), _taken(desk, call, delivery))


def look(desk: Desk, call_id: str) -> State:
    """Takes what was heard, or asks for it when nobody brought it; then the transcriber keeps nothing of it.

    Errors: CallFailed, TranscriberUnavailable, NoSuchCall.
    """
    call = desk.book.find(call_id)
    kept = call if call.heard else _asked(desk, call)
    if kept is None:
        return State.PENDING
    desk.spent(kept, listening_cost(desk, kept), under=listening_of(kept))
    desk.transcriber.forget(kept.job)
    if not kept.has_transcript:
        raise CallFailed(Reason.SILENT)
    return State.READY


def _queued(call: Call, arrived: Arrived, at_ms: int) -> Call:
    """A recording that comes while another is worked on, or after one was, changes nothing."""
    known = call.object_version == arrived.version
    if known or arrived.file_name != call.file_name or call.status not in OPEN:
        return call
    queued = call.moved(Status.QUEUED, at_ms)
    return replace(queued, object_version=arrived.version, size=arrived.size, upload="", job="", heard=None)


def _inspected(desk: Desk, call: Call) -> int:
    """How long it may last. Errors: CallFailed."""
    if not call.consent:
        raise CallFailed(Reason.NO_CONSENT)
    key = upload_key(call.id, call.file_name)
    try:
        head, tail = desk.blobs.ends(key, END_BYTES, version=call.object_version)
    except NoSuchBlob:
        raise CallFailed(Reason.NEVER_UPLOADED) from None
    return longest_ms(inspect(Ends(head, tail, call.size)).longest)


def _asked(desk: Desk, call: Call) -> Call | None:
    """None while there is nothing. Errors: CallFailed, TranscriberUnavailable."""
    if not call.job:
        raise CallFailed(Reason.TRANSCRIPT_LATE)
    result = desk.transcriber.result(call.job)
    if result is None:
        return None
    try:
        return _keep(desk, call, result, job=call.job)
    except CallFailed:
        desk.transcriber.forget(call.job)
        raise


def _taken(desk: Desk, call: Call, delivery: Delivery) -> Reason | None:
    """Why there is no transcript, if it is said so; one that cannot be read is asked for again."""
    if delivery.result is None and not call.heard:
        return delivery.reason
    if not call.heard:
        with suppress(CallFailed):
            _keep(desk, call, delivery.result, job=delivery.job)
    return None


def _transcribing(call: Call, longest: int, at_ms: int) -> Call:
    return call if call.heard else replace(call.moved(Status.TRANSCRIBING, at_ms), longest_ms=longest)


def _keep(desk: Desk, call: Call, result: Any, *, job: str) -> Call:  # noqa: ANN401 - as it was written
    """Stores a transcript, redacted as the profile says, and nothing of how the transcriber wrote it."""
    transcript = results.read(result)
    if not transcript.word_count:
        return desk.book.change(call.id, lambda kept: _heard(desk, kept, transcript, job))
    redacted = redacted_transcript(transcript, _kinds(desk, call))
    desk.blobs.put(transcript_key(call.id), packed(redacted), content_type=JSON)
    at_ms = desk.clock.now_ms()
    return desk.change(
        call.id, lambda kept: _heard(desk, kept.moved(Status.TRANSCRIBED, at_ms), transcript, job)
    )


def _kinds(desk: Desk, call: Call) -> frozenset[Kind]:
    """What is to be taken out; everything, when nobody can say."""
    try:
        return choose(call, desk.profiles(call)).redact
    except CallFailed:
        return frozenset(Kind)


def _heard(desk: Desk, call: Call, transcript: Transcript, job: str) -> Call:
    """What listening found, and its cost, once."""
    if call.heard:
        return call
    heard = replace(call, heard=transcript.heard, job=call.job or job)
    return replace(heard, cost=call.cost + listening_cost(desk, heard))
