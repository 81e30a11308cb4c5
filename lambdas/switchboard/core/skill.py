"""What a skill is: tools that the model may call, and commands that need no model."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from switchboard.core.model import ToolSchema
from switchboard.core.people import PersonId


@dataclass(frozen=True, slots=True)
class Said:
    """One earlier exchange: what the person said, what was answered, and when (UTC)."""

    at: datetime
    asked: str
    answered: str


@dataclass(frozen=True, slots=True)
class ToolContext:
    """What a tool may know of the turn that calls it; `earlier` is oldest first."""

    person: PersonId
    now: datetime
    earlier: Sequence[Said]


class Tool(Protocol):
    """`run` takes the arguments as the model wrote them (JSON text) and returns text for the model.

    Errors: UserFacing with a sentence that the model is told; anything else becomes a plain
    message that the tool failed.
    """

    @property
    def schema(self) -> ToolSchema: ...
    def run(self, arguments: str, context: ToolContext) -> str: ...


Command = Callable[[str, ToolContext], str]


@dataclass(frozen=True, slots=True)
class Toolbox:
    """The moving parts of a skill, loaded only where turns are answered."""

    tools: Sequence[Tool] = ()
    commands: Mapping[str, Command] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SkillSpec:
    """A skill as the house knows it; `load` imports its tools when they are first needed."""

    name: str
    summary: str
    load: Callable[[], Toolbox]
