"""What the grammar sees of a request: who said what, what tools returned, what may be called."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from local.world.model.requests import ChatRequest, Choice, Message

Properties = Mapping[str, str]
"""What a tool takes, each with its type, as far as that has one name."""


@dataclass(frozen=True, slots=True)
class Conversation:
    said: tuple[str, ...]
    results: tuple[str, ...]
    tools: Mapping[str, Properties]

    @property
    def last(self) -> str:
        return self.said[-1] if self.said else ""


def conversation(asked: ChatRequest) -> Conversation:
    return Conversation(
        said=tuple(message.text.strip() for message in asked.messages if is_said(message)),
        results=trailing_results(asked.messages),
        tools=callable_tools(asked),
    )


def is_said(message: Message) -> bool:
    """By the person: a user message with a name is another participant's, as the protocol has it."""
    return message.role == "user" and message.name is None


def trailing_results(messages: list[Message]) -> tuple[str, ...]:
    results: list[str] = []
    for message in reversed(messages):
        if message.role != "tool":
            break
        results.insert(0, message.text)
    return tuple(results)


def callable_tools(asked: ChatRequest) -> Mapping[str, Properties]:
    if asked.tool_choice == "none":
        return {}
    offered = {tool.function.name: properties(tool.function.parameters) for tool in asked.tools or []}
    if isinstance(asked.tool_choice, Choice):
        return {asked.tool_choice.function.name: offered[asked.tool_choice.function.name]}
    return offered


def properties(schema: Mapping[str, Any] | None) -> Properties:
    """Of a schema that may be anything."""
    named = (schema or {}).get("properties", {})
    if not isinstance(named, Mapping):
        return {}
    return {name: str(each.get("type", "")) for name, each in named.items() if isinstance(each, Mapping)}


def fullmatch(pattern: str, text: str) -> re.Match[str] | None:
    """Whether a text is a sentence of this form; its mark at the end does not matter."""
    return re.fullmatch(rf"\s*(?:{pattern})[\s?!.]*", text, re.IGNORECASE | re.DOTALL)
