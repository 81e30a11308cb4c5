"""Errors as RFC 9457 problem documents: a reason, never a stack trace."""

from collections.abc import Awaitable, Callable, Mapping
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Receive, Scope, Send

from switchboard.core.errors import SwitchboardError, UserFacing
from switchboard.core.idempotency import KeyReused, StillRunning
from switchboard.core.pages import BadPosition
from switchboard.core.people.address import AccountErased
from switchboard.core.people.login import TooManyAttempts
from switchboard.core.people.profiles import VersionConflict
from switchboard.core.skills.records import RecordConflict

PROBLEM = "application/problem+json"
RETRY = "1"
DESCRIPTIONS = {
    400: "The body is no text at all",
    401: "Not signed in, or not with these credentials",
    403: "Only operators may",
    404: "There is nothing of yours of that name",
    409: "It does not stand so now",
    412: "It has changed since it was read",
    413: "The body is too large",
    422: "Something of the request is not as described; `detail` says what",
    428: "An If-Match header is asked for",
    429: "Too often; `Retry-After` says how many seconds to wait",
    500: "Something went wrong on our side",
}
HEADERS = {
    429: {
        "Retry-After": {
            "description": "Seconds to wait",
            "required": True,
            "schema": {"type": "integer"},
            "example": 12,
        }
    }
}
FORESEEN: Mapping[type[SwitchboardError], int] = {
    AccountErased: 401,
    BadPosition: 422,
    KeyReused: 422,
    StillRunning: 409,
    VersionConflict: 412,
    RecordConflict: 409,
    UserFacing: 409,
}


class ProblemDocument(BaseModel):
    """`type` is always about:blank, so that `title` is the status in words."""

    type: str = Field(default="about:blank", examples=["about:blank"])
    title: str = Field(examples=["Not Found"])
    status: int = Field(examples=[404])
    detail: str = Field(examples=["There is no such export."])


class Problem(Exception):
    """Raised by a route; its detail is shown to the caller."""

    def __init__(self, status: int, detail: str, *, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(detail)
        self.status = status
        self.detail = detail
        self.headers = headers


class Unforeseen:
    """Answers for an error that no handler knows, and keeps it from a server that would log it."""

    def __init__(self, app: ASGIApp, report: Callable[[Exception], None]) -> None:
        self._app = app
        self._report = report

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await self._app(scope, receive, send)
        except Exception as error:  # noqa: BLE001 - its text may quote a person: only `report` may see it
            self._report(error)
            await document(500, "Something went wrong on our side.")(scope, receive, send)


def refuses(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """What a route declares of the errors that it answers with."""
    schema = {"$ref": f"#/components/schemas/{ProblemDocument.__name__}"}
    content = {PROBLEM: {"schema": schema}}
    return {
        status: {"description": DESCRIPTIONS[status], "content": content, "headers": HEADERS.get(status, {})}
        for status in statuses
    }


def install(app: FastAPI, *, report: Callable[[Exception], None]) -> None:
    """Every error becomes a document; `report` is told of those that nobody foresaw."""
    app.add_middleware(Unforeseen, report=report)
    for kind, status in FORESEEN.items():
        app.exception_handler(kind)(_told(status))

    @app.exception_handler(Problem)
    async def on_problem(_request: Request, error: Problem) -> JSONResponse:
        return document(error.status, error.detail, error.headers)

    @app.exception_handler(HTTPException)
    async def on_http(_request: Request, error: HTTPException) -> JSONResponse:
        return document(error.status_code, str(error.detail), error.headers)

    @app.exception_handler(TooManyAttempts)
    async def on_too_many(_request: Request, error: TooManyAttempts) -> JSONResponse:
        return document(429, str(error), {"retry-after": str(error.wait_seconds)})

    @app.exception_handler(RequestValidationError)
    async def on_invalid(_request: Request, error: RequestValidationError) -> JSONResponse:
        """Says which fields are wrong and why, without repeating what was sent."""
        wrong = [f"{'.'.join(map(str, each['loc']))}: {each['msg']}" for each in error.errors()]
        return document(422, "; ".join(wrong))


def _told(status: int) -> Callable[[Request, Exception], Awaitable[JSONResponse]]:
    async def tell(_request: Request, error: Exception) -> JSONResponse:
        return document(
            status, str(error), {"retry-after": RETRY} if isinstance(error, StillRunning) else None
        )

    return tell


def document(status: int, detail: str, headers: Mapping[str, str] | None = None) -> JSONResponse:
    told = ProblemDocument(title=HTTPStatus(status).phrase, status=status, detail=detail)
    return JSONResponse(told.model_dump(), status_code=status, media_type=PROBLEM, headers=headers)
