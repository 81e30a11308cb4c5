"""What a skill is: tools that the model may call, and commands that need no model."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from typing import Any, Final, NamedTuple, Protocol

from switchboard.core.model.types import ToolSchema
from switchboard.core.people.address import Address, PersonId
from switchboard.core.skills.blobs import NO_BLOBS, Blobs
from switchboard.core.skills.records import NO_RECORDS, Records
from switchboard.core.skills.reminders import NO_WAKEUPS, ReminderFired, Reminders
from switchboard.core.stored_data.inventory import StoreEntry
from switchboard.core.stored_data.reader import Store

LONGEST_WORDS: Final = 300
"""Characters of what a person says that a tool, a command and a request about it take alike."""


@dataclass(frozen=True, slots=True)
class PastExchange:
    """One earlier exchange: what the person said, what was answered, and when (UTC).

    `quoted` names where words in the answer came from that are somebody else's.
    """

    at: datetime
    asked: str
    answered: str
    quoted: str = ""


@dataclass(frozen=True, slots=True)
class ToolContext:
    """What a tool or a command may know of its turn; `earlier` is oldest first.

    `turn` stays the same when a turn is taken up again: what is done under its name is done once.
    `zone` is the person's own time zone. `quoting` is true where what is asked for may be in somebody else's
    words.
    """

    turn: str
    person: PersonId
    address: Address
    now: datetime
    earlier: Sequence[PastExchange]
    zone: str = "UTC"
    quoting: bool = False


class Effect(Enum):
    """What a tool does: it only READS, it CHANGES something, or it CONSENTS to what was proposed.

    One that consents takes the person's yes or no as a boolean.
    """

    READS = "reads"
    CHANGES = "changes"
    CONSENTS = "consents"


Quotes = Callable[[ToolContext], bool]
"""Whether what a tool returns may hold somebody else's words: neither the person's nor the assistant's."""


class Tool(Protocol):
    """`run` takes the arguments as the model wrote them (JSON text) and returns text for the model.

    Errors: UserFacing with a sentence that the model is told; anything else becomes a plain
    message that the tool failed.
    """

    @property
    def schema(self) -> ToolSchema: ...
    @property
    def effect(self) -> Effect: ...
    @property
    def quotes(self) -> Quotes: ...
    def run(self, arguments: str, context: ToolContext) -> str: ...


class Command(NamedTuple):
    """A deterministic /word; `run` takes what follows the word and returns what the person is told.

    More than `longest` characters are refused before it runs, as a tool's arguments are. Errors: UserFacing,
    whose sentence is the answer.
    """

    summary: str
    run: Callable[[str, ToolContext], str]
    longest: int = LONGEST_WORDS


OnReminder = Callable[[ReminderFired], str]
MergePeople = Callable[[PersonId, PersonId], None]
SeparatePeople = Callable[[PersonId, PersonId, PersonId], None]


def never(_: object) -> bool:
    """Of what is the person's own words, or the assistant's."""
    return False


def always(_: object) -> bool:
    """Of what others say, write or name."""
    return True


@dataclass(frozen=True, slots=True)
class Toolbox:
    """The moving parts of a skill, loaded only where turns are answered.

    `wake` is called at the hours that the skill wished for; it says what to tell the person, or "".
    `join` gives what is kept of the first person to the second, whom they became; called again, it goes on
    where it was cut short. `separate` takes what the first person had brought along from the second, who
    holds it now, and gives it to the third; what both had alike stays. It may be repeated likewise.
    `quotes` says whether what its commands and its wake-up tell a person may hold
    somebody else's words.
    """

    tools: Sequence[Tool] = ()
    commands: Mapping[str, Command] = field(default_factory=dict)
    wake: OnReminder | None = None
    join: MergePeople | None = None
    separate: SeparatePeople | None = None
    quotes: Callable[[PersonId], bool] = never


@dataclass(frozen=True, slots=True)
class SkillDeps:
    """What a skill is given to work with; `models` are the names of those that may be asked for."""

    records: Records = NO_RECORDS
    blobs: Blobs = NO_BLOBS
    wakeups: Reminders = NO_WAKEUPS
    models: Collection[str] = ()


@dataclass(frozen=True, slots=True)
class SkillSpec:
    """Everything that the core may know of a skill; `load` imports its tools when they are first needed.

    One that `keeps` records has a table of its own, one that keeps `files` a bucket. One that is
    `private_only` is offered in no group. `routes` says which module answers the paths that begin so, by its
    `router`; `serves` makes what they work with, of the core's tables and of what the stacks give the
    skill. `longest_bodies` are bytes, by how a path begins, where a request may be longer
    than others.

    `places` are the tables and buckets that hold somebody's data, by stack and id; `stores` makes what reads
    and erases it besides the records, of the same two; `files_about` says what is in each file of an export.
    """

    name: str
    summary: str
    load: Callable[[SkillDeps], Toolbox]
    keeps: bool = False
    files: bool = False
    private_only: bool = False
    routes: Mapping[str, str] = field(default_factory=dict)
    serves: Callable[..., Any] | None = None
    longest_bodies: Mapping[str, int] = field(default_factory=dict)
    places: Mapping[str, StoreEntry] = field(default_factory=dict)
    stores: Callable[..., Sequence[Store]] | None = None
    files_about: Mapping[str, str] = field(default_factory=dict)
