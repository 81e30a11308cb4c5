"""Our request in the words of chat completions; pure functions."""

import json
from collections.abc import Mapping
from typing import Final, NotRequired, TypedDict

from openai.types.chat import (
    ChatCompletionFunctionToolParam,
    ChatCompletionMessageFunctionToolCallParam,
    ChatCompletionMessageParam,
)
from openai.types.shared_params import ResponseFormatJSONSchema

from switchboard.adapters.model.settings import Capabilities
from switchboard.core.model.types import (
    Assistant,
    Message,
    Quoted,
    Request,
    System,
    ToolCall,
    ToolSchema,
    User,
)

ONLY_JSON: Final = "Answer with one JSON object and nothing else. It must fit this JSON schema: "


class Payload(TypedDict):
    """The arguments of `chat.completions.create`, streaming or not."""

    model: str
    messages: list[ChatCompletionMessageParam]
    max_completion_tokens: int
    tools: NotRequired[list[ChatCompletionFunctionToolParam]]
    response_format: NotRequired[ResponseFormatJSONSchema]
    extra_body: NotRequired[Mapping[str, object]]


def payload(request: Request, *, model: str, capabilities: Capabilities) -> Payload:
    made = Payload(
        model=model,
        messages=[_message(message) for message in request.messages],
        max_completion_tokens=request.max_tokens,
    )
    if request.tools and capabilities.tools:
        made["tools"] = [_tool(tool, strict=capabilities.strict_tools) for tool in request.tools]
    if request.schema is not None and capabilities.schemas:
        made["response_format"] = _format(request.schema)
    elif request.schema is not None:
        made["messages"].append({"role": "system", "content": ONLY_JSON + json.dumps(request.schema)})
    if knobs := _knobs(request, capabilities):
        made["extra_body"] = knobs
    return made


def _format(schema: Mapping[str, object]) -> ResponseFormatJSONSchema:
    return {
        "type": "json_schema",
        "json_schema": {"name": "answer", "strict": True, "schema": dict(schema)},
    }


def _knobs(request: Request, capabilities: Capabilities) -> dict[str, object]:
    """A provider with no temperature of its own has models that refuse any."""
    takes = capabilities.temperature is not None
    wished = request.temperature if takes and request.temperature is not None else capabilities.temperature
    knobs = {"reasoning_effort": capabilities.reasoning_effort, "temperature": wished}
    return {name: value for name, value in knobs.items() if value is not None}


def _message(message: Message) -> ChatCompletionMessageParam:
    match message:
        case System(text):
            return {"role": "system", "content": text}
        case User(text):
            return {"role": "user", "content": text}
        case Quoted(text, source):
            return {"role": "user", "name": source, "content": text}
        case Assistant(text, ()):
            return {"role": "assistant", "content": text}
        case Assistant(text, calls):
            return {"role": "assistant", "content": text or None, "tool_calls": [*map(_call, calls)]}
        case result:
            return {"role": "tool", "tool_call_id": result.call_id, "content": result.text}


def _call(call: ToolCall) -> ChatCompletionMessageFunctionToolCallParam:
    return {"id": call.id, "type": "function", "function": {"name": call.name, "arguments": call.arguments}}


def _tool(tool: ToolSchema, *, strict: bool) -> ChatCompletionFunctionToolParam:
    function = {"name": tool.name, "description": tool.description, "parameters": dict(tool.parameters)}
    return {"type": "function", "function": {**function, "strict": True} if strict else function}  # type: ignore[typeddict-item]
