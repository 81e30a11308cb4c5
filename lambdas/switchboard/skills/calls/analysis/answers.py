"""Asking the model for an answer that fits its json_schema, with one chance to mend it."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from switchboard.core.errors import ModelRefused
from switchboard.core.model.token_estimates import request_tokens
from switchboard.core.model.types import Completes, Completion, Request, Usage
from switchboard.core.well_formed import read_json
from switchboard.skills.calls.analysis.planning import Budget
from switchboard.skills.calls.analysis.prompting import condensing, repairing
from switchboard.skills.calls.domain.failure_reasons import CallFailed, Reason
from switchboard.skills.calls.profiles import json_schema
from switchboard.skills.calls.profiles.profile import Profile


class Answer(NamedTuple):
    """`usages` has one entry for each time the model was asked."""

    values: Mapping[str, Any]
    usages: Sequence[Usage]


class Unfit(CallFailed):
    """The answer did not fit, and neither did the next; `usages` was spent all the same."""

    def __init__(self, usages: Sequence[Usage]) -> None:
        super().__init__(Reason.ANSWER_UNFIT)
        self.usages = usages


def ask(model: Completes, request: Request) -> Answer:
    """Errors: Unfit, CallFailed when the model refuses, ModelUnavailable, ModelInterrupted."""
    first = _complete(model, request)
    values, wrong = _read(first, request)
    if not wrong:
        return Answer(values, (first.usage,))
    again = _complete(model, repairing(request, first.text, wrong))
    values, wrong = _read(again, request)
    usages = (first.usage, again.usage)
    if wrong:
        raise Unfit(usages)
    return Answer(values, usages)


def condensed(
    model: Completes, profile: Profile, findings: Sequence[Mapping[str, Any]], *, budget: Budget
) -> Answer:
    """What was found in each part made one, in several rounds when it is too much for one request."""
    ask_for = tuple(findings[0])
    usages: list[Usage] = []
    while len(findings) > 1:
        made: list[Mapping[str, Any]] = []
        for group in _groups(profile, findings, ask_for, budget):
            if len(group) == 1:
                made.append(group[0])
                continue
            answer = ask(model, condensing(profile, group, ask=ask_for, max_tokens=budget.answer))
            made.append(answer.values)
            usages += answer.usages
        findings = made
    return Answer(findings[0], usages)


def _groups(
    profile: Profile, findings: Sequence[Mapping[str, Any]], ask_for: Sequence[str], budget: Budget
) -> list[list[Mapping[str, Any]]]:
    """As many as fit a request, and two at least, so that there is an end to it."""
    groups: list[list[Mapping[str, Any]]] = [[]]
    for each in findings:
        tried = [*groups[-1], each]
        request = condensing(profile, tried, ask=ask_for, max_tokens=budget.answer)
        if len(tried) > 2 and request_tokens(request) + 2 * budget.answer > budget.request:
            groups.append([each])
        else:
            groups[-1] = tried
    return groups


def _complete(model: Completes, request: Request) -> Completion:
    try:
        return model.complete(request)
    except ModelRefused:
        raise CallFailed(Reason.MODEL_REFUSED) from None


def _read(completion: Completion, request: Request) -> tuple[dict[str, Any], list[str]]:
    """The values, and what is wrong with them."""
    if completion.reason == "length":
        return {}, ["the answer was cut off: it must be shorter"]
    try:
        values = read_json(_bare(completion.text), parse_constant=_no_number)
    except (ValueError, RecursionError):
        return {}, ["the answer is no JSON"]
    wrong = json_schema.misfits(values, request.schema or {})
    return ({}, wrong) if wrong else (values, [])


def _bare(text: str) -> str:
    """Without the fence of Markdown that some models put around JSON."""
    plain = text.strip()
    if plain.startswith("```") and plain.endswith("```"):
        return plain[3:-3].removeprefix("json").strip()
    return plain


def _no_number(name: str) -> float:
    raise ValueError(f"{name} is no number")
