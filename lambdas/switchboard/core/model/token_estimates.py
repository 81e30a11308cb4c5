"""How many tokens a request will be counted as, before a provider has counted them: about, and at most."""

import json
from collections.abc import Iterable
from math import ceil
from typing import NamedTuple

from switchboard.core.model.types import Assistant, Message, Request, ToolSchema

MESSAGE_OVERHEAD = 4


def estimate_tokens(text: str) -> int:
    """An upper-leaning estimate that needs no provider's vocabulary.

    English runs near four characters a token, so three is the careful side; other scripts are
    counted by their UTF-8 bytes, two a token.
    """
    plain = sum(character.isascii() for character in text)
    return ceil(plain / 3) + ceil((len(text.encode()) - plain) / 2) + MESSAGE_OVERHEAD


def request_tokens(request: Request) -> int:
    answer = estimate_tokens(json.dumps(request.schema, default=dict)) if request.schema else 0
    return sum(map(_message_tokens, request.messages)) + schema_tokens(request.tools) + answer


class Counted(NamedTuple):
    """So many messages of a request, the first ones, were counted by a provider, with its tools."""

    messages: int = 0
    tokens: int = 0


def most_tokens(request: Request, counted: Counted) -> int:
    """What no provider exceeds that counts on as it has begun: a token has a byte at least."""
    fresh = "".join(map(_told, request.messages[counted.messages :]))
    tools = "" if counted.messages else "".join(map(_described, request.tools))
    overhead = MESSAGE_OVERHEAD * (len(request.messages) - counted.messages)
    return counted.tokens + len((fresh + tools).encode()) + overhead


def schema_tokens(tools: Iterable[ToolSchema]) -> int:
    return sum(estimate_tokens(_described(tool)) for tool in tools)


def _described(tool: ToolSchema) -> str:
    return tool.name + tool.description + json.dumps(tool.parameters, default=dict)


def _message_tokens(message: Message) -> int:
    return estimate_tokens(message.text) + sum(map(estimate_tokens, _calls(message)))


def _told(message: Message) -> str:
    return message.text + "".join(_calls(message))


def _calls(message: Message) -> list[str]:
    calls = message.tool_calls if isinstance(message, Assistant) else ()
    return [call.id + call.name + call.arguments for call in calls]
