"""Errors as RFC 9457 problem documents: a reason, never a stack trace."""

from collections.abc import Callable
from http import HTTPStatus

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Receive, Scope, Send


class ProblemDocument(BaseModel):
    """`type` is always about:blank, so that `title` is the status in words."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str


class Problem(Exception):
    """Raised by a route; its detail is shown to the caller."""

    def __init__(self, status: int, detail: str) -> None:
        super().__init__(detail)
        self.status = status
        self.detail = detail


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
            await _document(500, "Something went wrong on our side.")(scope, receive, send)


def install(app: FastAPI, *, report: Callable[[Exception], None]) -> None:
    """Every error becomes a document; `report` is told of those that nobody foresaw."""
    app.add_middleware(Unforeseen, report=report)

    @app.exception_handler(Problem)
    def on_problem(_request: Request, error: Problem) -> JSONResponse:
        return _document(error.status, error.detail)

    @app.exception_handler(HTTPException)
    def on_http(_request: Request, error: HTTPException) -> JSONResponse:
        return _document(error.status_code, str(error.detail))

    @app.exception_handler(RequestValidationError)
    def on_invalid(_request: Request, error: RequestValidationError) -> JSONResponse:
        """Says which fields are wrong and why, without repeating what was sent."""
        wrong = [f"{'.'.join(map(str, each['loc']))}: {each['msg']}" for each in error.errors()]
        return _document(422, "; ".join(wrong))


def _document(status: int, detail: str) -> JSONResponse:
    document = ProblemDocument(title=HTTPStatus(status).phrase, status=status, detail=detail)
    return JSONResponse(document.model_dump(), status_code=status, media_type="application/problem+json")
