"""What a skill is: tools that the model may call, and commands that need no model."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple, Protocol

from switchboard.core.model import ToolSchema
from switchboard.core.people import Address, PersonId


@dataclass(frozen=True, slots=True)
class Said:
    """One earlier exchange: what the person said, what was answered, and when (UTC)."""

    at: datetime
    asked: str
    answered: str


@dataclass(frozen=True, slots=True)
class ToolContext:
    """What a tool or a command may know of its turn; `earlier` is oldest first.

    `turn` stays the same when a turn is taken up again: what is done under its name is done once.
    """

    turn: str
    person: PersonId
    address: Address
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


class Command(NamedTuple):
    """A deterministic /word; `run` takes what follows the word and returns what the person is told.

    Errors: UserFacing, whose sentence is the answer.
    """

    summary: str
    run: Callable[[str, ToolContext], str]


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
