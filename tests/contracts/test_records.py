"""What a skill may rely on of its records, in memory and in the table."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from switchboard.adapters.dynamo.skill_records import DynamoRecords
from switchboard.core.skills.records import MOST_CHANGES, DeleteRecord, Record, RecordConflict, Records

from tests.fakes.records import CountingRecords, FakeRecords
from tests.tables import PEOPLE

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

ADA, BABBAGE = "PERSON#ada", "PERSON#babbage"
BODY = {
    "title": "r\u00e9sum\u00e9",
    "empty": "",
    "count": 3,
    "open": True,
    "none": None,
    "list": [1, {"two": [2]}],
    "map": {},
}


@pytest.fixture
def records(kind: str, request: pytest.FixtureRequest) -> Records:
    return FakeRecords() if kind == "fake" else DynamoRecords(request.getfixturevalue("dynamodb"), PEOPLE)


def stored(records: Records, *keys: str, owner: str = ADA) -> None:
    records.write(*(Record(owner, key, {"key": key}) for key in keys))


def keys(records: Records, prefix: str, **how: object) -> list[str]:
    return [record.key for record in records.find(ADA, prefix, **how).records]  # type: ignore[arg-type]


def test_what_was_never_written_is_not_there(records: Records) -> None:
    assert records.get(ADA, "TASK#1") is None
    assert records.find(ADA, "TASK#").records in ([], ())


def test_a_record_comes_back_as_it_was_written_as_its_first_version(records: Records) -> None:
    records.write(Record(ADA, "TASK#1", BODY))
    assert records.get(ADA, "TASK#1") == Record(ADA, "TASK#1", BODY, 1)


def test_each_write_counts_the_version_on(records: Records) -> None:
    for version in range(3):
        records.write(Record(ADA, "TASK#1", {"n": version}, version))
    assert records.get(ADA, "TASK#1") == Record(ADA, "TASK#1", {"n": 2}, 3)


@pytest.mark.parametrize("version", [0, 1, 3])
def test_a_record_that_is_not_as_it_was_read_is_not_written(records: Records, version: int) -> None:
    records.write(Record(ADA, "TASK#1", {"n": 1}))
    records.write(Record(ADA, "TASK#1", {"n": 2}, 1))
    with pytest.raises(RecordConflict):
        records.write(Record(ADA, "TASK#1", {"n": 3}, version))
    assert records.get(ADA, "TASK#1") == Record(ADA, "TASK#1", {"n": 2}, 2)


def test_a_record_that_is_gone_is_not_written_as_if_it_were_there(records: Records) -> None:
    with pytest.raises(RecordConflict):
        records.write(Record(ADA, "TASK#1", {}, 1))
    assert records.get(ADA, "TASK#1") is None


def test_a_record_is_deleted_as_it_was_read_or_not_at_all(records: Records) -> None:
    stored(records, "TASK#1")
    record = records.get(ADA, "TASK#1")
    assert record
    with pytest.raises(RecordConflict):
        records.write(DeleteRecord(replace(record, version=2)))
    records.write(DeleteRecord(record))
    assert records.get(ADA, "TASK#1") is None
    with pytest.raises(RecordConflict):
        records.write(DeleteRecord(record))


def test_a_deleted_record_begins_again_at_its_first_version(records: Records) -> None:
    stored(records, "A")
    records.write(DeleteRecord(Record(ADA, "A", {}, 1)))
    stored(records, "A")
    assert records.get(ADA, "A") == Record(ADA, "A", {"key": "A"}, 1)


def test_all_is_written_or_nothing(records: Records) -> None:
    stored(records, "A", "B")
    with pytest.raises(RecordConflict):
        records.write(
            Record(ADA, "C", {}), DeleteRecord(Record(ADA, "A", {}, 1)), Record(ADA, "B", {"n": 9}, 7)
        )
    assert keys(records, "") == ["A", "B"]
    records.write(Record(ADA, "C", {}), DeleteRecord(Record(ADA, "A", {}, 1)), Record(ADA, "B", {"n": 9}, 1))
    assert keys(records, "") == ["B", "C"]


def test_nothing_to_write_is_no_mistake(records: Records) -> None:
    records.write()
    assert keys(records, "") == []


def test_the_most_changes_fit_in_one_write_and_one_more_is_refused(records: Records) -> None:
    many = [Record(ADA, f"A#{number:03}", {}) for number in range(MOST_CHANGES + 1)]
    with pytest.raises(ValueError, match="changes in one write"):
        records.write(*many)
    records.write(*many[1:])
    assert len(keys(records, "A#")) == MOST_CHANGES


def test_only_the_owners_records_with_the_prefix_are_found(records: Records) -> None:
    stored(records, "DAY#1", "DAY#2", "DAZ", "D")
    stored(records, "DAY#3", owner=BABBAGE)
    assert keys(records, "DAY#") == ["DAY#1", "DAY#2"]


def test_pages_continue_where_they_ended_and_say_when_there_is_no_more(records: Records) -> None:
    stored(records, *(f"A#{number}" for number in range(6)))
    first = records.find(ADA, "A#", limit=3)
    second = records.find(ADA, "A#", limit=3, after=first.next)
    assert [record.key for record in first.records] == ["A#0", "A#1", "A#2"]
    assert [record.key for record in second.records] == ["A#3", "A#4", "A#5"]
    assert (bool(first.next), second.next) == (True, "")


def test_the_newest_come_first_when_asked_and_so_do_their_pages(records: Records) -> None:
    stored(records, *(f"A#{number}" for number in range(5)))
    first = records.find(ADA, "A#", limit=2, newest_first=True)
    assert [record.key for record in first.records] == ["A#4", "A#3"]
    assert keys(records, "A#", after=first.next, newest_first=True) == ["A#2", "A#1", "A#0"]


@pytest.mark.parametrize("newest_first", [False, True])
@pytest.mark.parametrize("after", ["A#15", "A#1", "", "A", "B", "A#2", "A#"])
def test_any_key_may_be_what_the_page_begins_after(
    records: Records, after: str, *, newest_first: bool
) -> None:
    stored(records, "A", "A#1", "A#2", "A#3", "B")
    beyond = [
        key for key in ("A#1", "A#2", "A#3") if not after or (key < after if newest_first else key > after)
    ]
    assert keys(records, "A#", after=after, newest_first=newest_first) == sorted(beyond, reverse=newest_first)


def test_records_larger_than_a_page_of_the_table_are_all_found(records: Records) -> None:
    for number in range(8):
        records.write(Record(ADA, f"A#{number}", {"text": "x" * 200_000}))
    assert len(keys(records, "A#")) == 8


texts = st.text("ab\u00e9#\U0001f600", min_size=1, max_size=3)


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(names=st.sets(texts, max_size=6), after=texts, newest_first=st.booleans())
def test_the_fake_finds_what_the_table_finds(
    dynamodb: DynamoDBClient, names: set[str], after: str, *, newest_first: bool
) -> None:
    owner, both = (
        f"PERSON#{hash((frozenset(names), after))}",
        (FakeRecords(), DynamoRecords(dynamodb, PEOPLE)),
    )
    found = []
    for records in both:
        records.write(*(Record(owner, name, {}) for name in names if not records.get(owner, name)))
        found.append(
            [each.key for each in records.find(owner, "a", after=after, newest_first=newest_first).records]
        )
    assert found[0] == found[1]


def test_the_counter_counts_calls_and_bytes() -> None:
    counting = CountingRecords(FakeRecords())
    counting.write(Record(ADA, "A", {"n": 1}))
    counting.get(ADA, "A")
    counting.find(ADA, "A")
    assert (counting.calls, counting.written, counting.read) == (3, 9, 18)
