"""Calling a tool: whatever it does, the model gets an answer and the turn goes on."""

import logging
from collections.abc import Collection, Iterable, Mapping
from typing import Self

from switchboard.core.errors import UserFacing
from switchboard.core.model import ToolCall, ToolResult, ToolSchema
from switchboard.core.skill import SkillSpec, Tool, ToolContext

RESULT_CHARS = 4_000

_log = logging.getLogger(__name__)


class Tools:
    """The tools of the skills on offer, by name."""

    def __init__(self, skills: Iterable[SkillSpec]) -> None:
        self._skills = tuple(skills)
        self._tools: Mapping[str, Tool] = {
            tool.schema.name: tool for skill in self._skills for tool in skill.load().tools
        }

    def of(self, names: Collection[str]) -> Self:
        """Those of the named skills only: what a channel's policy offers."""
        return type(self)(skill for skill in self._skills if skill.name in names)

    def skill_of(self, tool: str) -> str | None:
        """Which skill a tool belongs to."""
        owners = (skill.name for skill in self._skills if tool in _names(skill))
        return next(owners, None)

    @property
    def schemas(self) -> tuple[ToolSchema, ...]:
        return tuple(tool.schema for tool in self._tools.values())

    def run(self, call: ToolCall, context: ToolContext) -> ToolResult:
        """The tool's answer, cut to what a model should read, or a plain sentence on what went wrong."""
        return ToolResult(call.id, self._answer(call, context)[:RESULT_CHARS])

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


def _names(skill: SkillSpec) -> set[str]:
    return {tool.schema.name for tool in skill.load().tools}
