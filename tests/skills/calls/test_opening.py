"""How a call begins, and where its recording goes."""

from dataclasses import replace

import pytest
from switchboard.core.errors import UserFacing
from switchboard.core.people.address import Address
from switchboard.skills.calls.domain.call import Call, Status, Wish
from switchboard.skills.calls.limits import MOST_FIELDS
from switchboard.skills.calls.profiles.repository import ProfileBook
from switchboard.skills.calls.store.repository import body, from_body
from switchboard.skills.calls.uploads.create import Wanted, opened, upload_form

from tests.fakes.clock import EPOCH_MS
from tests.fakes.records import FakeRecords
from tests.skills.calls.examples import ADA, World

WANTED = Wanted("My call.wav", "audio/WAV; x", 1000, {"client": "Acme"}, consent=True)


def open_it(wanted: Wanted) -> Call:
    book = ProfileBook(FakeRecords(), ADA)
    return opened(wanted, person=ADA, at_ms=EPOCH_MS, chance="0123456789ab", profiles=book)


def test_a_call_waits_for_its_recording() -> None:
    made = open_it(replace(WANTED, tell=Address("sms", "+12065550150")))
    assert made.status is Status.PENDING_UPLOAD
    assert (made.file_name, made.content_type) == ("My_call.wav", "audio/wav")
    assert made.tell == ("sms", "+12065550150")
    assert from_body(body(made)) == made


@pytest.mark.parametrize(
    "wanted",
    [
        replace(WANTED, content_type="text/plain"),
        replace(WANTED, size=0),
        replace(WANTED, consent=False),
        replace(WANTED, file_name="..."),
        replace(WANTED, metadata={f"f{n}": "x" for n in range(MOST_FIELDS + 1)}),
        replace(WANTED, metadata={"": "x"}),
        replace(WANTED, metadata={"x": "y" * 201}),
        replace(WANTED, wish=Wish("gone")),
    ],
)
def test_what_cannot_become_a_call_is_refused_in_a_sentence(wanted: Wanted) -> None:
    with pytest.raises(UserFacing):
        open_it(wanted)


def test_the_form_is_bound_to_name_type_and_size() -> None:
    world = World()
    made = open_it(WANTED)
    world.book.add(made)
    form = upload_form(made, book=world.book, blobs=world.blobs, at_ms=EPOCH_MS + 5)
    assert form.fields == {
        "key": f"uploads/{made.id}/My_call.wav",
        "type": "audio/wav",
        "most": "1000",
        "seconds": "900",
    }
    assert world.book.find(made.id).status is Status.UPLOADING


def test_a_call_that_nobody_agreed_to_gets_no_form() -> None:
    """One that was opened before consent was asked for first."""
    world = World()
    made = replace(open_it(WANTED), consent=False)
    world.book.add(made)
    with pytest.raises(UserFacing, match="agreed"):
        upload_form(made, book=world.book, blobs=world.blobs, at_ms=EPOCH_MS)


def test_a_failed_call_may_be_uploaded_again_and_one_that_is_worked_on_may_not() -> None:
    world = World()
    made = open_it(WANTED)
    world.book.add(made)
    failed = world.book.change(made.id, lambda kept: kept.moved(Status.FAILED, 9))
    assert upload_form(failed, book=world.book, blobs=world.blobs, at_ms=10)
    queued = world.book.change(made.id, lambda kept: kept.moved(Status.QUEUED, 11))
    with pytest.raises(UserFacing, match="arrived already"):
        upload_form(queued, book=world.book, blobs=world.blobs, at_ms=12)
