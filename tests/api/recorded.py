"""Somebody with a call that was recorded, transcribed and analysed, and with a profile of their own."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from switchboard.skills.calls.analysis.talk_stats import shown, talk_of
from switchboard.skills.calls.domain import insights as kept
from switchboard.skills.calls.domain import transcript as transcripts
from switchboard.skills.calls.domain.call import Call, Finding, Status, Wish
from switchboard.skills.calls.domain.files import analysis_key, transcript_key, upload_key
from switchboard.skills.calls.domain.insights import Insights

from tests.fakes.clock import EPOCH_MS
from tests.skills.calls.examples import WAV, call, transcript

if TYPE_CHECKING:
    from switchboard.core.people.address import PersonId
    from switchboard.core.skills.blobs import Blobs
    from switchboard.skills.calls.store.repository import CallBook

    from tests.api.site import Caller, Site

SAID = transcript(
    "anna: Good morning, what can I do for you?",
    "ben: I would like ten percent off.",
    "anna: You get an offer by Friday.",
)
ANALYSIS = "analysis-1"
PROFILE: dict[str, Any] = {
    "id": "renewals",
    "name": "Renewals",
    "system": "You read calls.",
    "prompts": [{"name": "summary", "text": "Sum it up."}],
    "schema": {
        "type": "object",
        "properties": {"summary": {"type": "string"}},
        "required": ["summary"],
        "additionalProperties": False,
    },
}


def recorded(
    site: Site,
    caller: Caller,
    number: int = 1,
    *,
    at_ms: int = EPOCH_MS,
    secret: str = "",
    name: str = "",
) -> Call:
    """What is said of it, in it and about it names the `secret`; `name` is an id of its own."""
    made = done(caller.person, number, at_ms=at_ms, secret=secret, name=name)
    keep(replace(made, tell=(caller.address.channel, caller.address.value)), site.book, site.blobs, secret)
    return made


def done(person: PersonId, number: int, *, at_ms: int = EPOCH_MS, secret: str = "", name: str = "") -> Call:
    plain = call(number, at_ms=at_ms, metadata={"title": f"Renewal {secret}".strip()}, wish=Wish("standard"))
    finding = Finding(ANALYSIS, "standard", 1, at_ms + 9, 20, f"They renew {secret}".strip())
    made = replace(
        plain,
        id=name or plain.id,
        person=person,
        object_version="v1",
        heard=SAID.heard,
        findings=(finding,),
        cost=123_456,
    )
    for status in (Status.QUEUED, Status.TRANSCRIBING, Status.TRANSCRIBED, Status.ANALYZING):
        made = made.moved(status, at_ms + 5)
    return made.moved(Status.COMPLETED, at_ms + 10)


def keep(made: Call, book: CallBook, blobs: Blobs, secret: str = "") -> None:
    """With all its files."""
    recording = upload_key(made.id, made.file_name)
    blobs.put(recording, WAV, content_type="audio/wav")
    there = blobs.stat(recording)
    book.add(replace(made, object_version=there.version if there else ""))
    blobs.put(transcript_key(made.id), transcripts.packed(SAID), content_type="application/json")
    found = kept.packed(_insights(made, secret))
    blobs.put(analysis_key(made.id, ANALYSIS), found, content_type="application/json")


def _insights(made: Call, secret: str) -> Insights:
    return Insights(
        id=ANALYSIS,
        call=made.id,
        profile="standard",
        profile_name="Standard",
        version=1,
        at_ms=made.created_ms + 9,
        values={"summary": f"They renew {secret}".strip()},
        talk=shown(talk_of(SAID)),
        models=["reader"],
        cost=20,
        requests=1,
        parts=1,
        quotes_verified=2,
        quotes_dropped=1,
    )
