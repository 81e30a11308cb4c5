"""Everybody whom the assistant knows, as an operator sees them: no name, no address, no word."""

from dataclasses import dataclass
from typing import Protocol

from switchboard.core.pages import Page
from switchboard.core.people.address import PersonId


@dataclass(frozen=True, slots=True)
class PersonSummary:
    """`today` and `month` are what was spent, in whole micro-dollars."""

    person: PersonId
    channels: tuple[str, ...]
    since_ms: int
    today: int = 0
    month: int = 0


class PeopleDirectory(Protocol):
    def page(self, *, day: str, limit: int, after: str = "") -> Page[PersonSummary]:
        """Newest first; spending is of that day and its month. Errors: BadPosition."""
