"""The carrier, the model and the transcriber on a loopback port: each answers in canned words, or refuses."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from tests.adapters.model.fake_provider import USAGE, chunk, lines, words


@dataclass
class Vendors:
    """`says` is what the model streams, `writes` what it answers where nobody waits for words."""

    says: str
    writes: str
    url: str = ""
    refusing: bool = False
    heard: list[str] = field(default_factory=list)
    """What was asked, headers and all."""

    def answer(self, path: str, asked: str) -> tuple[int, bytes]:
        self.heard.append(asked)
        if self.refusing:
            return 400, json.dumps({"error": {"message": f"not to {asked}"}}).encode()
        if "chat/completions" in path:
            return 200, b"".join(lines(words(self.says))) if '"stream":true' in asked else self._written()
        if path.startswith("/v1/speech-to-text"):
            return (404, b"{}") if "transcripts" in path else (200, b'{"transcription_id": "job-1"}')
        return 200, b'{"MessageId": "m-1"}'

    def _written(self) -> bytes:
        message = {"role": "assistant", "content": self.writes}
        choice = {"index": 0, "finish_reason": "stop", "message": message}
        whole = {**chunk({}), "object": "chat.completion", "choices": [choice], "usage": USAGE}
        return json.dumps(whole).encode()


@contextmanager
def open_for_business(vendors: Vendors) -> Iterator[Vendors]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _desk(vendors))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    vendors.url = f"http://127.0.0.1:{server.server_port}"
    try:
        yield vendors
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _desk(vendors: Vendors) -> type[BaseHTTPRequestHandler]:
    class Desk(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("content-length", 0))).decode()
            status, answer = vendors.answer(self.path, f"{self.headers} {body}")
            self.send_response(status)
            self.send_header(
                "content-type", "text/event-stream" if b"data: " in answer else "application/json"
            )
            self.send_header("content-length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def do_GET(self) -> None:
            self.do_POST()

        def do_DELETE(self) -> None:
            self.do_POST()

        def log_message(self, *_args: object) -> None:
            pass

    return Desk
