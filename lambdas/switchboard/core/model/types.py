"""The model as the assistant sees it: one port, whoever answers behind it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol


class Role(StrEnum):
    """Which model to use; settings map each role to a provider's model name."""

    SMALL = "small"
    LARGE = "large"
    EMBEDDING = "embedding"


@dataclass(frozen=True, slots=True)
class ToolCall:
    """A call the model asks for; `arguments` is JSON text exactly as the model wrote it."""

    id: str
    name: str
    arguments: str


@dataclass(frozen=True, slots=True)
class ToolSchema:
    """A tool as the model is told of it; `parameters` is a strict JSON schema of an object."""

    name: str
    description: str
    parameters: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class System:
    text: str


@dataclass(frozen=True, slots=True)
class User:
    text: str


@dataclass(frozen=True, slots=True)
class Assistant:
    text: str
    tool_calls: tuple[ToolCall, ...] = ()


@dataclass(frozen=True, slots=True)
class Quoted:
    """Somebody else's words, marked as such in `text`; `source` names where they came from."""

    text: str
    source: str


@dataclass(frozen=True, slots=True)
class ToolResult:
    """`source` is named when the text holds somebody else's words, which are marked in it."""

    call_id: str
    text: str
    source: str = ""


Message = System | User | Assistant | Quoted | ToolResult


@dataclass(frozen=True, slots=True)
class Request:
    """One call to the model; `max_tokens` bounds what it may write.

    With a `schema`, a strict JSON schema of an object, the answer's text is that object. `model` names one
    instead of the role's; `temperature` is heeded where the provider's models take one.
    """

    messages: Sequence[Message]
    role: Role = Role.SMALL
    tools: Sequence[ToolSchema] = ()
    max_tokens: int = 800
    schema: Mapping[str, object] | None = None
    model: str = ""
    temperature: float | None = None


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens, as the provider counted them; `cached` is the part of `prompt` read from its cache."""

    model: str = ""
    prompt: int = 0
    cached: int = 0
    completion: int = 0

    def __add__(self, other: "Usage") -> "Usage":
        return Usage(
            model=other.model or self.model,
            prompt=self.prompt + other.prompt,
            cached=self.cached + other.cached,
            completion=self.completion + other.completion,
        )


@dataclass(frozen=True, slots=True)
class TextDelta:
    text: str


@dataclass(frozen=True, slots=True)
class Finished:
    """The last event of a stream; `reason` is the provider's: stop, length, tool_calls, content_filter."""

    usage: Usage
    reason: str


Event = TextDelta | ToolCall | Finished


@dataclass(frozen=True, slots=True)
class Completion:
    text: str
    tool_calls: tuple[ToolCall, ...] = ()
    usage: Usage = field(default_factory=Usage)
    reason: str = "stop"


class Stream(Protocol):
    """Events of one answer; `close` may come from another thread and ends the iteration."""

    def __iter__(self) -> Iterator[Event]: ...
    def close(self) -> None: ...


class Completes(Protocol):
    """Errors: ModelUnavailable (nothing was said), ModelInterrupted (broke off), ModelRefused."""

    def complete(self, request: Request) -> Completion: ...


class Model(Completes, Protocol):
    """All that a model can do; whoever needs less of it asks for less."""

    def stream(self, request: Request) -> Stream: ...
    def embed(self, texts: Sequence[str]) -> list[list[float]]: ...
