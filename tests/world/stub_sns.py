"""An SNS that keeps what is published to it: the other end of the carrier's line, spoken to by real boto3."""

import json
import threading
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self
from urllib.parse import parse_qs

ACCEPTED = (
    '<PublishResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><PublishResult>'
    "<MessageId>00000000-0000-4000-8000-000000000000</MessageId></PublishResult></PublishResponse>"
)


class StubSns:
    def __init__(self) -> None:
        self.account = "000000000000"
        self.published: list[tuple[str, dict[str, Any]]] = []
        self.authorizations: list[str] = []
        self.on_publish: Callable[[dict[str, Any]], None] = lambda _message: None
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02})

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}"

    def messages(self, topic: str) -> list[dict[str, Any]]:
        return [message for arn, message in self.published if arn.endswith(f":{self.account}:{topic}")]

    def forget(self) -> None:
        """Begin anew in another account, so that late events of an earlier world are nobody's."""
        self.account = f"{int(self.account) + 1:012d}"
        self.published.clear()
        self.authorizations.clear()

    def wait_for(self, topic: str, *, count: int) -> list[dict[str, Any]]:
        deadline = time.monotonic() + 5
        while len(self.messages(topic)) < count and time.monotonic() < deadline:
            time.sleep(0.01)
        return self.messages(topic)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        stub = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                form = parse_qs(self.rfile.read(int(self.headers["content-length"])).decode())
                message = json.loads(form["Message"][0])
                stub.authorizations.append(self.headers["authorization"])
                stub.published.append((form["TopicArn"][0], message))
                stub.on_publish(message)
                self.send_response(200)
                self.send_header("content-type", "text/xml")
                self.send_header("content-length", str(len(ACCEPTED)))
                self.end_headers()
                self.wfile.write(ACCEPTED.encode())

            def log_message(self, *_args: object) -> None:
                return

        return Handler
