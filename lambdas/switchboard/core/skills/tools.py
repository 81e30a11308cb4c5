"""Calling a tool: whatever it does, the model gets an answer and the turn goes on."""

import logging
from collections.abc import Callable, Mapping
from typing import Self

from switchboard.core.errors import UserFacing
from switchboard.core.messages.quoting import marked
from switchboard.core.model.types import ToolCall, ToolResult, ToolSchema
from switchboard.core.skills.spec import Effect, Tool, Toolbox, ToolContext

RESULT_CHARS = 4_000

_log = logging.getLogger(__name__)


class Tools:
    """The tools of the skills on offer, by name."""

    def __init__(self, skills: Mapping[str, Toolbox]) -> None:
        self._skills = skills
        self._tools: Mapping[str, Tool] = {
            tool.schema.name: tool for box in skills.values() for tool in box.tools
        }

    def of(self, offers: Callable[[str], bool]) -> Self:
        """Those of some skills only, by their names: what a channel's policy offers."""
        return type(self)({name: box for name, box in self._skills.items() if offers(name)})

    def skill_of(self, tool: str) -> str | None:
        """Which skill a tool belongs to."""
        owners = (name for name, box in self._skills.items() if tool in _names(box))
        return next(owners, None)

    def effect_of(self, tool: str) -> Effect:
        """What a tool does; one that there is not does nothing."""
        found = self._tools.get(tool)
        return found.effect if found else Effect.READS

    @property
    def schemas(self) -> tuple[ToolSchema, ...]:
        return tuple(tool.schema for tool in self._tools.values())

    def run(self, call: ToolCall, context: ToolContext) -> ToolResult:
        """The tool's answer, cut to what a model should read, or a plain sentence on what went wrong.

        Somebody else's words in it are marked as such.
        """
        text = self._answer(call, context)[:RESULT_CHARS]
        source = self._source(call, context)
        return ToolResult(call.id, marked(text, source) if source else text, source)

    def _source(self, call: ToolCall, context: ToolContext) -> str:
        """Whose words are in the answer, besides ours; asked last, since the call may bring some in."""
        tool, skill = self._tools.get(call.name), self.skill_of(call.name) or ""
        try:
            return skill if tool and tool.quotes(context) else ""
        except Exception as error:  # noqa: BLE001 - not known to be the person's own, it counts as quoted
            _log.error("not known whose words", extra={"tool": call.name, "error": type(error).__name__})
            return skill

    def _answer(self, call: ToolCall, context: ToolContext) -> str:
        tool = self._tools.get(call.name)
        if tool is None:
            return "There is no tool of that name."
        try:
            return tool.run(call.arguments, context)
        except UserFacing as error:
            return str(error)
        except Exception as error:  # noqa: BLE001 - whatever a tool does, the turn goes on
            _log.error("tool failed", extra={"tool": call.name, "error": type(error).__name__})
            return "The tool failed. Tell the person that this did not work."


def _names(box: Toolbox) -> set[str]:
    return {tool.schema.name for tool in box.tools}
