"""The committed description is that of the app, and it leaves out no error and no example."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from jsonschema_rs import is_valid
from switchboard.api.openapi import described, described_alone
from switchboard.rest.problems import document as refusal
from switchboard.skills import SKILLS

WITHOUT_TOKEN = {"/login", "/login/refresh", "/logout", "/downloads/{token}"}
REFUSED = {"/login", "/login/refresh"}
EXPECTED = {
    "/login": {"post"},
    "/login/refresh": {"post"},
    "/logout": {"post"},
    "/me": {"get", "patch"},
    "/chat/turns": {"get"},
    "/chat/tickets": {"post"},
    "/links": {"get", "post"},
    "/links/waiting/{waiting}": {"delete"},
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


PROBLEM = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/ProblemDocument"}}}
ANSWER = {"application/json": {"schema": {"$ref": "#/components/schemas/Answer"}}}
ANYWHERE = {"403", "404", "413", "429", "500", "503"}


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    return described(SKILLS)


@pytest.fixture(scope="module")
def app_alone() -> dict[str, Any]:
    return described_alone(SKILLS)


def operations(document: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for path, methods in document["paths"].items():
        for operation in methods.values():
            yield path, operation


def operation_of(document: dict[str, Any], path: str, operation: dict[str, Any]) -> dict[str, Any]:
    """The same one in another document."""
    found = document["paths"][path].values()
    return next(each for each in found if each["operationId"] == operation["operationId"])


def by_gateway(path: str) -> set[str]:
    return ANYWHERE | (set() if path in WITHOUT_TOKEN else {"401"})


def test_it_has_every_route_and_no_other(document: dict[str, Any]) -> None:
    assert document["openapi"].startswith("3.1")
    assert {path: set(methods) for path, methods in document["paths"].items()} == EXPECTED


def test_every_refusal_of_ours_is_a_problem_document_and_every_one_of_the_gateways_has_a_message(
    document: dict[str, Any], app_alone: dict[str, Any]
) -> None:
    for path, operation in operations(document):
        alone = operation_of(app_alone, path, operation)["responses"]
        refusals = {code: each["content"] for code, each in operation["responses"].items() if code >= "400"}
        for code, content in refusals.items():
            ours = PROBLEM if code in alone or code == "500" else {}
            assert content == ours | (ANSWER if code in by_gateway(path) else {})
        assert refusals.keys() >= by_gateway(path)


def test_the_app_alone_answers_only_with_problem_documents(app_alone: dict[str, Any]) -> None:
    for _, operation in operations(app_alone):
        refusals = [each["content"] for code, each in operation["responses"].items() if code >= "400"]
        assert refusals
        assert all(content == PROBLEM for content in refusals)


@pytest.mark.parametrize(
    "message",
    [
        *("Unauthorized", "Forbidden", "Not Found", "Request Entity Too Large", "Too Many Requests"),
        *("Internal Server Error", "Service Unavailable"),
    ],
)
def test_what_the_gateway_answers_is_as_described(document: dict[str, Any], message: str) -> None:
    assert is_valid(document["components"]["schemas"]["Answer"], {"message": message})


def test_a_problem_document_is_no_answer_of_the_gateway(document: dict[str, Any]) -> None:
    """A program can tell them apart by what is in them, too."""
    schemas = document["components"]["schemas"]
    told = json.loads(bytes(refusal(409, "It does not stand so.").body))
    assert is_valid(schemas["ProblemDocument"], told)
    assert not is_valid(schemas["Answer"], told)
    assert not is_valid(schemas["ProblemDocument"], {"message": "Forbidden"})


def test_too_often_says_how_long_to_wait_unless_it_is_the_gateway_that_says_so(
    document: dict[str, Any], app_alone: dict[str, Any]
) -> None:
    for path, operation in operations(document):
        alone = operation_of(app_alone, path, operation)["responses"].get("429")
        headers = operation["responses"]["429"]["headers"]
        assert ("Retry-After" in headers) is (alone is not None)
        assert alone is None or alone["headers"]["Retry-After"]["required"]
        assert not any(header["required"] for header in headers.values())


def test_every_route_but_the_way_in_asks_for_a_token(document: dict[str, Any]) -> None:
    for path, operation in operations(document):
        by_token = operation["security"] == [{"token": []}]
        assert by_token is (path not in WITHOUT_TOKEN)
        assert ("401" in operation["responses"]) is (by_token or path in REFUSED)
        answers = operation["responses"].get("401", {"content": {}})["content"]
        assert (ANSWER.keys() <= answers.keys()) is by_token


def test_operators_routes_say_that_others_are_refused(document: dict[str, Any]) -> None:
    for path, operation in operations(document):
        said = PROBLEM.keys() <= operation["responses"]["403"]["content"].keys()
        assert said is path.startswith("/operator")


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
