"""Signing in and out. The refresh token lives in a cookie that no script can read."""

from typing import Annotated, Any

from fastapi import APIRouter, Cookie, Request, Response
from pydantic import BaseModel, Field

from switchboard.core.people.login import SESSION_SECONDS, LoginAttempt, Session
from switchboard.rest.auth import Given
from switchboard.rest.problems import Problem, refuses

router = APIRouter(tags=["sign-in"])

COOKIE = "__Host-session"
"""A browser takes a cookie of that prefix from this very host only: Secure, for every path, for no domain."""
# The user pool's own rule for a name; what breaks it would be an error there, not a refusal.
USERNAME = r"^[\p{L}\p{M}\p{S}\p{N}\p{P}]+$"
SET_COOKIE = {
    "Set-Cookie": {
        "description": "The session's cookie: HttpOnly, Secure, SameSite=Strict",
        "schema": {"type": "string"},
        "example": "__Host-session=eyJjdHkiOi…; HttpOnly; Max-Age=2592000; Path=/; SameSite=Strict; Secure",
    }
}
SIGNED_IN: dict[int | str, dict[str, Any]] = {200: {"headers": SET_COOKIE}}
SIGNED_OUT: dict[int | str, dict[str, Any]] = {204: {"headers": SET_COOKIE}}

SessionCookie = Annotated[str, Cookie(alias=COOKIE, max_length=4096, include_in_schema=False)]


class Credentials(BaseModel):
    username: str = Field(max_length=128, pattern=USERNAME, examples=["ada"])
    password: str = Field(min_length=1, max_length=256, examples=["Correct-horse-7"])


class Token(BaseModel):
    """`expires_in` is in seconds."""

    token: str = Field(examples=["eyJraWQiOi…"])
    expires_in: int = Field(examples=[3600])


@router.post("/login", responses=SIGNED_IN | refuses(400, 401, 413, 422, 429))
def login(credentials: Credentials, request: Request, response: Response, ports: Given) -> Token:
    """A token for a username and password; the answer never tells whether a user exists."""
    attempt = LoginAttempt(credentials.username, ports.caller(request))
    ports.door.admit(attempt, now_ms=ports.now_ms())
    session = ports.sign_in.sign_in(credentials.username, credentials.password)
    if session is None:
        raise Problem(401, "That username and password do not go together.")
    _remember(response, session)
    return _token(session)


@router.post("/login/refresh", responses=SIGNED_IN | refuses(401, 422, 429))
def refresh(response: Response, ports: Given, cookie: SessionCookie = "") -> Token:
    """Another token, while the session of the cookie lasts, which goes on in another cookie."""
    session = ports.sign_in.renew(cookie) if cookie else None
    if session is None:
        raise Problem(401, "Sign in again.", headers={"set-cookie": _forgetting()})
    _remember(response, session)
    return _token(session)


@router.post("/logout", status_code=204, responses=SIGNED_OUT | refuses(422, 429))
def logout(response: Response, ports: Given, cookie: SessionCookie = "") -> None:
    """The session ends, here and in the user pool; the person's sockets are closed."""
    subject = ports.sign_in.revoke(cookie) if cookie else None
    if subject:
        ports.signed_out()(subject)
    response.headers["set-cookie"] = _forgetting()


def _token(session: Session) -> Token:
    return Token(token=session.token, expires_in=session.expires_in)


def _remember(response: Response, session: Session) -> None:
    if session.refresh:
        response.set_cookie(
            COOKIE, session.refresh, max_age=SESSION_SECONDS, httponly=True, secure=True, samesite="strict"
        )


def _forgetting() -> str:
    response = Response()
    response.delete_cookie(COOKIE, httponly=True, secure=True, samesite="strict")
    return response.headers["set-cookie"]
