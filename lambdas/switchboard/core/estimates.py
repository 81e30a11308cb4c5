"""How many tokens a request will be counted as, before a provider has counted them."""

import json
from collections.abc import Iterable
from math import ceil

from switchboard.core.model import Assistant, Message, Request, ToolSchema

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


def schema_tokens(tools: Iterable[ToolSchema]) -> int:
    return sum(
        estimate_tokens(tool.name + tool.description + json.dumps(tool.parameters, default=dict))
        for tool in tools
    )


def _message_tokens(message: Message) -> int:
    calls = message.tool_calls if isinstance(message, Assistant) else ()
    return estimate_tokens(message.text) + sum(
        estimate_tokens(call.id + call.name + call.arguments) for call in calls
    )
