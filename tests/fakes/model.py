"""A model that follows a script: what it says, calls, waits for and dies of."""

import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from switchboard.core.model.types import Completion, Event, Finished, Request, TextDelta, ToolCall, Usage

USAGE = Usage(model="grammar", prompt=10, cached=4, completion=5)


class Stall:
    """A silence that ends only when the stream is closed."""


STALL = Stall()
Step = str | ToolCall | Finished | BaseException | Stall | Callable[[], None]


@dataclass
class FakeStream:
    script: Sequence[Step]
    closed: threading.Event = field(default_factory=threading.Event)

    def __iter__(self) -> Iterator[Event]:
        for step in self.script:
            if self.closed.is_set():
                return
            yield from self._do(step)
        if not any(isinstance(step, Finished) for step in self.script):
            yield Finished(USAGE, "stop")

    def close(self) -> None:
        self.closed.set()

    def _do(self, step: Step) -> Iterator[Event]:
        match step:
            case str():
                yield TextDelta(step)
            case ToolCall() | Finished():
                yield step
            case BaseException():
                raise step
            case Stall():
                self.closed.wait(timeout=10)
            case _:
                step()


@dataclass
class FakeModel:
    """Each call takes the next script; the last one is repeated. A single exception refuses to open."""

    scripts: Sequence[Sequence[Step] | BaseException] = (("Hello.",),)
    requests: list[Request] = field(default_factory=list)
    streams: list[FakeStream] = field(default_factory=list)

    def stream(self, request: Request) -> FakeStream:
        script = self.scripts[min(len(self.requests), len(self.scripts) - 1)]
        self.requests.append(request)
        if isinstance(script, BaseException):
            raise script
        self.streams.append(FakeStream(script))
        return self.streams[-1]

    def complete(self, request: Request) -> Completion:
        said = "".join(event.text for event in self.stream(request) if isinstance(event, TextDelta))
        return Completion(said, usage=USAGE)

    def embed(self, texts: Sequence[str]) -> list[list[float]]:
        return [[float(len(text))] for text in texts]
