"""The protocol's rules about messages and tools that types alone do not say."""

from collections.abc import Iterator, Mapping, Sequence

from local.world.model.errors import ModelError
from local.world.model.requests import ChatRequest, Choice, Message, Tool


def require_rules(asked: ChatRequest) -> None:
    require_answered_calls(asked.messages)
    tools = asked.tools or []
    for index, tool in enumerate(tools):
        require_strict(tool, index=index)
    if isinstance(asked.tool_choice, Choice):
        require_offered(asked.tool_choice.function.name, tools)


def require_answered_calls(messages: Sequence[Message]) -> None:
    """Each tool call is answered right after it, and nothing answers a call that was not made."""
    open_calls: set[str] = set()
    for index, message in enumerate(messages):
        place = f"messages[{index}]"
        if message.role == "tool":
            if message.tool_call_id not in open_calls:
                raise ModelError(f"{place} answers no tool call before it.", param=f"{place}.tool_call_id")
            open_calls.discard(message.tool_call_id)
            continue
        require_none_open(open_calls, place=place)
        require_content(message, place=place)
        open_calls = {call.id for call in message.tool_calls or []}
    require_none_open(open_calls, place="messages")


def require_none_open(open_calls: set[str], *, place: str) -> None:
    if open_calls:
        raise ModelError(f"The tool calls {', '.join(sorted(open_calls))} have no answer.", param=place)


def require_content(message: Message, *, place: str) -> None:
    if message.tool_calls and message.role != "assistant":
        raise ModelError(f"{place}: only the assistant calls tools.", param=f"{place}.tool_calls")
    if message.content is None and not message.tool_calls:
        raise ModelError(f"{place} has no content.", param=f"{place}.content")


def require_offered(name: str, tools: Sequence[Tool]) -> None:
    if name not in {tool.function.name for tool in tools}:
        raise ModelError(f"tool_choice names {name}, which is not among the tools.", param="tool_choice")


def require_strict(tool: Tool, *, index: int) -> None:
    if not tool.function.strict:
        return
    parameters = tool.function.parameters or {}
    if reason := next(loose(parameters, "parameters"), None):
        raise ModelError(
            f"The strict function {tool.function.name} has a loose schema: {reason}.",
            param=f"tools[{index}].function.parameters",
            code="invalid_function_parameters",
        )


def loose(schema: object, path: str) -> Iterator[str]:
    """Where a schema is not strict, outermost first."""
    if not isinstance(schema, Mapping):
        yield f"{path} is not an object"
        return
    if path == "parameters" and schema.get("type") != "object":
        yield f"{path} must have type object"
    yield from loose_object(schema, path)
    for name, inner, where in nested(schema):
        yield from loose(inner, f"{path}.{where}.{name}" if name else f"{path}.{where}")


def loose_object(schema: Mapping[str, object], path: str) -> Iterator[str]:
    properties = schema.get("properties", {})
    kind = schema.get("type")
    if not (kind == "object" or (isinstance(kind, list) and "object" in kind) or "properties" in schema):
        return
    if schema.get("additionalProperties") is not False:
        yield f"{path} must have additionalProperties false"
    required = schema.get("required", [])
    if not isinstance(properties, Mapping) or not isinstance(required, list):
        yield f"{path} must have properties and a list of required ones"
    elif missing := [name for name in properties if name not in required]:
        yield f"{path} must require {', '.join(missing)}"


def nested(schema: Mapping[str, object]) -> Iterator[tuple[str, object, str]]:
    for where in ("properties", "$defs", "definitions"):
        inner = schema.get(where)
        if isinstance(inner, Mapping):
            yield from ((str(name), value, where) for name, value in inner.items())
    alternatives = schema.get("anyOf")
    if isinstance(alternatives, list):
        yield from ((str(place), value, "anyOf") for place, value in enumerate(alternatives))
    if "items" in schema:
        yield "", schema["items"], "items"
