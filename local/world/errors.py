"""Everything the world refuses, as one tree.

WorldError
├── Unreadable      400  the body is not what it claims to be
├── Forbidden       403  the request comes from a page that is not ours
├── NotWired        409  nothing is deployed yet to talk to
├── TooLarge        413  the body is over its bound
├── Unprocessable   422  the body is readable and still makes no sense
├── Unreachable     502  what we were wired to does not take our message
└── VendorError     in the shape of the service that is simulated
"""

from abc import ABC, abstractmethod
from collections.abc import Iterable
from http import HTTPStatus

from pydantic import ValidationError
from starlette.requests import Request
from starlette.responses import JSONResponse, Response


class WorldError(Exception):
    status = HTTPStatus.INTERNAL_SERVER_ERROR


class Unreadable(WorldError):
    status = HTTPStatus.BAD_REQUEST


class Forbidden(WorldError):
    status = HTTPStatus.FORBIDDEN


class NotWired(WorldError):
    status = HTTPStatus.CONFLICT


class TooLarge(WorldError):
    status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE


class Unprocessable(WorldError):
    status = HTTPStatus.UNPROCESSABLE_ENTITY


class Unreachable(WorldError):
    status = HTTPStatus.BAD_GATEWAY


class VendorError(WorldError, ABC):
    """An error that renders itself the way the simulated service would."""

    @abstractmethod
    def response(self) -> Response: ...


def problem(*, status: HTTPStatus, detail: str) -> JSONResponse:
    """RFC 9457."""
    body = {"type": "about:blank", "title": status.phrase, "status": int(status), "detail": detail}
    return JSONResponse(body, status_code=status, media_type="application/problem+json")


def answer_problem(_request: Request, error: Exception) -> Response:
    if isinstance(error, VendorError):
        return error.response()
    status = error.status if isinstance(error, WorldError) else HTTPStatus.INTERNAL_SERVER_ERROR
    return problem(status=status, detail=str(error) or status.phrase)


def first_reason(error: ValidationError) -> tuple[str, str]:
    """The place and the reason of the first thing wrong, as a person would say it."""
    first = error.errors(include_url=False, include_context=False, include_input=False)[0]
    return dotted(first["loc"]), first["msg"]


def dotted(place: Iterable[int | str]) -> str:
    path = ""
    for step in place:
        path += f"[{step}]" if isinstance(step, int) else f".{step}" if path else step
    return path
