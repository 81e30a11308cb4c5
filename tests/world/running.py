"""A world that serves on a free loopback port, in a thread of the test."""

import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import httpx2
import uvicorn
from starlette.types import ASGIApp, Receive, Scope, Send

NUMBER = "+12065550100"


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    body: Any


@dataclass(frozen=True, slots=True)
class RunningWorld:
    url: str
    _http: httpx2.Client

    def call(self, method: str, path: str, body: object = None, **headers: str) -> Answer:
        content = body if isinstance(body, bytes) else json.dumps(body).encode() if body is not None else None
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        response = self._http.request(method, self.url + path, content=content, headers=named)
        is_json = "json" in response.headers.get("content-type", "")
        return Answer(response.status_code, response.json() if is_json else response.text)

    def wire(self, endpoint_url: str, *, account: str = "000000000000") -> Answer:
        topic = f"arn:aws:sns:us-east-1:{account}:"
        wiring = {
            "endpoint_url": endpoint_url,
            "region": "us-east-1",
            "access_key_id": "AKIDLOCAL",
            "secret_access_key": "local",
            "inbound_topic": f"{topic}inbound",
            "events_topic": f"{topic}events",
            "number": NUMBER,
        }
        return self.call("PUT", "/wiring", wiring)

    def fault(self, **fault: object) -> Answer:
        return self.call("POST", "/faults", fault)

    def thread(self, number: str) -> list[dict[str, Any]]:
        texts: list[dict[str, Any]] = self.call("GET", f"/phones/{number}/texts").body
        return texts


class NewWorlds:
    """One server whose world can be replaced; start and stop concern the first one."""

    def __init__(self, first: ASGIApp) -> None:
        self._first = first
        self.current = first

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        app = self._first if scope["type"] == "lifespan" else self.current
        await app(scope, receive, send)


@contextmanager
def running(app: ASGIApp) -> Iterator[RunningWorld]:
    config = uvicorn.Config(app, lifespan="on", ws="none", log_level="critical", timeout_graceful_shutdown=1)
    server = uvicorn.Server(config)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        try:
            eventually(lambda: server.started)
            with httpx2.Client(trust_env=False, timeout=10) as http:
                yield RunningWorld(f"http://127.0.0.1:{listener.getsockname()[1]}", http)
        finally:
            server.should_exit = True
            thread.join()


def eventually(condition: Callable[[], bool], *, seconds: float = 5) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "It did not happen in time."
        time.sleep(0.01)
