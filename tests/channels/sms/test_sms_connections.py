"""On a real socket: what a carrier that hangs up or stalls makes of a send."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from switchboard.channels.sms.outbound import SmsSender, SmsSettings, make_client
from switchboard.core.channels.spec import Outgoing
from switchboard.core.errors import Retryable, Unconfirmed

pytestmark = pytest.mark.enable_socket

REPLY = Outgoing("+12065550150", "Hello", {"turn": "t1"})


class Carrier(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    answers = True
    peers: list[object]

    def do_POST(self) -> None:
        self.peers.append(self.client_address)
        self.rfile.read(int(self.headers["Content-Length"]))
        self.close_connection = self.close_connection or not self.answers
        if self.answers:
            body = b'{"MessageId":"m-1"}'
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Stay quiet."""


@contextmanager
def serving(*, answers: bool) -> Iterator[tuple[str, list[object]]]:
    peers: list[object] = []
    handler = type("Handler", (Carrier,), {"answers": answers, "peers": peers})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_port}", peers
        finally:
            server.shutdown()


@pytest.fixture
def sender_to(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], SmsSender]:
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "test")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "test")

    def to(url: str) -> SmsSender:
        monkeypatch.setenv("AWS_ENDPOINT_URL_PINPOINT_SMS_VOICE_V2", url)
        return SmsSender(make_client(), SmsSettings("pool-1", "replies", "0.05"))

    return to


def test_each_text_has_its_own_connection(sender_to: Callable[[str], SmsSender]) -> None:
    with serving(answers=True) as (url, peers):
        sender = sender_to(url)
        assert {sender.send(REPLY).channel_message_id for _ in range(3)} == {"m-1"}
        assert len(set(peers)) == 3


def test_a_carrier_that_hangs_up_after_the_request_leaves_the_send_unconfirmed(
    sender_to: Callable[[str], SmsSender],
) -> None:
    with serving(answers=False) as (url, peers):
        with pytest.raises(Unconfirmed):
            sender_to(url).send(REPLY)
        assert len(peers) == 1


def test_a_carrier_that_is_not_there_may_be_tried_again(sender_to: Callable[[str], SmsSender]) -> None:
    with serving(answers=True) as (url, _):
        sender = sender_to(url)
    with pytest.raises(Retryable):
        sender.send(REPLY)
