"""One provider's stream, read on a thread of its own so that waiting for it always has an end."""

import queue
import socket
import threading
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from typing import Final

import httpx2
from openai import Stream
from openai.types.chat import ChatCompletionChunk

Chunks = Stream[ChatCompletionChunk]

READER: Final = "model-stream"
_END: Final = None


class Line:
    """Opens at once. `close` may be called from any thread and never waits."""

    def __init__(self, start: Callable[[], Chunks]) -> None:
        self._start = start
        self._inbox: queue.SimpleQueue[ChatCompletionChunk | Exception | None] = queue.SimpleQueue()
        self._lock = threading.Lock()
        self._chunks: Chunks | None = None
        self._closed = False
        self._ended = False
        threading.Thread(target=self._read, name=READER, daemon=True).start()

    def next(self, seconds: float) -> ChatCompletionChunk | None:
        """The next chunk, or None at the end. Errors: TimeoutError, and what the provider's client raises."""
        try:
            item = self._inbox.get(timeout=max(0.0, seconds))
        except queue.Empty:
            raise TimeoutError("the provider took too long") from None
        if isinstance(item, Exception):
            raise item
        return item

    def close(self) -> None:
        self._inbox.put(_END)
        with self._lock:
            self._closed = True
            if self._chunks is not None and not self._ended:
                _hang_up(self._chunks.response)

    def _read(self) -> None:
        try:
            with self._start() as chunks:
                self._opened(chunks)
                self._pass_on(chunks)
        except Exception as error:  # noqa: BLE001 - raised where somebody waits
            self._inbox.put(error)

    def _pass_on(self, chunks: Chunks) -> None:
        for chunk in chunks:
            self._inbox.put(chunk)
            if _is_last(chunk):
                break
        with self._lock:
            self._ended = True
        self._inbox.put(_END)
        _drain(chunks.response)

    def _opened(self, chunks: Chunks) -> None:
        with self._lock:
            self._chunks = chunks
            if self._closed:
                _hang_up(chunks.response)


def _is_last(chunk: ChatCompletionChunk) -> bool:
    """Usage without a choice comes at the very end, where it was asked for."""
    return isinstance(chunk, ChatCompletionChunk) and chunk.usage is not None and not chunk.choices


def _drain(response: httpx2.Response) -> None:
    """Read what is left, so that the next round finds the connection open; the package would close it."""
    if response.is_closed:
        return
    with suppress(httpx2.HTTPError, httpx2.StreamError):
        deque(response.stream, maxlen=0)  # type: ignore[arg-type]


def _hang_up(response: httpx2.Response) -> None:
    """Wake the thread that reads this response; it then closes the response itself.

    Closing the socket would leave that thread waiting. The base class's shutdown, since that of an SSL
    socket takes the encryption away from under the reader.
    """
    stream = response.extensions.get("network_stream")
    if stream is None or response.is_closed:
        return
    with suppress(OSError):
        socket.socket.shutdown(stream.get_extra_info("socket"), socket.SHUT_RDWR)
