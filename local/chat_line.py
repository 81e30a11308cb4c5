"""The chat's line to the assistant: signing in, the ticket, the socket, the frames of one prompt."""

import json
import ssl
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx2
from pydantic import BaseModel, ValidationError
from websockets.exceptions import InvalidHandshake, InvalidURI
from websockets.sync.client import ClientConnection, connect

PATIENCE_SECONDS = 90.0
GLANCE_SECONDS = 0.1

Frame = Mapping[str, Any]


class ChatError(Exception):
    """Something that is told to the person as it is."""


class Demo(BaseModel):
    username: str
    password: str


class Endpoints(BaseModel):
    http_api: str
    websocket: str
    ca: str | None = None
    demo: Demo


def read_endpoints(path: Path) -> Endpoints:
    try:
        return Endpoints.model_validate_json(path.read_bytes())
    except FileNotFoundError as error:
        raise ChatError(f"There is no {path}: start the laptop with `make up` first.") from error
    except ValidationError as error:
        raise ChatError(f"{path} is not what `make up` writes: {error.errors()[0]['msg']}") from error


def trust(endpoints: Endpoints) -> ssl.SSLContext:
    return ssl.create_default_context(cafile=endpoints.ca)


def ticket(endpoints: Endpoints, who: Demo) -> str:
    """Sign in, and take the single-use ticket that opens a socket."""
    with httpx2.Client(verify=trust(endpoints), trust_env=False, timeout=30) as http:
        base = endpoints.http_api.rstrip("/")
        signed_in = post(http, f"{base}/login", json=who.model_dump())
        bearer = {"authorization": f"Bearer {member(signed_in, 'token')}"}
        return member(post(http, f"{base}/chat/tickets", json={}, headers=bearer), "ticket")


def post(http: httpx2.Client, url: str, **request: Any) -> Frame:  # noqa: ANN401
    try:
        response = http.post(url, **request)
        body = response.json() if response.content else {}
    except (httpx2.HTTPError, ValueError) as error:
        raise ChatError(f"{url} does not answer as it should: {error}") from error
    if not isinstance(body, dict):
        raise ChatError(f"{url} answered {response.status_code} with something else than an object.")
    if response.is_error:
        told = body.get("detail") or body.get("message") or response.reason_phrase
        raise ChatError(f"{url} answered {response.status_code}: {told}")
    return body


def member(body: Frame, name: str) -> str:
    value = body.get(name)
    if not isinstance(value, str):
        raise ChatError(f"An answer lacks its {name}.")
    return value


def open_socket(endpoints: Endpoints, who: Demo) -> ClientConnection:
    url = f"{endpoints.websocket}?ticket={quote(ticket(endpoints, who), safe='')}"
    secure = trust(endpoints) if url.startswith("wss:") else None
    try:
        return connect(url, ssl=secure, proxy=None, ping_interval=None, close_timeout=2)
    except (OSError, InvalidHandshake, InvalidURI) as error:
        raise ChatError(f"The socket does not open: {error}") from error


def send(socket: ClientConnection, action: str, **payload: str) -> None:
    socket.send(json.dumps({"action": action, "payload": payload} if payload else {"action": action}))


def frames(socket: ClientConnection, msgid: str, *, stopped: Callable[[], bool]) -> Iterator[Frame]:
    """The frames of one prompt up to `done`; asks for a stop once when the person does."""
    heard, told = time.monotonic(), False
    while time.monotonic() - heard < PATIENCE_SECONDS:
        if stopped() and not told:
            send(socket, "stop", msgid=msgid)
            told = True
        with suppress(TimeoutError):
            frame = parse(socket.recv(timeout=GLANCE_SECONDS))
            heard = time.monotonic()
            if frame.get("msgid", msgid) != msgid:
                continue
            yield frame
            if frame.get("type") == "done":
                return
    raise ChatError(f"Nothing was heard for {PATIENCE_SECONDS:.0f} seconds.")


def parse(raw: str | bytes) -> Frame:
    try:
        frame = json.loads(raw)
    except ValueError as error:
        raise ChatError("The assistant sent a frame that is not JSON.") from error
    if not isinstance(frame, dict):
        raise ChatError("The assistant sent a frame that is not an object.")
    return frame
