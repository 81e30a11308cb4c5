"""JSON from outside, read so that every store of ours takes what is in it.

It may hold half a surrogate pair (RFC 8259, section 8.2), which no text in UTF-8 can.
"""

import json
from collections.abc import Callable
from decimal import Decimal
from typing import Any


def whole(text: str) -> str:
    """With U+FFFD in place of each half of a pair."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def read_json(
    body: str | bytes,
    *,
    parse_float: Callable[[str], float | Decimal] | None = None,
    parse_constant: Callable[[str], Any] | None = None,
) -> Any:  # noqa: ANN401 - whatever it holds
    """As json.loads reads it, with every text and name in it `whole`. Errors: ValueError, RecursionError."""
    return _whole(json.loads(body, parse_float=parse_float, parse_constant=parse_constant))


def _whole(value: Any) -> Any:  # noqa: ANN401 - any part of it
    if isinstance(value, str):
        return whole(value)
    if isinstance(value, list):
        return [_whole(each) for each in value]
    if isinstance(value, dict):
        return {whole(name): _whole(each) for name, each in value.items()}
    return value
