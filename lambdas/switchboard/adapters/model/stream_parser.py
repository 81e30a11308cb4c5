"""What a provider answered, as events: text at once, tool calls when they are whole, usage at the end."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from openai.types import CompletionUsage, CreateEmbeddingResponse
from openai.types.chat import ChatCompletion, ChatCompletionChunk
from openai.types.chat.chat_completion_chunk import ChoiceDelta, ChoiceDeltaToolCall

from switchboard.core.model.types import Completion, Event, Finished, TextDelta, ToolCall, Usage
from switchboard.core.well_formed import whole


class Garbled(ValueError):
    """The provider sent something that is no chat completion."""


class CutShort(ConnectionError):
    """The stream ended before the model had finished."""


@dataclass(slots=True)
class _Partial:
    """A tool call, of which more may come."""

    index: int
    id: str
    name: str = ""
    arguments: str = ""

    def take(self, delta: ChoiceDeltaToolCall) -> None:
        if delta.function is not None:
            self.name += delta.function.name or ""
            self.arguments += delta.function.arguments or ""


@dataclass(slots=True)
class Assembly:
    """Makes events of chunks, in the order they come."""

    model: str
    _usage: Usage = field(init=False)
    _reason: str = ""
    _spoke: bool = False
    _calls: list[_Partial] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._usage = Usage(self.model)

    @property
    def begun(self) -> bool:
        """Whether the model has begun to speak or to call a tool."""
        return self._spoke or bool(self._calls)

    def take(self, chunk: ChatCompletionChunk) -> Iterator[Event]:
        """The text in a chunk; everything else waits for the end. Errors: Garbled."""
        try:
            text = self._take(chunk)
        except (AttributeError, TypeError):
            raise Garbled("a chunk is no chat completion chunk") from None
        if text:
            self._spoke = True
            yield TextDelta(text)

    def end(self) -> Iterator[Event]:
        """The whole tool calls and the end. Errors: CutShort, Garbled."""
        if not self._reason:
            raise CutShort("the stream ended before the model had finished")
        if not all(call.name for call in self._calls):
            raise Garbled("a tool call names no tool")
        yield from (_called(call.id, call.name, call.arguments) for call in self._calls)
        yield Finished(self._usage, self._reason)

    def _take(self, chunk: ChatCompletionChunk) -> str:
        if chunk.usage is not None:
            self._usage = usage_of(chunk.usage, self.model)
        text = ""
        for choice in chunk.choices[:1]:
            self._reason = choice.finish_reason or self._reason
            self._take_calls(choice.delta)
            text = (choice.delta.content or "") + (choice.delta.refusal or "")
        return whole(text)

    def _take_calls(self, delta: ChoiceDelta) -> None:
        for part in delta.tool_calls or ():
            self._partial(part).take(part)

    def _partial(self, part: ChoiceDeltaToolCall) -> _Partial:
        for call in reversed(self._calls):
            if call.index == part.index and part.id in (None, "", call.id):
                return call
        self._calls.append(_Partial(part.index, part.id or f"call_{len(self._calls)}"))
        return self._calls[-1]


def usage_of(counted: CompletionUsage, model: str) -> Usage:
    details = counted.prompt_tokens_details
    cached = details.cached_tokens if details is not None else None
    return Usage(model, counted.prompt_tokens or 0, cached or 0, counted.completion_tokens or 0)


def completion_of(answer: ChatCompletion, model: str) -> Completion:
    """Errors: Garbled."""
    try:
        choice = answer.choices[0]
        text = whole((choice.message.content or "") + (choice.message.refusal or ""))
        calls = tuple(
            _called(call.id, call.function.name, call.function.arguments)
            for call in choice.message.tool_calls or ()
            if call.type == "function"
        )
        usage = usage_of(answer.usage, model) if answer.usage is not None else Usage(model)
    except (AttributeError, IndexError, TypeError):
        raise Garbled("the answer is no chat completion") from None
    return Completion(text, calls, usage, choice.finish_reason)


def _called(call_id: str, name: str, arguments: str) -> ToolCall:
    return ToolCall(whole(call_id), whole(name), whole(arguments))


def vectors_of(answer: CreateEmbeddingResponse, *, count: int) -> list[list[float]]:
    """Errors: Garbled."""
    try:
        vectors = [each.embedding for each in sorted(answer.data, key=lambda each: each.index)]
    except (AttributeError, TypeError):
        raise Garbled("the answer holds no vectors") from None
    if len(vectors) != count:
        raise Garbled("there are not as many vectors as texts")
    return vectors
