"""Calls and what was found in them, as the REST API shows them."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from switchboard.core.spend.ledger import dollars
from switchboard.rest.pages import cursor
from switchboard.rest.times import moment
from switchboard.skills.calls.api import models
from switchboard.skills.calls.domain.call import Call, Finding, Moment
from switchboard.skills.calls.domain.failure_reasons import Reason
from switchboard.skills.calls.domain.insights import Insights
from switchboard.skills.calls.store.search import Hit


def line(call: Call) -> models.CallLine:
    return models.CallLine(**_line(call))


def detail(
    call: Call,
    *,
    audio: models.Link | None,
    transcript: models.Link | None,
    talk: Mapping[str, Any] | None,
    names: Mapping[str, str],
) -> models.Call:
    """`names` are of profiles; one that is gone is called by its id."""
    return models.Call(
        **_line(call),
        history=list(map(_moment, call.history)),
        audio=audio,
        transcript=transcript,
        talk=None if talk is None else dict(talk),
        analyses=[_analysis(each, names) for each in reversed(call.findings)],
    )


def insights(found: Insights) -> models.Insights:
    return models.Insights(
        id=found.id,
        profile=found.profile,
        profile_name=found.profile_name,
        version=found.version,
        at=moment(found.at_ms),
        values=dict(found.values),
        talk=dict(found.talk),
        models=list(found.models),
        cost=dollars(found.cost),
        requests=found.requests,
        quotes_verified=found.quotes_verified,
        quotes_dropped=found.quotes_dropped,
        redacted=list(found.redacted),
        trial=found.trial,
    )


def transcript(kept: bytes, *, first: int, limit: int) -> models.Transcript:
    """Lines as they are kept, from `first` on."""
    said = json.loads(kept)
    lines = said["lines"][first : first + limit]
    more = first + limit < len(said["lines"])
    return models.Transcript(
        items=[_utterance(each) for each in lines],
        next=cursor(str(first + limit)) if more else None,
        speakers=said["speakers"],
    )


def hits(found: Sequence[Hit]) -> models.Hits:
    return models.Hits(items=[models.Hit(n=hit.line, start_ms=hit.start_ms, text=hit.text) for hit in found])


def _line(call: Call) -> dict[str, Any]:
    heard = call.heard
    return {
        "id": call.id,
        "file_name": call.file_name,
        "content_type": call.content_type,
        "size": call.size,
        "created_at": moment(call.created_ms),
        "status": call.status.value,
        "reason": _reason(call.reason),
        "metadata": dict(call.metadata),
        "profile": _profile(call),
        "duration_s": heard.duration_ms / 1000 if heard else None,
        "speakers": heard.speakers if heard else None,
        "words": heard.words if heard else None,
        "headline": call.latest.headline if call.latest else "",
        "cost": dollars(call.cost),
    }


def _profile(call: Call) -> models.ProfileChosen | None:
    """The one it was analysed by, else the one it was asked to be."""
    chosen = call.latest or call.wish
    return models.ProfileChosen(profile=chosen.profile, version=chosen.version) if chosen else None


def _reason(reason: Reason | None) -> models.Reason | None:
    return models.Reason(code=reason.value, text=reason.sentence) if reason else None


def _moment(each: Moment) -> models.History:
    return models.History(
        status=models.Status(each.status.value), at=moment(each.at_ms), reason=_reason(each.reason)
    )


def _analysis(found: Finding, names: Mapping[str, str]) -> models.Analysis:
    return models.Analysis(
        id=found.id,
        profile=found.profile,
        profile_name=names.get(found.profile, found.profile),
        version=found.version,
        at=moment(found.at_ms),
        cost=dollars(found.cost),
        headline=found.headline,
        trial=found.trial,
    )


def _utterance(kept: Mapping[str, Any]) -> models.Utterance:
    return models.Utterance(
        n=kept["line"],
        speaker=kept["speaker"],
        start_ms=kept["start_ms"],
        end_ms=kept["end_ms"],
        text=kept["text"],
    )
