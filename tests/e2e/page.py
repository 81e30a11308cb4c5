"""The web page, as tests use it: signs in, opens a socket, says things and listens."""

import json
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import httpx2
from websockets.sync.client import ClientConnection, connect

from tests.e2e.patience import PATIENCE

Frame = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Page:
    socket: ClientConnection

    def send(self, frame: object) -> None:
        self.socket.send(frame if isinstance(frame, str) else json.dumps(frame))

    def act(self, action: str, **payload: object) -> None:
        self.send({"action": action, "payload": payload})

    def prompt(self, text: str) -> str:
        """Sends it and waits until it was accepted; returns its msgid."""
        msgid = str(uuid.uuid4())
        self.act("sendprompt", msgid=msgid, text=text)
        accepted = self.frame()
        assert accepted["type"] == "accepted", accepted
        assert accepted["msgid"] == msgid
        return msgid

    def frame(self, *, seconds: float = PATIENCE) -> Frame:
        frame: Frame = json.loads(self.socket.recv(seconds))
        return frame

    def until_seq(self, seq: int) -> list[Frame]:
        frames = [self.frame()]
        while frames[-1].get("seq", 0) < seq:
            frames.append(self.frame())
        return frames

    def until_done(self) -> list[Frame]:
        """Every frame up to the end of a reply."""
        frames = [self.frame()]
        while frames[-1]["type"] != "done":
            frames.append(self.frame())
        return frames

    def ask(self, text: str) -> str:
        self.prompt(text)
        return str(self.until_done()[-1]["text"])


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody who has signed in."""

    http: httpx2.Client
    socket_url: str
    token: str

    def ticket(self) -> str:
        answer = self.http.post("chat/tickets", headers=self._bearer)
        return str(answer.raise_for_status().json()["ticket"])

    def person(self) -> str:
        answer = self.http.get("me", headers=self._bearer)
        return str(answer.raise_for_status().json()["person"])

    def get(self, path: str) -> httpx2.Response:
        return self.http.get(path, headers=self._bearer)

    def post(self, path: str, *, json: object = None) -> httpx2.Response:
        return self.http.post(path, json=json, headers=self._bearer)

    @contextmanager
    def page(self, *, ticket: str | None = None) -> Iterator[Page]:
        address = f"{self.socket_url}?ticket={ticket or self.ticket()}"
        with connect(address, proxy=None, open_timeout=20, close_timeout=2) as socket:
            yield Page(socket)

    @property
    def _bearer(self) -> dict[str, str]:
        return {"authorization": f"Bearer {self.token}"}


def spoken(frames: Sequence[Frame]) -> str:
    return "".join(frame["text"] for frame in frames if frame["type"] == "delta")


def numbers(frames: Sequence[Frame]) -> list[int]:
    """The seq of all that carries one."""
    return [frame["seq"] for frame in frames if "seq" in frame]
