"""A tool that does what a test wants."""

from collections.abc import Callable
from dataclasses import dataclass

from switchboard.core.model.types import ToolSchema
from switchboard.core.skills.spec import Effect, Quotes, ToolContext, never


@dataclass
class FakeTool:
    answer: Callable[[str], str]
    name: str = "echo"
    effect: Effect = Effect.READS
    quotes: Quotes = never

    @property
    def schema(self) -> ToolSchema:
        return ToolSchema(self.name, "Says it again.", {"type": "object"})

    def run(self, arguments: str, _context: ToolContext) -> str:
        return self.answer(arguments)


def library() -> FakeTool:
    """Returns as much as a tool may."""
    return FakeTool(lambda _: "x" * 10_000, name="library")
