"""On a real socket: a provider that stalls never holds anybody up."""

import json
import socket
import threading
import time
from collections.abc import Callable, Iterator

import pytest
from openai import DefaultHttpx2Client
from switchboard.adapters.model.adapter import OpenAIModel
from switchboard.adapters.model.settings import Models, ModelSettings, Provider
from switchboard.core.errors import ModelInterrupted, ModelUnavailable
from switchboard.core.model.types import Event, TextDelta

from tests.adapters.model.fake_provider import ASK, Keys, chunk, said, wait_for_readers

pytestmark = pytest.mark.enable_socket

HEADERS = b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\nconnection: close\r\n\r\n"
HELLO = f"data: {json.dumps(chunk({'content': 'hello'}))}\n\n".encode()
ROLE = f"data: {json.dumps(chunk({'role': 'assistant'}))}\n\n".encode()


class StallingProvider:
    """Takes one request, says what it is given to say, and then stalls until the other side hangs up."""

    def __init__(self) -> None:
        self.hung_up = threading.Event()
        self.asked = threading.Event()
        self.says = b""
        self.keeps_alive = False
        self._stopping = False
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._listener.getsockname()[1]}/v1"

    def stop(self) -> None:
        self._stopping = True
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._thread.join(timeout=5)

    def _serve(self) -> None:
        try:
            connection, _ = self._listener.accept()
        except OSError:
            return
        with connection:
            connection.recv(65_536)
            connection.sendall(self.says)
            self.asked.set()
            self._stall(connection)
        self.hung_up.set()

    def _stall(self, connection: socket.socket) -> None:
        connection.settimeout(0.02)
        while not self._stopping:
            try:
                if connection.recv(65_536) == b"":
                    return
            except TimeoutError:
                if self.keeps_alive:
                    connection.sendall(b": still here\n\n")
            except OSError:
                return


Ask = Callable[..., OpenAIModel]


@pytest.fixture
def model_at() -> Iterator[Ask]:
    with DefaultHttpx2Client() as client:

        def at(url: str, **seconds: float) -> OpenAIModel:
            asked = Provider("compatible", "a", Models("s", "l"), base_url=url)
            return OpenAIModel(ModelSettings((asked,), **seconds), Keys(), http_client=client)

        yield at
        wait_for_readers()


@pytest.fixture
def provider(model_at: Ask) -> Iterator[StallingProvider]:
    stalling = StallingProvider()
    yield stalling
    stalling.stop()


@pytest.mark.parametrize("says", [b"", HEADERS, HEADERS + ROLE, HEADERS + HELLO])
def test_closing_from_another_thread_ends_a_stalled_stream_at_once(
    provider: StallingProvider, model_at: Ask, says: bytes
) -> None:
    provider.says = says
    stream = model_at(provider.url).stream(ASK)
    heard: list[Event] = []
    listener = threading.Thread(target=lambda: heard.extend(stream), daemon=True)
    listener.start()
    assert provider.asked.wait(5)
    time.sleep(0.1)
    began = time.monotonic()
    stream.close()
    listener.join(timeout=5)
    assert time.monotonic() - began < 1
    assert heard == ([TextDelta("hello")] if HELLO in says else [])
    assert provider.hung_up.wait(1) or not says


def test_a_stream_closed_before_it_is_iterated_says_nothing(
    provider: StallingProvider, model_at: Ask
) -> None:
    stream = model_at(provider.url).stream(ASK)
    stream.close()
    assert list(stream) == []
    assert not provider.asked.is_set()


def test_leaving_the_iteration_hangs_up(provider: StallingProvider, model_at: Ask) -> None:
    provider.says = HEADERS + HELLO
    events = iter(model_at(provider.url).stream(ASK))
    assert next(events) == TextDelta("hello")
    events.close()  # type: ignore[attr-defined]
    assert provider.hung_up.wait(1)


@pytest.mark.parametrize("says", [b"", HEADERS, HEADERS + ROLE])
@pytest.mark.parametrize("keeps_alive", [False, True])
def test_a_provider_without_a_first_token_is_given_up_in_time(
    provider: StallingProvider, model_at: Ask, says: bytes, *, keeps_alive: bool
) -> None:
    provider.says, provider.keeps_alive = says, keeps_alive and bool(says)
    began = time.monotonic()
    with pytest.raises(ModelUnavailable, match="Timeout"):
        list(model_at(provider.url, first_token_seconds=0.3).stream(ASK))
    assert 0.2 < time.monotonic() - began < 3
    assert provider.hung_up.wait(1)


def test_a_provider_that_stalls_in_mid_sentence_is_given_up_when_the_time_is_over(
    provider: StallingProvider, model_at: Ask
) -> None:
    provider.says, provider.keeps_alive = HEADERS + HELLO, True
    heard: list[Event] = []
    with pytest.raises(ModelInterrupted):
        heard.extend(model_at(provider.url, timeout_seconds=0.4, first_token_seconds=0.3).stream(ASK))
    assert said(heard) == "hello"
    assert provider.hung_up.wait(1)


def test_a_whole_answer_that_never_comes_is_given_up_in_time(
    provider: StallingProvider, model_at: Ask
) -> None:
    began = time.monotonic()
    with pytest.raises(ModelUnavailable, match="Timeout"):
        model_at(provider.url, timeout_seconds=0.3, first_token_seconds=0.3).complete(ASK)
    assert time.monotonic() - began < 3
