"""Calls are found by person, in the order of time, and by nobody else."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from switchboard.core.people.address import PersonId
from switchboard.core.skills.records import TRIES, Change, RecordConflict
from switchboard.skills.calls.domain.call import Call, Finding, Heard, NoSuchCall, Status, Wish
from switchboard.skills.calls.domain.failure_reasons import Reason
from switchboard.skills.calls.store import repository
from switchboard.skills.calls.store.repository import CallBook, Filter, body, from_body

from tests.fakes.clock import EPOCH_MS
from tests.fakes.records import CountingRecords, FakeRecords
from tests.skills.calls.examples import ADA, call

DAY_MS = 86_400_000


def full() -> CallBook:
    book = CallBook(FakeRecords())
    for number in range(130):
        made = call(
            number,
            at_ms=EPOCH_MS + number * DAY_MS,
            metadata={"client": "Acme" if number % 10 == 0 else "Bolt"},
        )
        book.add(made)
    return book


def everything(book: CallBook, wanted: Filter = repository.EVERY, *, limit: int = 7) -> list[Call]:
    found, after = [], ""
    for _ in range(200):
        page = book.page(ADA, wanted, after=after, limit=limit)
        found += page.calls
        after = page.next
        if not after:
            return found
    raise AssertionError("the pages do not end")


def test_a_call_is_kept_as_it_was() -> None:
    rich = replace(
        call(1, wish=Wish("gist", 2), metadata={"client": "Acme"}).moved(Status.FAILED, 5, Reason.TOO_LONG),
        heard=Heard(1000, 20, 2, "eng"),
        findings=(Finding("a", "gist", 2, 7, 30, "They talked.", trial=True),),
        tell=("sms", "+12065550150"),
        job="job-1",
    )
    assert from_body(body(rich)) == rich
    assert from_body(body(call())) == call()


def test_pages_hold_every_call_once_the_newest_first() -> None:
    numbers = [int(each.id[12:], 16) for each in everything(full())]
    assert numbers == list(reversed(range(130)))


@given(limit=st.integers(1, 200), since=st.integers(-1, 131), until=st.integers(-1, 131))
def test_dates_bound_what_is_found(limit: int, since: int, until: int) -> None:
    wanted = Filter(since_ms=EPOCH_MS + since * DAY_MS, until_ms=EPOCH_MS + until * DAY_MS)
    found = everything(BOOK, wanted, limit=limit)
    assert [int(each.id[12:], 16) for each in found] == [n for n in range(129, -1, -1) if since <= n < until]


BOOK = full()


def test_a_date_reads_no_more_than_it_needs() -> None:
    counting = CountingRecords(BOOK.records)
    wanted = Filter(since_ms=EPOCH_MS + 50 * DAY_MS, until_ms=EPOCH_MS + 51 * DAY_MS)
    assert len(CallBook(counting).page(ADA, wanted).calls) == 1
    assert counting.calls == 1


def test_calls_are_found_by_what_was_written_about_them() -> None:
    assert len(everything(BOOK, Filter(text="ACME"))) == 13
    assert len(everything(BOOK, Filter(text="acme call.wav"))) == 13
    assert everything(BOOK, Filter(text="acme bolt")) == []


def test_calls_are_found_by_status_and_by_profile() -> None:
    book = CallBook(FakeRecords())
    book.add(call(1, wish=Wish("gist")))
    book.add(replace(call(2), findings=(Finding("a", "sales", 1, 1, 1),)).moved(Status.UPLOADING, 3))
    assert [each.id for each in everything(book, Filter(status=Status.UPLOADING))] == [call(2).id]
    assert [each.id for each in everything(book, Filter(profile="gist"))] == [call(1).id]
    assert [each.id for each in everything(book, Filter(profile="sales"))] == [call(2).id]


def test_a_filter_that_fits_nothing_comes_to_an_end_and_can_go_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(repository, "MOST_READ", 60)
    page = BOOK.page(ADA, Filter(text="nothing"))
    assert page.calls == []
    assert page.next
    assert everything(BOOK, Filter(text="nothing")) == []


def test_nobody_sees_anothers_call_and_it_looks_as_if_there_were_none() -> None:
    book = CallBook(FakeRecords())
    book.add(call())
    with pytest.raises(NoSuchCall) as anothers:
        book.get(PersonId("eve"), call().id)
    with pytest.raises(NoSuchCall) as nobodys:
        book.get(PersonId("eve"), "0" * 24)
    assert str(anothers.value) == str(nobodys.value)
    assert book.page(PersonId("eve")).calls == []


class Contended(FakeRecords):
    """Somebody else writes first, a number of times."""

    times = 2

    def write(self, *changes: Change) -> None:
        if self.times and len(changes) == 1:
            self.times -= 1
            raise RecordConflict("first")
        super().write(*changes)


def test_a_change_is_made_again_on_what_somebody_else_wrote() -> None:
    book = CallBook(Contended())
    book.add(call())
    assert book.change(call().id, lambda kept: replace(kept, job="job-1")).job == "job-1"
    assert book.find(call().id).job == "job-1"


def test_a_change_that_never_gets_through_is_told() -> None:
    records = Contended()
    book = CallBook(records)
    book.add(call())
    records.times = TRIES
    with pytest.raises(RecordConflict):
        book.change(call().id, lambda kept: replace(kept, job="job-1"))


def test_an_id_is_given_once() -> None:
    book = CallBook(FakeRecords())
    book.add(call())
    with pytest.raises(RecordConflict):
        book.add(call())


def test_the_newest_token_is_the_one_that_counts() -> None:
    book = CallBook(FakeRecords())
    book.add(call())
    assert book.waiting(call().id) == ""
    book.wait(call().id, "one")
    book.wait(call().id, "two")
    assert book.waiting(call().id) == "two"


def test_removing_leaves_nothing_and_may_be_repeated() -> None:
    records = FakeRecords()
    book = CallBook(records)
    book.add(call())
    book.wait(call().id, "one")
    book.remove(call().id)
    book.remove(call().id)
    assert not records.bodies(f"PERSON#{ADA}")
    assert not records.bodies(f"CALL#{call().id}")
