"""The routes. A person sees only what is theirs: who they are comes from the verified token."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import Depends, FastAPI, Request
from pydantic import BaseModel, Field

from switchboard.api.problems import Problem, ProblemDocument, install
from switchboard.core.people import Address, People
from switchboard.core.sign_in import SignIn
from switchboard.core.tickets import LIFETIME_SECONDS, Bearer, Tickets


@dataclass(frozen=True, slots=True)
class Ports:
    """What the routes work with.

    `account` finds the verified web account of a request; `report` is told of errors that nobody foresaw.
    """

    sign_in: SignIn
    people: People
    tickets: Tickets
    account: Callable[[Request], str | None]
    now: Callable[[], int]
    new_ticket: Callable[[], str]
    report: Callable[[Exception], None]


# The user pool's own rule for a name; what breaks it would be an error there, not a refusal.
USERNAME = r"^[\p{L}\p{M}\p{S}\p{N}\p{P}]+$"


class Credentials(BaseModel):
    username: str = Field(max_length=128, pattern=USERNAME, examples=["ada"])
    password: str = Field(min_length=1, max_length=256)


class Token(BaseModel):
    """`expires_in` is in seconds."""

    token: str
    expires_in: int


class Ticket(BaseModel):
    """Opens one socket, once, within `expires_in` seconds."""

    ticket: str
    expires_in: int


class Me(BaseModel):
    person: str


def create_app(ports: Ports) -> FastAPI:
    app = FastAPI(
        title="Switchboard",
        version="1",
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        redirect_slashes=False,
    )
    install(app, report=ports.report)

    def bearer(request: Request) -> Bearer:
        account = ports.account(request)
        if account is None:
            raise Problem(401, "Sign in first.")
        address = Address("web", account)
        return Bearer(ports.people.behind(address), address)

    refused: dict[int | str, dict[str, Any]] = {
        401: {"model": ProblemDocument, "description": "Not signed in, or not with these credentials"}
    }

    @app.post("/login", responses=refused)
    def login(credentials: Credentials) -> Token:
        """A token for a username and password; the answer never tells whether a user exists."""
        session = ports.sign_in.sign_in(credentials.username, credentials.password)
        if session is None:
            raise Problem(401, "That username and password do not go together.")
        return Token(token=session.token, expires_in=session.expires_in)

    @app.get("/me", responses=refused)
    def me(who: Annotated[Bearer, Depends(bearer)]) -> Me:
        return Me(person=who.person)

    @app.post("/chat/tickets", status_code=201, responses=refused)
    def issue_ticket(who: Annotated[Bearer, Depends(bearer)]) -> Ticket:
        """A single-use ticket for the WebSocket, as its `ticket` query parameter."""
        ticket = ports.new_ticket()
        ports.tickets.issue(ticket, who, expires=ports.now() + LIFETIME_SECONDS)
        return Ticket(ticket=ticket, expires_in=LIFETIME_SECONDS)

    return app
