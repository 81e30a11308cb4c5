"""The steps from a transcript to insights."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, NamedTuple

from switchboard.core.model.types import Usage
from switchboard.core.skills.blobs import NoSuchBlob
from switchboard.skills.calls.analysis import talk_stats
from switchboard.skills.calls.analysis.answers import Answer, Unfit, ask, condensed
from switchboard.skills.calls.analysis.costs import reading, worst
from switchboard.skills.calls.analysis.merge_parts import joined_lists, others
from switchboard.skills.calls.analysis.planning import Plan, plan, request_of
from switchboard.skills.calls.domain import insights as kept_insights
from switchboard.skills.calls.domain.call import Call, Finding, Status, Wish
from switchboard.skills.calls.domain.failure_reasons import CallFailed, Reason
from switchboard.skills.calls.domain.files import analysis_key, answer_key, transcript_key
from switchboard.skills.calls.domain.insights import Insights
from switchboard.skills.calls.domain.quotes import Checker, Index
from switchboard.skills.calls.domain.redaction import redacted_values
from switchboard.skills.calls.domain.transcript import Transcript, unpacked
from switchboard.skills.calls.profiles import json_schema
from switchboard.skills.calls.profiles.profile import Profile
from switchboard.skills.calls.profiles.selection import choose, choose_to_ask
from switchboard.skills.calls.workflow.context import Desk
from switchboard.skills.calls.workflow.transcribe import JSON


@dataclass(frozen=True, slots=True)
class Task:
    """An analysis under way, as the machine carries it from step to step; `works` is how many there are."""

    call: str
    analysis: str
    profile: str
    version: int
    works: int
    trial: bool = False


class _Material(NamedTuple):
    call: Call
    profile: Profile
    transcript: Transcript
    plan: Plan


def prepare(
    desk: Desk, call_id: str, *, analysis: str, wish: Wish | None = None, trial: bool = False
) -> Task:
    """Chooses the profile and divides the work. Errors: CallFailed, NoSuchCall."""
    call = desk.book.find(call_id)
    profile = choose_to_ask(call, desk.profiles(call), wish=wish)
    transcript = _transcript(desk, call)
    planned = plan(transcript, profile, desk.budget)
    desk.change(call_id, lambda kept: kept.moved(Status.ANALYZING, desk.clock.now_ms()))
    desk.reserve(call, _worst(desk, profile, transcript, planned), under=analysis)
    return Task(call_id, analysis, profile.id, profile.version, len(planned.works), trial)


def answer(desk: Desk, task: Task, number: int) -> None:
    """One of the works, done once. Errors: CallFailed, ModelUnavailable, ModelInterrupted, NoSuchCall."""
    key = answer_key(task.call, task.analysis, number)
    if desk.blobs.stat(key) is not None:
        _values(desk, task, number)
        return
    material = _material(desk, task)
    request = request_of(
        material.plan,
        material.plan.works[number],
        transcript=material.transcript,
        profile=material.profile,
        budget=desk.budget,
    )
    try:
        _put_answer(desk, key, ask(desk.model, request))
    except Unfit as error:
        _put_answer(desk, key, Answer({}, error.usages))
        raise


def finish(desk: Desk, task: Task) -> Call:
    """Makes one of all the answers, and keeps it. Errors: CallFailed, ModelUnavailable, NoSuchCall."""
    made = _made(desk, task) or _make(desk, task)
    finding = Finding(
        made.id, made.profile, made.version, made.at_ms, made.cost, made.headline, trial=made.trial
    )
    done = desk.change(
        task.call,
        lambda kept: kept.with_finding(finding).moved(Status.COMPLETED, desk.clock.now_ms()),
    )
    desk.spent(done, made.cost, under=task.analysis)
    desk.blobs.delete(f"{analysis_key(task.call, task.analysis).removesuffix('.json')}/")
    return done


def abandoned(desk: Desk, task: Task) -> int:
    """What an analysis that failed has cost, now paid."""
    spent = reading(_usages(desk, task), desk.prices)
    desk.spent(desk.book.find(task.call), spent, under=task.analysis)
    return spent


def _made(desk: Desk, task: Task) -> Insights | None:
    try:
        return kept_insights.unpacked(desk.blobs.get(analysis_key(task.call, task.analysis)))
    except NoSuchBlob:
        return None


def _make(desk: Desk, task: Task) -> Insights:
    material = _material(desk, task)
    values, usages = _joined(desk, task, material)
    checker = Checker(Index(material.transcript))
    checked = redacted_values(checker.checked(values), material.profile.redact)
    all_usages = [*_usages(desk, task), *usages]
    made = Insights(
        id=task.analysis,
        call=task.call,
        profile=task.profile,
        profile_name=material.profile.name,
        version=task.version,
        at_ms=desk.clock.now_ms(),
        values=checked,
        talk=talk_stats.shown(talk_stats.talk_of(material.transcript)),
        models=sorted({usage.model for usage in all_usages}),
        cost=reading(all_usages, desk.prices),
        requests=len(all_usages),
        parts=len(material.plan.parts),
        quotes_verified=checker.tally.verified,
        quotes_dropped=checker.tally.dropped,
        redacted=sorted(kind.value for kind in material.profile.redact),
        trial=task.trial,
    )
    key = analysis_key(task.call, task.analysis)
    desk.blobs.put(key, kept_insights.packed(made), content_type=JSON)
    return made


def _joined(desk: Desk, task: Task, material: _Material) -> tuple[dict[str, Any], Sequence[Usage]]:
    """The values in the schema's order, and what making them one has used up."""
    parts: list[dict[str, Any]] = [{} for _ in material.plan.parts]
    for number, work in enumerate(material.plan.works):
        parts[work.part].update(_values(desk, task, number))
    whole = json_schema.resolved(material.profile.schema)
    left = others(whole)
    one = Answer({}, ())
    if left:
        findings = [{name: part[name] for name in left} for part in parts]
        one = condensed(desk.model, material.profile, findings, budget=desk.budget)
    found = {**joined_lists(parts, whole), **one.values}
    return {name: found[name] for name in whole["properties"]}, one.usages


