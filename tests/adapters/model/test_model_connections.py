"""On a real socket: the rounds of one turn share a connection."""

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import ClassVar

import pytest
from openai import DefaultHttpx2Client
from switchboard.adapters.model.adapter import OpenAIModel
from switchboard.adapters.model.settings import Models, ModelSettings, Provider

from tests.adapters.model.fake_provider import ASK, Keys, lines, said, wait_for_readers, words

pytestmark = pytest.mark.enable_socket


class Talking(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    peers: ClassVar[set[object]] = set()

    def do_POST(self) -> None:
        self.peers.add(self.client_address)
        self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        for part in (*lines(words("hel", "lo")), b"data: [DONE]\n\n", b""):
            self.wfile.write(b"%x\r\n%s\r\n" % (len(part), part))

    def log_message(self, *_: object) -> None:
        """Stay quiet."""


@pytest.fixture
def url() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Talking) as server:
        server.daemon_threads = True
        Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/v1"
        server.shutdown()


def test_one_stream_after_another_uses_the_same_connection(url: str) -> None:
    provider = Provider("compatible", "a", Models("s", "l"), base_url=url)
    with DefaultHttpx2Client() as client:
        model = OpenAIModel(ModelSettings((provider,)), Keys(), http_client=client)
        assert [said(model.stream(ASK)) for _ in range(5)] == ["hello"] * 5
        wait_for_readers()
    assert len(Talking.peers) < 5
