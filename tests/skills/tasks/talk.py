"""One person and their tasks: what they type, what the model calls, and what they are told."""

import json
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from itertools import count
from zoneinfo import ZoneInfo

from switchboard.core.errors import UserFacing
from switchboard.core.people.address import PersonId
from switchboard.core.skills.commands import asked
from switchboard.core.skills.records import Records
from switchboard.core.skills.reminders import ScheduledReminder
from switchboard.core.skills.spec import SkillDeps, Toolbox, ToolContext
from switchboard.skills.tasks import SPEC
from switchboard.skills.tasks.domain.task import Task
from switchboard.skills.tasks.store.keys import owner_of
from switchboard.skills.tasks.store.repository import numbered
from switchboard.skills.tasks.store.unit_of_work import Work

from tests.examples import ADAS_PHONE
from tests.fakes.records import CountingRecords, FakeRecords

ADA = PersonId("ada")
MONDAY = date(2026, 11, 16)


@dataclass
class FakeWakeups:
    wishes: dict[tuple[PersonId, str], ScheduledReminder] = field(default_factory=dict)

    def set(self, wish: ScheduledReminder) -> None:
        self.wishes[wish.person, wish.skill] = wish

    def cancel(self, person: PersonId, skill: str) -> None:
        self.wishes.pop((person, skill), None)


@dataclass
class Talk:
    """`day` is the person's date, and it is noon on it unless said otherwise."""

    zone: str = "America/Los_Angeles"
    day: date = MONDAY
    records: FakeRecords = field(default_factory=FakeRecords)
    wakeups: FakeWakeups = field(default_factory=FakeWakeups)
    person: PersonId = ADA

    def __post_init__(self) -> None:
        self.counting = CountingRecords(self.records)
        self.box = self.load(self.counting)
        self.turns = count(1)

    def load(self, records: Records) -> Toolbox:
        return SPEC.load(SkillDeps(records=records, wakeups=self.wakeups))

    @property
    def now(self) -> datetime:
        return datetime.combine(self.day, time(12), ZoneInfo(self.zone)).astimezone(UTC)

    def context(self, turn: str = "", now: datetime | None = None) -> ToolContext:
        return ToolContext(
            turn=turn or f"turn-{next(self.turns)}",
            person=self.person,
            address=ADAS_PHONE,
            now=now or self.now,
            earlier=(),
            zone=self.zone,
        )

    def say(self, text: str, *, turn: str = "", now: datetime | None = None) -> str:
        """A command, or a sentence as the command `/task` takes it."""
        wish = asked(text if text.startswith("/") else f"/task {text}")
        assert wish
        try:
            return self.box.commands[wish.word].run(wish.rest, self.context(turn, now))
        except UserFacing as error:
            return str(error)

    def call(self, tool: str, *, turn: str = "", **arguments: object) -> str:
        """A tool, as the model calls it; arguments that are left out are null."""
        found = next(each for each in self.box.tools if each.schema.name == tool)
        properties = found.schema.parameters["properties"]
        assert isinstance(properties, dict)
        full: dict[str, object] = {
            name: [] if schema.get("type") == "array" else None for name, schema in properties.items()
        }
        try:
            return found.run(json.dumps({**full, **arguments}), self.context(turn))
        except UserFacing as error:
            return str(error)

    def task(self, number: int) -> Task:
        return numbered(Work(self.records, owner_of(self.person)), number)

    def kept(self) -> dict[str, object]:
        """All that is known of the person's tasks, but for how to undo it and what waits for an answer."""
        passing = ("UNDO#", "JOURNAL", "QUESTION", "PROPOSAL")
        bodies = self.records.bodies(owner_of(self.person))
        return {key: body for key, body in bodies.items() if not key.startswith(passing)}
