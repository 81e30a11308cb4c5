"""The proof that everything answers: the demo person signs in, opens a socket and gets a pong."""

import json

from websockets.exceptions import WebSocketException
from websockets.sync.client import connect

from local.endpoints import Endpoints
from local.errors import NotAnswering
from local.web import client

SECONDS = 20


def require_answers(endpoints: Endpoints) -> None:
    """Raises NotAnswering."""
    ticket = ticket_for(endpoints)
    try:
        with connect(f"{endpoints.websocket}?ticket={ticket}", open_timeout=SECONDS, proxy=None) as socket:
            socket.send(json.dumps({"action": "ping"}))
            answer = json.loads(socket.recv(SECONDS))
    except (WebSocketException, OSError) as error:
        raise NotAnswering(f"The socket did not open or answer: {error}") from error
    if answer != {"type": "pong"}:
        raise NotAnswering(f"The socket answered a ping with {answer}.")


def ticket_for(endpoints: Endpoints) -> str:
    person = {"username": endpoints.demo.username, "password": endpoints.demo.password}
    with client(endpoints.http_api) as http:
        login = http.post("login", json=person)
        if not login.is_success:
            raise NotAnswering(f"Signing in was answered by {login.status_code}: {login.text}")
        token = {"authorization": f"Bearer {login.json()['token']}"}
        ticket = http.post("chat/tickets", headers=token)
    if not ticket.is_success:
        raise NotAnswering(f"A ticket was refused with {ticket.status_code}: {ticket.text}")
    return str(ticket.json()["ticket"])
