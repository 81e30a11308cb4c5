"""What the grammar sees of a request: who said what, what tools returned, what may be called."""

from dataclasses import dataclass

from local.world.model.requests import ChatRequest, Choice, Message


@dataclass(frozen=True, slots=True)
class Conversation:
    said: tuple[str, ...]
    results: tuple[str, ...]
    tools: frozenset[str]

    @property
    def last(self) -> str:
        return self.said[-1] if self.said else ""


def conversation(asked: ChatRequest) -> Conversation:
    return Conversation(
        said=tuple(message.text.strip() for message in asked.messages if message.role == "user"),
        results=trailing_results(asked.messages),
        tools=callable_tools(asked),
    )


def trailing_results(messages: list[Message]) -> tuple[str, ...]:
    results: list[str] = []
    for message in reversed(messages):
        if message.role != "tool":
            break
        results.insert(0, message.text)
    return tuple(results)


def callable_tools(asked: ChatRequest) -> frozenset[str]:
    if asked.tool_choice == "none":
        return frozenset()
    if isinstance(asked.tool_choice, Choice):
        return frozenset({asked.tool_choice.function.name})
    return frozenset(tool.function.name for tool in asked.tools or [])
