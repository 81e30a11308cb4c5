"""The OpenAPI document: what FastAPI knows of the routes, and what it does not: errors and sign-in."""

from collections.abc import Iterator
from typing import Any

from switchboard.api.app import routed
from switchboard.api.problems import ProblemDocument
from switchboard.api.sign_in import COOKIE

ABOUT = (
    "The page calls these routes under `/api` of its own origin; the gateway has them at its root. "
    "Errors are RFC 9457 problem documents. Lists come in pages: go on with `next` as `cursor`."
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


def described() -> dict[str, Any]:
    document = routed().openapi()
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
