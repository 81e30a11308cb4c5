"""How much of everybody's room one person may take: bytes by the day, and calls at a time."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from switchboard.core.errors import UserFacing
from switchboard.core.people.address import PersonId
from switchboard.core.skills.records import Record, retry_on_conflict
from switchboard.core.spend.ledger import day_of
from switchboard.skills.calls.domain.call import Call
from switchboard.skills.calls.store.repository import CallBook, Filter, owner_of
from switchboard.skills.calls.workflow.context import ENDED

UPLOADS: Final = "UPLOADS"
_DAY_MS: Final = 24 * 3600 * 1000
_MB: Final = 1_000_000


class OverQuota(UserFacing):
    """There is no room for now; the text says of what, and when there will be."""


@dataclass(frozen=True, slots=True)
class Quota:
    """Of each person: bytes to upload in a day of UTC, and calls of the last day that are not done."""

    bytes_a_day: int
    at_once: int

    def open(self, call: Call, *, book: CallBook) -> None:
        """Adds the call where there is room; of two at a time one is counted after the other.

        Errors: OverQuota; RecordConflict, after many tries.
        """
        retry_on_conflict(lambda: self._opened(call, book))

    def again(self, call: Call, *, book: CallBook, at_ms: int) -> None:
        """The bytes of another recording for a call that failed. Errors: OverQuota, RecordConflict."""
        retry_on_conflict(lambda: book.records.write(self._counted(call, book, at_ms)))

    def _opened(self, call: Call, book: CallBook) -> None:
        counted = self._counted(call, book, call.created_ms)
        if _under_way(call.person, book, call.created_ms) >= self.at_once:
            raise OverQuota(
                f"You have {self.at_once} calls under way. Wait until one is done, or delete one."
            )
        book.add(call, counted)

    def _counted(self, call: Call, book: CallBook, at_ms: int) -> Record:
        kept = book.records.get(owner_of(call.person), UPLOADS) or Record(owner_of(call.person), UPLOADS)
        today = day_of(at_ms)
        sent = sent_on(today, kept.body) + call.size
        if sent > self.bytes_a_day:
            raise OverQuota(
                f"You may upload {self.bytes_a_day // _MB} MB a day. There is room again from midnight UTC."
            )
        return replace(kept, body={"day": today, "bytes": sent})


def sent_on(day: str, body: Mapping[str, Any]) -> int:
    return int(body["bytes"]) if body.get("day") == day else 0


def _under_way(person: PersonId, book: CallBook, at_ms: int) -> int:
    """What was opened a day ago and never came is counted no more."""
    page = book.page(person, Filter(since_ms=at_ms - _DAY_MS), limit=500)
    return sum(call.status not in ENDED for call in page.calls)
