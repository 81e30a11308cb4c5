"""The short link of an export: whoever has its token is sent on to the archive, until it ends."""

from typing import Annotated, Any

from fastapi import APIRouter, Path
from fastapi.responses import RedirectResponse

from switchboard.rest.auth import Given
from switchboard.rest.problems import Problem, refuses

router = APIRouter(prefix="/downloads", tags=["own data"])

Token = Annotated[str, Path(pattern=r"^[A-Za-z0-9_-]{1,64}$")]
NOT_TOLD = {"Referrer-Policy": "no-referrer"}
LOCATION: dict[int | str, dict[str, Any]] = {
    302: {
        "description": "Where the archive is, for ten minutes",
        "headers": {"Location": {"schema": {"type": "string"}}},
    }
}


@router.get(
    "/{token}",
    status_code=302,
    response_class=RedirectResponse,
    responses=LOCATION | refuses(404, 422),
)
def fetch(token: Token, ports: Given) -> RedirectResponse:
    """Needs no sign-in: the token was sent to the person, and is good for an hour."""
    url = ports.exports().fetch(token)
    if url is None:
        raise Problem(404, "This link has ended. Send /export for another.")
    return RedirectResponse(url, status_code=302, headers=NOT_TOLD)
