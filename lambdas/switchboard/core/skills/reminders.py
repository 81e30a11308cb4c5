"""Being woken for somebody: a skill asks to be called at an hour of theirs, and says what to tell them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time
from typing import Protocol

from switchboard.core.errors import Permanent
from switchboard.core.people.address import Address, PersonId

DAYS = ("MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN")
LATE_MS = 60 * 60_000
"""A wake-up that comes later than this is dropped: nobody wants the morning's question in the evening."""


@dataclass(frozen=True, slots=True)
class ScheduledReminder:
    """`at` on the days named (every day when none is), by the clock of `zone`, for who is at `address`."""

    person: PersonId
    address: Address
    skill: str
    at: time
    zone: str
    days: Sequence[str] = ()

    def __post_init__(self) -> None:
        if not set(self.days) <= set(DAYS):
            raise ValueError(f"days are among {', '.join(DAYS)}")


@dataclass(frozen=True, slots=True)
class ReminderFired:
    """What a skill knows when it is woken; `now` is in the person's own zone."""

    person: PersonId
    now: datetime


class Reminders(Protocol):
    """One wish for each person and skill; the last one counts."""

    def set(self, wish: ScheduledReminder) -> None: ...

    def cancel(self, person: PersonId, skill: str) -> None:
        """Nothing happens when there is no wish."""


class NoWakeups:
    """For where nobody is ever woken."""

    def set(self, wish: ScheduledReminder) -> None:
        raise Permanent(f"{wish.skill} cannot be woken from here")

    def cancel(self, _person: PersonId, skill: str) -> None:
        raise Permanent(f"{skill} cannot be woken from here")


NO_WAKEUPS = NoWakeups()
