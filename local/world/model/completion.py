"""A chat completion in both of its forms: one object, or a stream of chunks at the model's pace."""

import json
from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

import anyio

from local.world.model.reply import Delta

Finish = Literal["stop", "length", "tool_calls"]
Json = dict[str, object]


@dataclass(frozen=True, slots=True)
class Completion:
    id: str
    created: int
    model: str
    prompt_tokens: int
    deltas: Sequence[Delta]
    finish: Finish
    tokens_per_second: float

    @property
    def usage(self) -> Json:
        written = len(self.deltas)
        return {
            "prompt_tokens": self.prompt_tokens,
            "completion_tokens": written,
            "total_tokens": self.prompt_tokens + written,
        }

    def call_id(self, place: int) -> str:
        return f"call_{self.id.removeprefix('chatcmpl-')}_{place}"


def whole(completion: Completion) -> Json:
    text = "".join(delta.text for delta in completion.deltas if delta.call is None)
    message: Json = {"role": "assistant", "content": text or None, "refusal": None}
    if calls := list(whole_calls(completion)):
        message["tool_calls"] = calls
    choice = {"index": 0, "message": message, "logprobs": None, "finish_reason": completion.finish}
    return frame(completion, kind="chat.completion") | {"choices": [choice], "usage": completion.usage}


def whole_calls(completion: Completion) -> Iterator[Json]:
    called = (delta for delta in completion.deltas if delta.call is not None)
    for place, pieces in groupby(called, key=lambda delta: delta.call or 0):
        parts = list(pieces)
        function = {"name": parts[0].name, "arguments": "".join(part.text for part in parts)}
        yield {"id": completion.call_id(place), "type": "function", "function": function}


def chunks(completion: Completion, *, include_usage: bool) -> Iterator[Json]:
    """The role first, then a chunk for each token, then why it ended, then the usage if wanted."""
    base = frame(completion, kind="chat.completion.chunk") | ({"usage": None} if include_usage else {})
    yield base | chosen({"role": "assistant", "content": None if first_is_call(completion) else ""})
    for delta in completion.deltas:
        yield base | chosen(changed(completion, delta))
    yield base | chosen({}, finish=completion.finish)
    if include_usage:
        yield base | {"choices": [], "usage": completion.usage}


def first_is_call(completion: Completion) -> bool:
    return bool(completion.deltas) and completion.deltas[0].call is not None


def changed(completion: Completion, delta: Delta) -> Json:
    if delta.call is None:
        return {"content": delta.text}
    if delta.name is None:
        return {"tool_calls": [{"index": delta.call, "function": {"arguments": delta.text}}]}
    function = {"name": delta.name, "arguments": delta.text}
    started = {"index": delta.call, "id": completion.call_id(delta.call), "type": "function"}
    return {"tool_calls": [started | {"function": function}]}


def chosen(delta: Json, *, finish: Finish | None = None) -> Json:
    return {"choices": [{"index": 0, "delta": delta, "logprobs": None, "finish_reason": finish}]}


def frame(completion: Completion, *, kind: str) -> Json:
    return {
        "id": completion.id,
        "object": kind,
        "created": completion.created,
        "model": completion.model,
        "system_fingerprint": "fixed-grammar",
    }


async def paced(completion: Completion, *, include_usage: bool) -> AsyncIterator[bytes]:
    """Server-sent events: the first token at once, each next one when it is due."""
    started = anyio.current_time()
    for place, chunk in enumerate(chunks(completion, include_usage=include_usage)):
        due = started + min(max(place - 1, 0), len(completion.deltas)) / completion.tokens_per_second
        await anyio.sleep_until(due)
        yield event(json.dumps(chunk))
    yield event("[DONE]")


def event(data: str) -> bytes:
    return f"data: {data}\n\n".encode()
