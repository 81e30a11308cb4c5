"""What one person may upload in a day, and how many calls may be under way: nobody takes all the room."""

from dataclasses import replace

import pytest
from switchboard.core.people.address import PersonId
from switchboard.core.skills.records import Change
from switchboard.skills.calls.domain.call import Call, Status
from switchboard.skills.calls.store.merge_people import join
from switchboard.skills.calls.store.repository import CallBook, owner_of
from switchboard.skills.calls.uploads.quota import UPLOADS, OverQuota, Quota

from tests.fakes.clock import EPOCH_MS
from tests.fakes.records import FakeRecords
from tests.skills.calls.examples import ADA, call

DAY_MS = 24 * 3600 * 1000
QUOTA = Quota(bytes_a_day=1_000, at_once=3)


def sized(number: int, size: int, *, at_ms: int = EPOCH_MS) -> Call:
    return replace(call(number, at_ms=at_ms), size=size)


def test_the_bytes_of_a_day_are_counted_as_they_are_announced() -> None:
    book = CallBook(FakeRecords())
    QUOTA.open(sized(1, 600), book=book)
    with pytest.raises(OverQuota, match="a day"):
        QUOTA.open(sized(2, 401), book=book)
    QUOTA.open(sized(3, 400), book=book)
    QUOTA.open(sized(4, 1_000, at_ms=EPOCH_MS + DAY_MS), book=book)


def test_what_was_deleted_stays_counted() -> None:
    book = CallBook(FakeRecords())
    QUOTA.open(sized(1, 1_000), book=book)
    book.remove(sized(1, 1_000).id)
    with pytest.raises(OverQuota):
        QUOTA.open(sized(2, 1), book=book)


def test_a_few_calls_at_a_time_are_under_way() -> None:
    book = CallBook(FakeRecords())
    for number in range(3):
        QUOTA.open(sized(number, 1), book=book)
    with pytest.raises(OverQuota, match="under way"):
        QUOTA.open(sized(4, 1), book=book)
    book.change(sized(1, 1).id, lambda kept: kept.moved(Status.FAILED, EPOCH_MS))
    QUOTA.open(sized(5, 1), book=book)


def test_what_never_came_is_under_way_for_a_day() -> None:
    book = CallBook(FakeRecords())
    for number in range(3):
        QUOTA.open(sized(number, 1), book=book)
    QUOTA.open(sized(4, 1, at_ms=EPOCH_MS + DAY_MS + 10), book=book)


def test_another_recording_for_a_call_that_failed_counts_again() -> None:
    book = CallBook(FakeRecords())
    made = sized(1, 600)
    QUOTA.open(made, book=book)
    with pytest.raises(OverQuota):
        QUOTA.again(made, book=book, at_ms=EPOCH_MS)
    QUOTA.again(made, book=book, at_ms=EPOCH_MS + DAY_MS)


def test_of_two_who_open_at_once_one_is_counted_after_the_other() -> None:
    """The second comes between the first one's look and its write."""

    class Crowded(FakeRecords):
        def write(self, *changes: Change) -> None:
            if not self.entered:
                self.entered = True
                QUOTA.open(sized(2, 600), book=CallBook(self))
            super().write(*changes)

        entered = False

    book = CallBook(Crowded())
    with pytest.raises(OverQuota):
        QUOTA.open(sized(1, 600), book=book)
    assert [each.id for each in book.page(ADA).calls] == [sized(2, 600).id]


def test_what_two_uploaded_counts_together_when_they_become_one() -> None:
    records, heir = FakeRecords(), PersonId("heir")
    book = CallBook(records)
    QUOTA.open(sized(1, 600), book=book)
    QUOTA.open(replace(sized(2, 300), person=heir), book=book)
    join(records, ADA, heir)
    assert records.get(owner_of(ADA), UPLOADS) is None
    with pytest.raises(OverQuota):
        QUOTA.open(replace(sized(3, 101), person=heir), book=book)
