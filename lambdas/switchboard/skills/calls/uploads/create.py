"""How a call begins: what a person says of it, and where they put the recording."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from switchboard.core.errors import UserFacing
from switchboard.core.people.address import Address, PersonId
from switchboard.core.skills.blobs import Blobs, UploadForm
from switchboard.skills.calls.domain.call import Call, Moment, Status, Wish, call_id
from switchboard.skills.calls.domain.failure_reasons import Reason
from switchboard.skills.calls.domain.files import check, plain_type, safe_name, upload_key
from switchboard.skills.calls.limits import LONGEST_FIELD, LONGEST_VALUE, MOST_FIELDS
from switchboard.skills.calls.profiles.repository import ProfileBook
from switchboard.skills.calls.profiles.selection import check_choice
from switchboard.skills.calls.store.repository import CallBook

FORM_SECONDS: Final = 15 * 60
OPEN: Final = frozenset({Status.PENDING_UPLOAD, Status.UPLOADING, Status.FAILED})


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is said of a recording before it is there; `size` is in bytes."""

    file_name: str
    content_type: str
    size: int
    metadata: Mapping[str, str]
    wish: Wish | None = None
    consent: bool = False
    tell: Address | None = None


def opened(wanted: Wanted, *, person: PersonId, at_ms: int, chance: str, profiles: ProfileBook) -> Call:
    """A call that waits for its recording; `chance` is fresh and unguessable, of small letters and digits.

    Errors: UserFacing, for what nobody agreed to, what is no recording, too much metadata, or a profile that
    does not exist or asks for a model that is not listed.
    """
    if not wanted.consent:
        raise UserFacing(Reason.NO_CONSENT.sentence)
    check(wanted.content_type, wanted.size)
    _check_metadata(wanted.metadata)
    call = Call(
        id=call_id(at_ms, chance),
        person=person,
        file_name=safe_name(wanted.file_name),
        content_type=plain_type(wanted.content_type),
        size=wanted.size,
        created_ms=at_ms,
        history=(Moment(Status.PENDING_UPLOAD, at_ms),),
        metadata=dict(wanted.metadata),
        wish=wanted.wish,
        consent=wanted.consent,
        tell=(wanted.tell.channel, wanted.tell.value) if wanted.tell else (),
    )
    check_choice(call, profiles)
    return call


def upload_form(call: Call, *, book: CallBook, blobs: Blobs, at_ms: int) -> UploadForm:
    """Where the recording is posted; good for its name, type and size alone. Errors: UserFacing."""
    check_open(call)
    book.change(call.id, lambda kept: kept.moved(Status.UPLOADING, at_ms) if kept.status in OPEN else kept)
    return blobs.upload_form(
        upload_key(call.id, call.file_name),
        content_type=call.content_type,
        max_bytes=call.size,
        seconds=FORM_SECONDS,
    )


def check_open(call: Call) -> None:
    """Errors: UserFacing, when a recording was taken, or is of people who never agreed."""
    if not call.consent:
        raise UserFacing(Reason.NO_CONSENT.sentence)
    if call.status not in OPEN:
        raise UserFacing("The recording of this call has arrived already.")


def _check_metadata(metadata: Mapping[str, str]) -> None:
    if len(metadata) > MOST_FIELDS:
        raise UserFacing(f"A call takes at most {MOST_FIELDS} fields of metadata.")
    for name, value in metadata.items():
        if not 1 <= len(name) <= LONGEST_FIELD or len(value) > LONGEST_VALUE:
            raise UserFacing(
                f"A field's name may have up to {LONGEST_FIELD} characters, what it says {LONGEST_VALUE}."
            )
