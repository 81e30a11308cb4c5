"""The conversation as one reads it again, and the ticket that opens a socket to go on with it."""

from fastapi import APIRouter
from pydantic import BaseModel, Field

from switchboard.core.conversation.timeline import TimelineEntry
from switchboard.core.conversation.turn import TurnState
from switchboard.core.messages.message import Origin
from switchboard.core.people.tickets import LIFETIME_SECONDS
from switchboard.core.spend.ledger import dollars
from switchboard.rest.auth import Asking, Given
from switchboard.rest.pages import Cursor, Limit, Next, cursor, position
from switchboard.rest.problems import refuses
from switchboard.rest.times import Moment, Money, moment

router = APIRouter(prefix="/chat", tags=["chat"])

NOTHING = dollars(0)


class Turn(BaseModel):
    """`asked` is empty unless the person began it; while it is thinking, `answered` has the words so far."""

    id: str = Field(examples=["1763694245000-5f0c9a1b2d3e4f60"])
    msgid: str = Field(description="What `resume` takes, on the web", examples=["0b0e5c1e-6f2a-4f4e-9a52"])
    at: Moment
    channel: str = Field(description="By which channel", examples=["mail"])
    origin: Origin
    asked: str = Field(examples=["What time is it in Oslo?"])
    answered: str = Field(examples=["It is ten past four."])
    state: TurnState
    cost: Money


class Turns(BaseModel):
    items: list[Turn]
    next: Next


class Ticket(BaseModel):
    """Opens one socket at `url?ticket=…`, once, within `expires_in` seconds."""

    ticket: str = Field(examples=["Zk9uY2VPbmx5Rm9yT25lU29ja2V0V2l0aGluQU1pbnV0ZQ"])
    expires_in: int = Field(examples=[LIFETIME_SECONDS])
    url: str = Field(examples=["wss://abc123.execute-api.us-east-1.amazonaws.com/prod"])


@router.get("/turns", responses=refuses(401, 422))
def list_turns(asking: Asking, ports: Given, limit: Limit = 20, cursor_: Cursor = "") -> Turns:
    """The private conversation over all channels, newest first."""
    page = ports.timeline().page(asking.person, limit=limit, after=position(cursor_))
    return Turns(items=[_turn(exchange) for exchange in page.items], next=cursor(page.next))


@router.post("/tickets", status_code=201, responses=refuses(401))
def issue_ticket(asking: Asking, ports: Given) -> Ticket:
    """A single-use ticket for the WebSocket."""
    ticket = ports.new_ticket()
    ports.tickets.issue(ticket, asking, expires=ports.now_ms() // 1000 + LIFETIME_SECONDS)
    return Ticket(ticket=ticket, expires_in=LIFETIME_SECONDS, url=ports.socket_url)


def _turn(exchange: TimelineEntry) -> Turn:
    return Turn(
        id=exchange.id,
        msgid=exchange.message_id,
        at=moment(exchange.at_ms),
        channel=exchange.channel,
        origin=exchange.origin,
        asked=exchange.asked,
        answered=exchange.answered,
        state=exchange.state,
        cost=exchange.cost or NOTHING,
    )
