"""What takes its time as a steady beat: a model's events as they come, and a tick while nothing comes."""

import queue
import threading
from collections.abc import Callable, Generator
from concurrent.futures import ThreadPoolExecutor, wait
from typing import TypeVar

from switchboard.core.model.types import Event, Stream

TICK_SECONDS = 0.015

_END = object()

Result = TypeVar("Result")


def with_heartbeat(work: Callable[[], Result], *, beat: Callable[[], object]) -> Result:
    """What `work` returns or raises, with a beat at every tick while it is done and one at its end.

    It is done on a thread of its own. What a beat raises is raised once the work has ended, since nothing
    can stop it half-way and it must not go on beside whatever comes next.
    """
    with ThreadPoolExecutor(max_workers=1) as aside:
        doing = aside.submit(work)
        while not wait((doing,), timeout=TICK_SECONDS).done:
            beat()
    result = doing.result()
    beat()
    return result


def paced(start: Callable[[], Stream], *, tick_seconds: float) -> Generator[Event | None, None, None]:
    """Yields events, and None whenever `tick_seconds` pass in silence.

    The stream is opened and read on a thread of its own, so that a stalled provider cannot hold
    up a wish to stop. Leaving the iteration closes the stream. What it raises is raised here.
    """
    reader = _Reader(start)
    threading.Thread(target=reader.run, daemon=True).start()
    try:
        yield from _events(reader.inbox, tick_seconds)
    finally:
        reader.close()


def _events(inbox: "queue.SimpleQueue[object]", tick_seconds: float) -> Generator[Event | None, None, None]:
    while True:
        try:
            item = inbox.get(timeout=tick_seconds)
        except queue.Empty:
            yield None
            continue
        if item is _END:
            return
        if isinstance(item, BaseException):
            raise item
        yield item  # type: ignore[misc]


class _Reader:
    """Reads a stream into an inbox; may be closed before the stream has even opened."""

    def __init__(self, start: Callable[[], Stream]) -> None:
        self.inbox: queue.SimpleQueue[object] = queue.SimpleQueue()
        self._start = start
        self._lock = threading.Lock()
        self._stream: Stream | None = None
        self._closed = False

    def run(self) -> None:
        try:
            for event in self._open():
                self.inbox.put(event)
            self.inbox.put(_END)
        except BaseException as error:  # noqa: BLE001 - carried to the thread that can deal with it
            self.inbox.put(error)

    def close(self) -> None:
        with self._lock:
            self._closed = True
            if self._stream is not None:
                self._stream.close()

    def _open(self) -> Stream:
        stream = self._start()
        with self._lock:
            self._stream = stream
            if self._closed:
                stream.close()
        return stream
