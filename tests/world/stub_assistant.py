"""An assistant with the public contracts only: sign-in, tickets, and frames that a test writes."""

import json
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self

from websockets.sync.server import Server, ServerConnection, serve

Frame = dict[str, Any]
Behaviour = Callable[[Frame, Callable[[Frame], None]], None]


class StubAssistant:
    """`behave` gets each frame of the client and a way to send frames back."""

    def __init__(self, behave: Behaviour) -> None:
        self.heard: list[Frame] = []
        self.tickets: list[str] = []
        self._behave = behave
        self._http = ThreadingHTTPServer(("127.0.0.1", 0), self._http_handler())
        self._socket: Server = serve(self._converse, "127.0.0.1", 0)
        self._threads = [
            threading.Thread(target=self._http.serve_forever, kwargs={"poll_interval": 0.02}),
            threading.Thread(target=self._socket.serve_forever),
        ]

    @property
    def endpoints(self) -> Frame:
        return {
            "http_api": f"http://127.0.0.1:{self._http.server_port}",
            "websocket": f"ws://127.0.0.1:{self._socket.socket.getsockname()[1]}/prod",
            "ca": None,
            "demo": {"username": "demo", "password": "right"},
        }

    def __enter__(self) -> Self:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._http.shutdown()
        self._socket.shutdown()
        for thread in self._threads:
            thread.join()
        self._http.server_close()

    def _converse(self, connection: ServerConnection) -> None:
        assert connection.request is not None
        self.tickets.append(connection.request.path.partition("?ticket=")[2])
        for raw in connection:
            frame = json.loads(raw)
            self.heard.append(frame)
            self._behave(frame, lambda answer: connection.send(json.dumps(answer)))

    def _http_handler(self) -> type[BaseHTTPRequestHandler]:
        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["content-length"])))
                status, answer = respond(self.path, body, bearer=self.headers.get("authorization"))
                self.send_response(status)
                self.send_header("content-type", "application/json")
                self.end_headers()
                self.wfile.write(json.dumps(answer).encode())

            def log_message(self, *_args: object) -> None:
                return

        return Handler


def respond(path: str, body: Frame, *, bearer: str | None) -> tuple[int, Frame]:
    if path == "/login" and body == {"username": "demo", "password": "right"}:
        return 200, {"token": "a-token", "expires_in": 60}
    if path == "/chat/tickets" and bearer == "Bearer a-token":
        return 200, {"ticket": "once/only"}
    return 401, {"detail": "Unknown user or wrong password."}
