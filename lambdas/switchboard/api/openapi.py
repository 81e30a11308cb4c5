"""The OpenAPI document: what FastAPI knows of the routes, and what it does not: errors and sign-in."""

from collections.abc import Iterator, Mapping
from typing import Any

from switchboard.api.app import routed
from switchboard.api.login import COOKIE
from switchboard.core.skills.spec import SkillSpec
from switchboard.rest.gateway import Answer, may_answer
from switchboard.rest.problems import ProblemDocument, refuses

ABOUT = (
    "The page calls these routes under `/api` of its own origin; the gateway has them at its root. "
    "Errors of the API are RFC 9457 problem documents (`application/problem+json`). What the gateway answers "
    "by itself, before or instead of the API, is `application/json` with a `message`: a program reads the "
    "status first, and then the type of the body. Lists come in pages: go on with `next` as `cursor`."
)
SCHEMES = {
    "token": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"},
    "session": {"type": "apiKey", "in": "cookie", "name": COOKIE},
}
WITHOUT_TOKEN: dict[str, list[dict[str, list[str]]]] = {
    "/login": [],
    "/login/refresh": [{"session": []}],
    "/logout": [{"session": []}, {}],
    "/downloads/{token}": [],
}

ASKED_FOR = {"If-Match"}
"""Without it a request is well formed, and refused by an answer of its own."""

Operation = dict[str, Any]


def described(skills: Mapping[str, SkillSpec]) -> dict[str, Any]:
    """The routes as they answer behind the gateway, which also answers by itself."""
    document = described_alone(skills)
    document["components"]["schemas"][Answer.__name__] = Answer.model_json_schema()
    for path, operation in _operations(document):
        responses = operation["responses"] | {"500": refuses(500)[500]}
        operation["responses"] = may_answer(responses, by_token=path not in WITHOUT_TOKEN)
    return document


def described_alone(skills: Mapping[str, SkillSpec]) -> dict[str, Any]:
    """The routes as the app answers them, when nothing goes wrong on our side."""
    document = routed(skills).openapi()
    document["info"]["description"] = ABOUT
    components = document["components"]
    components["securitySchemes"] = SCHEMES
    components["schemas"][ProblemDocument.__name__] = ProblemDocument.model_json_schema()
    for path, operation in _operations(document):
        for parameter in operation.get("parameters", ()):
            parameter["required"] |= parameter["name"] in ASKED_FOR
        operation["security"] = WITHOUT_TOKEN.get(path, [{"token": []}])
    return document


def _operations(document: dict[str, Any]) -> Iterator[tuple[str, Operation]]:
    for path, methods in document["paths"].items():
        for operation in methods.values():
            yield path, operation
