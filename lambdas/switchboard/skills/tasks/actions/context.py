"""Where work on tasks is done: the records at hand, and the person's own day."""

from dataclasses import dataclass
from datetime import date, datetime
from hashlib import blake2b
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from switchboard.core.skills.spec import ToolContext
from switchboard.skills.tasks.store.repository import head_of
from switchboard.skills.tasks.store.unit_of_work import Work


@dataclass(frozen=True, slots=True)
class Desk:
    """`name` names what is done here, once and for all; `moment` is when it is done (UTC)."""

    work: Work
    today: date
    moment: datetime
    name: str

    @property
    def starts(self) -> int:
        """The weekday on which the person's weeks start."""
        return head_of(self.work).week_starts


def zone_of(context: ToolContext) -> ZoneInfo:
    """The person's own zone; an unknown one counts as UTC."""
    try:
        return ZoneInfo(context.zone)
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")


def today_of(context: ToolContext) -> date:
    return context.now.astimezone(zone_of(context)).date()


def name_of(context: ToolContext, *said: str) -> str:
    """The same for the same words in the same turn, however often it runs."""
    text = "\x1f".join((context.turn, *said))
    return blake2b(text.encode(), digest_size=12).hexdigest()
