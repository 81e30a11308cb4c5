"""Something happens at one step of a worker's dealings with the outside: it dies, or the world moves on."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

MOST_STEPS = 500


class Killed(BaseException):
    """The process is gone; nothing catches that."""


def die() -> None:
    raise Killed


@dataclass
class Interruptions:
    """`happens` says what, by step: each call to a port has a step before it and a step after it."""

    happens: Mapping[int, Callable[[], None]] = field(default_factory=dict)
    step: int = 0

    def around(self, call: Callable[..., Any], *args: object, **kwargs: object) -> object:
        self._step()
        result = call(*args, **kwargs)
        self._step()
        return result

    def _step(self) -> None:
        self.step += 1
        assert self.step <= MOST_STEPS, "the worker goes round in circles"
        self.happens.get(self.step, lambda: None)()

    def on(self, port: object) -> Any:  # noqa: ANN401 - whichever port it is, it looks like that one
        return _Interrupted(port, self)


@dataclass
class _Interrupted:
    port: object
    interruptions: Interruptions

    def __getattr__(self, name: str) -> Callable[..., object]:
        call = getattr(self.port, name)
        return lambda *args, **kwargs: self.interruptions.around(call, *args, **kwargs)
