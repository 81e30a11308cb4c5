"""Providers that answer as a test says, behind the real client of the `openai` package."""

import json
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import httpx2
from openai import DefaultHttpx2Client
from switchboard.adapters.model.adapter import OpenAIModel
from switchboard.adapters.model.settings import Models, ModelSettings, Provider
from switchboard.adapters.model.stream_thread import READER
from switchboard.core.model.types import Event, Model, Request, TextDelta, User

Answering = Callable[[httpx2.Request], httpx2.Response]

ASK = Request([User("hello")])
USAGE = {
    "prompt_tokens": 20,
    "completion_tokens": 5,
    "total_tokens": 25,
    "prompt_tokens_details": {"cached_tokens": 16},
}


def compatible(name: str) -> Provider:
    models = Models("small-1", "large-1", "vectors-1")
    return Provider("compatible", name, models, base_url=f"https://{name}.example/v1")


def chunk(delta: dict[str, object], *, reason: str | None = None, **others: object) -> dict[str, object]:
    choice = {"index": 0, "delta": delta, "finish_reason": reason}
    shape = {"id": "c1", "object": "chat.completion.chunk", "created": 1, "model": "small-1"}
    return {**shape, "choices": [choice], **others}


def usage_chunk() -> dict[str, object]:
    return {**chunk({}), "choices": [], "usage": USAGE}


def words(*texts: str, reason: str = "stop") -> list[dict[str, object]]:
    said = [chunk({"content": text}) for text in texts]
    return [chunk({"role": "assistant", "content": ""}), *said, chunk({}, reason=reason), usage_chunk()]


def lines(chunks: Iterable[object]) -> Iterator[bytes]:
    for each in chunks:
        yield f"data: {json.dumps(each)}\n\n".encode()


class Body(httpx2.SyncByteStream):
    """A streamed body, which may end in an exception of the connection."""

    def __init__(self, parts: Iterable[bytes], error: Exception | None = None) -> None:
        self._parts = parts
        self._error = error

    def __iter__(self) -> Iterator[bytes]:
        yield from self._parts
        if self._error is not None:
            raise self._error


def streaming(chunks: Iterable[object], error: Exception | None = None) -> Answering:
    body = [*lines(chunks), *([] if error else [b"data: [DONE]\n\n"])]
    headers = {"content-type": "text/event-stream"}
    return lambda _: httpx2.Response(200, headers=headers, stream=Body(body, error))


def raw(text: str) -> Answering:
    return lambda _: httpx2.Response(
        200, headers={"content-type": "text/event-stream"}, content=text.encode()
    )


def refusing(status: int, *, retry_after: str = "0") -> Answering:
    body = {"error": {"message": "no", "type": "t", "code": "c"}}
    return lambda _: httpx2.Response(status, json=body, headers={"retry-after": retry_after})


def failing(error: Exception) -> Answering:
    def answer(_: httpx2.Request) -> httpx2.Response:
        raise error

    return answer


@dataclass
class Keys:
    """One key for all, and how often it was asked for and forgotten."""

    asked: list[str] = field(default_factory=list)
    forgotten: int = 0

    def __call__(self, provider: str) -> str:
        self.asked.append(provider)
        return f"key-of-{provider}"

    def forget(self) -> None:
        self.forgotten += 1


@dataclass
class Clock:
    now: float = 100.0

    def __call__(self) -> float:
        return self.now


class Providers:
    """A model on fake providers: for each name, its answers in order (the last repeats)."""

    def __init__(self, answers: dict[str, Sequence[Answering]], **seconds: float) -> None:
        self.requests: list[httpx2.Request] = []
        self.keys = Keys()
        self.clock = Clock()
        self._answers = {name: list(each) for name, each in answers.items()}
        settings = ModelSettings(tuple(map(compatible, answers)), **seconds)
        client = DefaultHttpx2Client(transport=httpx2.MockTransport(self._answer))
        self.model: Model = OpenAIModel(settings, self.keys, clock=self.clock, http_client=client)

    @property
    def asked(self) -> list[str]:
        """The providers' names in the order they were asked."""
        return [request.url.host.removesuffix(".example") for request in self.requests]

    def plan(self, name: str, *answers: Answering) -> None:
        self._answers[name] = list(answers)

    def _answer(self, request: httpx2.Request) -> httpx2.Response:
        self.requests.append(request)
        planned = self._answers[self.asked[-1]]
        return (planned.pop(0) if len(planned) > 1 else planned[0])(request)


def said(events: Iterable[Event]) -> str:
    return "".join(event.text for event in events if isinstance(event, TextDelta))


def wait_for_readers() -> None:
    """A socket that is closed under its reader leaves it with a number that the next socket gets."""
    for thread in threading.enumerate():
        if thread.name == READER:
            thread.join(timeout=5)
