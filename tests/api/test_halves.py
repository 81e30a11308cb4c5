"""Half a surrogate pair is legal in JSON and in no store of ours: every route refuses it, and none fails."""

import json
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any
from urllib.parse import quote

import pytest
import schemathesis
from hypothesis import Phase, find, settings
from hypothesis.strategies import SearchStrategy
from schemathesis import Case, GenerationMode
from schemathesis.core.result import Ok
from switchboard.api.openapi import described_alone
from switchboard.skills import SKILLS

from tests.api.living import Live

HALVES = ("\ud800", "ok \udc00", "\udfff\ud800")
NAMED = {
    f"{method.upper()} {path}": each
    for path, methods in described_alone(SKILLS)["paths"].items()
    for method, each in methods.items()
}
WITH_BODY = [name for name, each in NAMED.items() if "requestBody" in each]


@cache
def cases() -> Mapping[str, Case[Any]]:
    """One good request for each route: an example of its document's where it has some."""
    document = schemathesis.openapi.from_dict(described_alone(SKILLS))
    found = [result.ok() for result in document.get_all_operations() if isinstance(result, Ok)]
    return {
        each.label: first(*each.get_strategies_from_examples(), each.as_strategy(GenerationMode.POSITIVE))
        for each in found
    }


def first(requests: SearchStrategy[Case[Any]], *_others: SearchStrategy[Case[Any]]) -> Case[Any]:
    """What is generated first is the simplest: to look for a simpler one takes minutes and finds none."""
    return find(requests, lambda _case: True, settings=settings(phases=(Phase.generate,), database=None))


def bent(value: object, half: str) -> Iterator[object]:
    """Everything that a document becomes when one text or one name in it is replaced."""
    if isinstance(value, dict):
        yield {**value, half: 1}
        for name, each in value.items():
            yield from ({**value, name: other} for other in bent(each, half))
    elif isinstance(value, list):
        yield [*value, half]
        for at, each in enumerate(value):
            yield from ([*value[:at], other, *value[at + 1 :]] for other in bent(each, half))
    else:
        yield half


def written(document: object) -> Iterator[bytes]:
    """Escaped, and as the three bytes that are no UTF-8."""
    yield json.dumps(document).encode()
    yield json.dumps(document, ensure_ascii=False).encode("utf-8", "surrogatepass")


def ask(running: Live, case: Case[Any], content: bytes) -> int:
    running.site.clock.advance(60)
    token = running.caller.http.headers["authorization"]
    headers = {name.lower(): value for name, value in (case.headers or {}).items()}
    headers |= {"authorization": token, "content-type": "application/json"}
    answer = running.caller.http.request(
        case.method,
        case.formatted_path,
        params=case.query or None,
        headers=headers,
        content=content,
    )
    assert running.site.reported == []
    return answer.status_code


@pytest.mark.parametrize("route", WITH_BODY)
def test_half_a_pair_anywhere_in_a_body_is_refused_as_not_as_described(route: str, running: Live) -> None:
    case = cases()[route]
    document = json.loads(json.dumps(case.body)) if isinstance(case.body, dict) else {}
    found = {
        raw: ask(running, case, raw)
        for half in HALVES
        for other in bent(document, half)
        for raw in written(other)
    }
    assert found
    assert {raw: status for raw, status in found.items() if status != 422} == {}


@pytest.mark.parametrize("route", NAMED)
def test_half_a_pair_in_a_path_or_a_query_is_no_failure(route: str, running: Live) -> None:
    case = cases()[route]
    half = quote(HALVES[0], errors="surrogatepass")
    path = case.path
    for name in case.path_parameters or {}:
        path = path.replace(f"{{{name}}}", half)
    names = [each["name"] for each in NAMED[route].get("parameters", []) if each["in"] == "query"]
    query = "&".join(f"{name}={half}" for name in (*names, half))
    answer = running.caller.http.request(case.method, f"{path}?{query}")
    assert answer.status_code < 500
    assert running.site.reported == []


def test_every_way_a_document_is_bent_is_tried() -> None:
    assert list(bent({"a": ["b"]}, "x")) == [{"a": ["b"], "x": 1}, {"a": ["b", "x"]}, {"a": ["x"]}]
