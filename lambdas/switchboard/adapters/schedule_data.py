"""Schedules as a store of somebody's data: the hours at which skills wake for them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from switchboard.adapters.schedules import EventBridgeReminders
from switchboard.core.stored_data.reader import PersonScope


@dataclass(frozen=True, slots=True)
class ScheduleDataStore:
    """There is at most one schedule for each person and skill."""

    schedules: EventBridgeReminders
    skills: Sequence[str]
    name = "wake-ups"
    file = "wake-ups.json"

    def entries(self, scope: PersonScope) -> Iterator[Mapping[str, object]]:
        for person in scope.persons:
            for skill in self.skills:
                found = self.schedules.read(person, skill)
                if found:
                    yield {"skill": skill, **found}

    def erase(self, scope: PersonScope) -> None:
        for person in scope.persons:
            for skill in self.skills:
                self.schedules.cancel(person, skill)
