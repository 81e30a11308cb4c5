"""The steps from an upload to a transcript."""

import json
from dataclasses import replace
from enum import StrEnum
from typing import Any, Final, NamedTuple

from switchboard.core.blobs import NoSuchBlob
from switchboard.skills.calls import transcribers
from switchboard.skills.calls.call import Call, NoSuchCall, Status
from switchboard.skills.calls.choosing import choose
from switchboard.skills.calls.costs import listening, longest_ms
from switchboard.skills.calls.files import (
    HEAD_BYTES,
    inspect,
    prefixes,
    raw_key,
    transcript_key,
    upload_key,
)
from switchboard.skills.calls.intake import Arrived
from switchboard.skills.calls.opening import OPEN
from switchboard.skills.calls.reasons import CallFailed, Reason
from switchboard.skills.calls.redaction import Kind, redacted_transcript
from switchboard.skills.calls.steps import Desk, fail, listening_of
from switchboard.skills.calls.transcript import Transcript, packed
from switchboard.skills.calls.webhook import Delivery, parse, verify

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
    """What is to be run for an upload; None when it is nobody's, bad, or worked on already."""
    try:
        call = desk.change(arrived.call, lambda kept: _queued(kept, arrived, desk.clock.now_ms()))
    except NoSuchCall:
        desk.blobs.delete(prefixes(arrived.call)[0])
        return None
    if call.object_version != arrived.version or call.status is not Status.QUEUED:
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
    call = desk.change(call_id, lambda kept: _transcribing(kept, desk.clock.now_ms()))
    if call.heard:
        return _ready(call)
    if not call.job:
        desk.reserve(call, listening(longest, desk.transcriber.name, desk.prices), under=listening_of(call))
        link = desk.blobs.download_link(upload_key(call.id, call.file_name), seconds=LINK_SECONDS)
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
    """Asks for a transcript that nobody brought. Errors: CallFailed, TranscriberUnavailable, NoSuchCall."""
    call = desk.book.find(call_id)
    if call.heard:
        return _ready(call)
    if not call.job:
        raise CallFailed(Reason.TRANSCRIPT_LATE)
    result = desk.transcriber.result(call.job)
    if result is None:
        return State.PENDING
    return _ready(_keep(desk, call, result))


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
    try:
        head = desk.blobs.first(upload_key(call.id, call.file_name), HEAD_BYTES)
    except NoSuchBlob:
        raise CallFailed(Reason.NEVER_UPLOADED) from None
    found = inspect(head, size=call.size)
    return longest_ms(call.size, found.seconds)


def _taken(desk: Desk, call: Call, delivery: Delivery) -> Reason | None:
    """Why there is no transcript, if there is none."""
    if delivery.result is None and not call.heard:
        return delivery.reason
    try:
        _ready(call if call.heard else _keep(desk, call, delivery.result))
    except CallFailed as error:
        return error.reason
    return None


def _ready(call: Call) -> State:
    """Errors: CallFailed, when nothing was said."""
    if not call.has_transcript:
        raise CallFailed(Reason.SILENT)
    return State.READY


def _transcribing(call: Call, at_ms: int) -> Call:
    return call if call.heard else call.moved(Status.TRANSCRIBING, at_ms)


def _keep(desk: Desk, call: Call, result: Any) -> Call:  # noqa: ANN401 - as the transcriber wrote it
    """Stores a transcript, redacted as the profile says; then the raw one, which is not, is left out."""
    transcript = transcribers.read(result)
    cost = listening(transcript.duration_ms, desk.transcriber.name, desk.prices)
    desk.spent(call, cost, under=listening_of(call))
    if not transcript.word_count:
        return desk.book.change(call.id, lambda kept: _heard(kept, transcript, cost))
    kinds = _kinds(desk, call)
    if not kinds:
        desk.blobs.put(raw_key(call.id), json.dumps(result).encode(), content_type=JSON)
    desk.blobs.put(transcript_key(call.id), packed(redacted_transcript(transcript, kinds)), content_type=JSON)
    at_ms = desk.clock.now_ms()
    return desk.change(call.id, lambda kept: _heard(kept.moved(Status.TRANSCRIBED, at_ms), transcript, cost))


def _kinds(desk: Desk, call: Call) -> frozenset[Kind]:
    """What is to be taken out; everything, when nobody can say."""
    try:
        return choose(call, desk.profiles(call)).redact
    except CallFailed:
        return frozenset(Kind)


def _heard(call: Call, transcript: Transcript, cost: int) -> Call:
    """What listening found, and its cost, once."""
    return call if call.heard else replace(call, heard=transcript.heard, cost=call.cost + cost)