def _values(desk: Desk, task: Task, number: int) -> Mapping[str, Any]:
    """Errors: CallFailed, when the answer that is kept did not fit or there is none."""
    try:
        kept = json.loads(desk.blobs.get(answer_key(task.call, task.analysis, number)))
    except NoSuchBlob:
        raise CallFailed(Reason.INTERNAL) from None
    if not kept["values"]:
        raise CallFailed(Reason.ANSWER_UNFIT)
    values: Mapping[str, Any] = kept["values"]
    return values


def _usages(desk: Desk, task: Task) -> list[Usage]:
    """Of every answer that is kept."""
    used: list[Usage] = []
    for number in range(task.works):
        key = answer_key(task.call, task.analysis, number)
        if desk.blobs.stat(key) is not None:
            used += [Usage(**each) for each in json.loads(desk.blobs.get(key))["usages"]]
    return used


def _put_answer(desk: Desk, key: str, given: Answer) -> None:
    kept = {"values": given.values, "usages": [asdict(usage) for usage in given.usages]}
    desk.blobs.put(key, json.dumps(kept, ensure_ascii=False).encode(), content_type=JSON)


def _material(desk: Desk, task: Task) -> _Material:
    """The same every time: a version of a profile never changes, and neither does a transcript."""
    call = desk.book.find(task.call)
    profile = choose(call, desk.profiles(call), wish=Wish(task.profile, task.version))
    transcript = _transcript(desk, call)
    return _Material(call, profile, transcript, plan(transcript, profile, desk.budget))


def _transcript(desk: Desk, call: Call) -> Transcript:
    if not call.has_transcript:
        raise CallFailed(Reason.NO_TRANSCRIPT)
    try:
        return unpacked(desk.blobs.get(transcript_key(call.id)))
    except NoSuchBlob:
        raise CallFailed(Reason.NO_TRANSCRIPT) from None


def _worst(desk: Desk, profile: Profile, transcript: Transcript, planned: Plan) -> int:
    """Every work repaired, and the parts made one as often as that can take."""
    works = [
        request_of(planned, work, transcript=transcript, profile=profile, budget=desk.budget)
        for work in planned.works
    ]
    longest = max(works, key=lambda request: len(request.messages[-1].text))
    asked = [*works, *([longest] * (len(planned.parts) - 1))]
    return worst(asked, models=desk.models, prices=desk.prices)
