"""Frames on their way to a page, by the gateway's management API."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from switchboard.core.model.types import Usage
from switchboard.core.people.sockets import Frame, Socket

if TYPE_CHECKING:
    from mypy_boto3_apigatewaymanagementapi import ApiGatewayManagementApiClient


def make_client(url: str) -> ApiGatewayManagementApiClient:
    """A page that does not take its frame at once is not worth waiting for: it can resume."""
    config = Config(connect_timeout=2, read_timeout=3, retries={"mode": "standard", "total_max_attempts": 4})
    return boto3.client("apigatewaymanagementapi", endpoint_url=url, config=config)


@dataclass(frozen=True, slots=True)
class Sockets:
    """`forget` is told of each socket that turns out to be gone for good."""

    client: ApiGatewayManagementApiClient
    forget: Callable[[Socket], None]

    def post(self, socket: Socket, frame: Frame) -> bool:
        """False when the page is gone, for good or for the moment; it resumes when it is back."""
        data = json.dumps(frame, ensure_ascii=False, separators=(",", ":")).encode()
        try:
            self.client.post_to_connection(ConnectionId=socket.connection, Data=data)
        except self.client.exceptions.GoneException:
            self._forget(socket)
            return False
        except (ClientError, BotoCoreError):
            return False
        return True

    def close(self, socket: Socket) -> None:
        """One that cannot be closed now ends by itself within two hours, as the gateway has it."""
        try:
            self.client.delete_connection(ConnectionId=socket.connection)
        except self.client.exceptions.GoneException:
            self._forget(socket)
        except (ClientError, BotoCoreError):
            return

    def _forget(self, socket: Socket) -> None:
        """When that fails, the next push tries again, until the socket expires."""
        with suppress(ClientError, BotoCoreError):
            self.forget(socket)


@dataclass(frozen=True, slots=True)
class Bulletin:
    """Every open page of a person, which hears what we tell by ourselves, whole."""

    sockets: Sockets
    pages: Sequence[Socket]
    turn: str

    def delta(self, seq: int, text: str) -> None: ...
    def tool(self, seq: int, name: str) -> None: ...
    def restarted(self) -> None: ...

    def done(self, _seq: int, *, text: str, usage: Usage, cost: str) -> None:  # noqa: ARG002 - a listener's
        for page in self.pages:
            self.sockets.post(page, {"type": "notice", "turn": self.turn, "text": text})


@dataclass(slots=True)
class PageListener:
    """A page that listens to one prompt's reply; once it hung up, nothing more is sent to it."""

    sockets: Sockets
    page: Socket
    msgid: str
    listening: bool = field(default=True, init=False)

    def delta(self, seq: int, text: str) -> None:
        self._send({"type": "delta", "msgid": self.msgid, "seq": seq, "text": text})

    def tool(self, seq: int, name: str) -> None:
        self._send({"type": "tool", "msgid": self.msgid, "seq": seq, "name": name})

    def restarted(self) -> None:
        """The reply begins again at 1: what was shown of it is void."""
        self._send({"type": "notice", "msgid": self.msgid, "code": "restarted"})

    def done(self, seq: int, *, text: str, usage: Usage, cost: str) -> None:
        counted = {
            "model": usage.model,
            "prompt": usage.prompt,
            "cached": usage.cached,
            "completion": usage.completion,
        }
        self._send(
            {"type": "done", "msgid": self.msgid, "seq": seq, "text": text, "usage": counted, "cost": cost}
        )

    def _send(self, frame: Frame) -> None:
        if self.listening:
            self.listening = self.sockets.post(self.page, frame)
