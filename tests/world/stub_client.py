"""What the transcriber meets on our side: a shelf it fetches recordings from, and a webhook it posts to."""

import hashlib
import hmac
import json
import threading
import time
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self

SECRET = "whsec_of_this_test"


@dataclass(frozen=True, slots=True)
class Posted:
    signature: str
    raw: bytes

    @property
    def event(self) -> dict[str, Any]:
        read: dict[str, Any] = json.loads(self.raw)
        return read

    def is_signed_by(self, secret: str) -> bool:
        """As facts about the provider have it, and not by its simulator's own code."""
        at, digest = (part.partition("=")[2] for part in self.signature.split(","))
        expected = hmac.new(secret.encode(), at.encode() + b"." + self.raw, hashlib.sha256).hexdigest()
        return abs(int(at) - time.time()) < 60 and hmac.compare_digest(expected, digest)


class StubClient:
    """Answers webhooks with `answers` one after the other, and then with 200."""

    def __init__(self) -> None:
        self.shelf: dict[str, bytes] = {}
        self.answers: list[int] = []
        self.posted: list[Posted] = []
        self.asked: list[str] = []
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02})

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}"

    def put(self, name: str, audio: bytes) -> str:
        """Returns an address that only its signature opens."""
        self.shelf[f"/{name}?X-Amz-Signature=s3cret"] = audio
        return f"{self.url}/{name}?X-Amz-Signature=s3cret"

    def wait_for(self, count: int) -> list[Posted]:
        deadline = time.monotonic() + 5
        while len(self.posted) < count and time.monotonic() < deadline:
            time.sleep(0.01)
        return list(self.posted)

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
            def do_GET(self) -> None:
                stub.asked.append(self.path)
                audio = stub.shelf.get(self.path)
                self._answer(403 if audio is None else 200, audio or b"")

            def do_POST(self) -> None:
                raw = self.rfile.read(int(self.headers["content-length"]))
                answer = stub.answers.pop(0) if stub.answers else 200
                stub.posted.append(Posted(self.headers["ElevenLabs-Signature"], raw))
                self._answer(answer, b"")

            def _answer(self, status: int, body: bytes) -> None:
                self.send_response(status)
                self.send_header("content-length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_args: object) -> None:
                pass

        return Handler
