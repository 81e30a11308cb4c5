"""A large recording comes in parts, pauses and goes on."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from switchboard.core.errors import UserFacing
from switchboard.core.skills.blobs import AlreadyThere, UploadPart
from switchboard.skills.calls.domain.call import Call, Status
from switchboard.skills.calls.limits import MOST_LINKS
from switchboard.skills.calls.store.repository import CallBook
from switchboard.skills.calls.uploads.multipart import (
    PART_BYTES,
    begin,
    finish,
    links,
    missing,
    part_count,
    part_size,
)

from tests.fakes.records import FakeRecords
from tests.skills.calls.examples import call


@dataclass
class FakeUploads:
    begun: list[str] = field(default_factory=list)
    parts: list[UploadPart] = field(default_factory=list)
    finished: list[tuple[str, str, list[int]]] = field(default_factory=list)
    taken: bool = False

    def begin(self, key: str, *, content_type: str) -> str:
        self.begun.append(f"{key} {content_type}")
        return f"upload-{len(self.begun)}"

    def part_link(self, key: str, upload: str, number: int, *, size: int, seconds: int) -> str:
        return f"https://bucket.example/{key}?{upload}&{number}&{size}"

    def arrived(self, key: str, upload: str) -> list[UploadPart]:
        return self.parts

    def finish(self, key: str, upload: str, parts: Sequence[UploadPart]) -> None:
        if self.taken:
            raise AlreadyThere(key)
        self.finished.append((key, upload, [part.number for part in parts]))


def large() -> tuple[CallBook, FakeUploads, Call]:
    book = CallBook(FakeRecords())
    made = replace(call(), size=PART_BYTES * 2 + 1)
    book.add(made)
    return book, FakeUploads(), made


@given(st.integers(1, 10**10))
def test_parts_hold_the_whole_and_no_part_is_empty(size: int) -> None:
    assert (part_count(size) - 1) * PART_BYTES < size <= part_count(size) * PART_BYTES


def test_an_upload_that_was_begun_is_gone_on_with() -> None:
    book, uploads, made = large()
    begun = begin(made, book=book, uploads=uploads, at_ms=5)
    assert (begun.status, begun.upload) == (Status.UPLOADING, "upload-1")
    assert begin(book.find(made.id), book=book, uploads=uploads, at_ms=6) == begun
    assert len(uploads.begun) == 1


def test_two_who_begin_at_once_get_the_same_upload() -> None:
    book, uploads, made = large()
    first, second = (begin(made, book=book, uploads=uploads, at_ms=5) for _ in range(2))
    assert first.upload == second.upload == "upload-1"


def test_only_parts_that_there_are_get_a_link() -> None:
    book, uploads, made = large()
    begun = begin(made, book=book, uploads=uploads, at_ms=5)
    found = links(begun, [1, 3], uploads=uploads)
    assert {number: url.rpartition("&")[2] for number, url in found.items()} == {1: str(PART_BYTES), 3: "1"}
    for numbers in ([0], [4], [1] * (MOST_LINKS + 1)):
        with pytest.raises(UserFacing):
            links(begun, numbers, uploads=uploads)
    with pytest.raises(UserFacing, match="Begin the upload"):
        links(made, [1], uploads=uploads)


def test_it_is_finished_when_every_part_has_arrived() -> None:
    book, uploads, made = large()
    begun = begin(made, book=book, uploads=uploads, at_ms=5)
    uploads.parts = [UploadPart(3, "c", 1), UploadPart(1, "a", PART_BYTES)]
    assert missing(begun, uploads=uploads) == [2]
    with pytest.raises(UserFacing, match="1 of 3 parts"):
        finish(begun, uploads=uploads)
    uploads.parts.append(UploadPart(2, "b", PART_BYTES))
    finish(begun, uploads=uploads)
    assert uploads.finished == [(f"uploads/{made.id}/call.wav", "upload-1", [1, 2, 3])]


@pytest.mark.parametrize("size", [0, 1, PART_BYTES - 1, PART_BYTES + 1])
def test_a_part_of_another_length_has_not_arrived(size: int) -> None:
    book, uploads, made = large()
    begun = begin(made, book=book, uploads=uploads, at_ms=5)
    uploads.parts = [UploadPart(1, "a", PART_BYTES), UploadPart(2, "b", size), UploadPart(3, "c", 1)]
    assert missing(begun, uploads=uploads) == [2]


@given(st.integers(1, 10**10))
def test_the_parts_of_a_recording_have_as_many_bytes_as_it_has(size: int) -> None:
    count = part_count(size)
    assert 0 < part_size(size, count) <= PART_BYTES
    assert (count - 1) * PART_BYTES + part_size(size, count) == size


def test_parts_make_no_recording_in_the_place_of_another() -> None:
    book, uploads, made = large()
    begun = begin(made, book=book, uploads=uploads, at_ms=5)
    uploads.parts = [UploadPart(1, "a", PART_BYTES), UploadPart(2, "b", PART_BYTES), UploadPart(3, "c", 1)]
    uploads.taken = True
    with pytest.raises(UserFacing, match="there already"):
        finish(begun, uploads=uploads)


def test_a_recording_that_has_arrived_is_not_uploaded_again() -> None:
    book, uploads, made = large()
    queued = book.change(made.id, lambda kept: kept.moved(Status.QUEUED, 9))
    with pytest.raises(UserFacing, match="arrived already"):
        begin(queued, book=book, uploads=uploads, at_ms=10)
    assert missing(queued, uploads=uploads) == [1, 2, 3]
