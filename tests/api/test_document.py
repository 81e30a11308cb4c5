"""The committed description is that of the app, and it leaves out no error and no example."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from switchboard.api.document import described

from local.openapi import DOCUMENT, rendered

WITHOUT_TOKEN = {"/login", "/login/refresh", "/logout", "/downloads/{token}"}
REFUSED = {"/login", "/login/refresh"}
EXPECTED = {
    "/login": {"post"},
    "/login/refresh": {"post"},
    "/logout": {"post"},
    "/me": {"get", "patch"},
    "/chat/turns": {"get"},
    "/chat/tickets": {"post"},
    "/links": {"post"},
    "/links/{link}": {"delete"},
    "/usage": {"get"},
    "/exports": {"post"},
    "/exports/{job}": {"get"},
    "/downloads/{token}": {"get"},
    "/erasures": {"post"},
    "/erasures/{job}": {"get"},
    "/tasks": {"get", "post"},
    "/tasks/answers": {"post"},
    "/tasks/undo": {"post"},
    "/tasks/{task}": {"get", "patch"},
    "/tasks/{task}/reps": {"post"},
    "/tasks/{task}/skips": {"post"},
    "/calls": {"get", "post"},
    "/calls/{call}": {"get", "delete"},
    "/calls/{call}/upload-url": {"post"},
    "/calls/{call}/parts": {"post"},
    "/calls/{call}/parts/finish": {"post"},
    "/calls/{call}/transcript": {"get"},
    "/calls/{call}/search": {"get"},
    "/calls/{call}/analyses/{analysis}": {"get"},
    "/calls/{call}/reanalyze": {"post"},
    "/profiles": {"get", "post"},
    "/profiles/validate": {"post"},
    "/profiles/{profile}": {"get"},
    "/profiles/{profile}/versions/{version}": {"get"},
    "/profiles/{profile}/publish": {"post"},
    "/profiles/{profile}/rollback": {"post"},
    "/profiles/{profile}/try": {"post"},
    "/operator/people": {"get"},
    "/operator/days": {"get"},
    "/operator/stuck": {"get"},
    "/operator/repairs": {"post"},
}


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    return described()


def operations(document: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for path, methods in document["paths"].items():
        for operation in methods.values():
            yield path, operation


def test_the_committed_document_is_current() -> None:
    assert DOCUMENT.read_text(encoding="utf-8") == rendered(), "run `make docs`"


def test_it_has_every_route_and_no_other(document: dict[str, Any]) -> None:
    assert document["openapi"].startswith("3.1")
    assert {path: set(methods) for path, methods in document["paths"].items()} == EXPECTED


def test_every_refusal_is_a_problem_document(document: dict[str, Any]) -> None:
    problem = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/ProblemDocument"}}}
    for _, operation in operations(document):
        refusals = {code: each["content"] for code, each in operation["responses"].items() if code >= "400"}
        assert refusals
        assert all(content == problem for content in refusals.values())


def test_too_often_says_how_long_to_wait(document: dict[str, Any]) -> None:
    told = [each["responses"]["429"] for _, each in operations(document) if "429" in each["responses"]]
    assert told
    assert all("Retry-After" in each["headers"] for each in told)


def test_every_route_but_the_way_in_asks_for_a_token(document: dict[str, Any]) -> None:
    for path, operation in operations(document):
        by_token = operation["security"] == [{"token": []}]
        assert by_token is (path not in WITHOUT_TOKEN)
        assert ("401" in operation["responses"]) is (by_token or path in REFUSED)


def test_operators_routes_say_that_others_are_refused(document: dict[str, Any]) -> None:
    for path, operation in operations(document):
        assert ("403" in operation["responses"]) is path.startswith("/operator")


def test_every_text_and_number_of_every_answer_has_an_example(document: dict[str, Any]) -> None:
    missing = [
        f"{name}.{field}"
        for name, schema in document["components"]["schemas"].items()
        for field, each in schema.get("properties", {}).items()
        if each.get("type") in {"string", "integer"} and not {"examples", "const"} & each.keys()
    ]
    assert missing == []


def test_every_reference_leads_somewhere(document: dict[str, Any]) -> None:
    names = set(document["components"]["schemas"])
    text = json.dumps(document)
    used = {each.split('"')[0] for each in text.split('"#/components/schemas/')[1:]}
    assert used <= names
