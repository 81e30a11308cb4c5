"""Large recordings, uploaded in parts: they can pause, and go on where they were."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from switchboard.core.errors import UserFacing
from switchboard.core.skills.blobs import AlreadyThere, LargeUploads
from switchboard.skills.calls.domain.call import Call, Status
from switchboard.skills.calls.domain.files import upload_key
from switchboard.skills.calls.limits import MOST_LINKS
from switchboard.skills.calls.store.repository import CallBook
from switchboard.skills.calls.uploads.create import OPEN, check_open

LARGE: Final = 64_000_000
"""Bytes from which on a recording had better be sent in parts."""
PART_BYTES: Final = 16_000_000
LINK_SECONDS: Final = 3600


def part_count(size: int) -> int:
    return max(1, -(-size // PART_BYTES))


def part_size(size: int, number: int) -> int:
    """In bytes; the last part has what is left."""
    return min(PART_BYTES, size - (number - 1) * PART_BYTES)


def begin(call: Call, *, book: CallBook, uploads: LargeUploads, at_ms: int) -> Call:
    """The call with an upload that waits for its parts, begun now or before. Errors: UserFacing."""
    check_open(call)
    if call.upload:
        return call
    upload = uploads.begin(_key(call), content_type=call.content_type)
    return book.change(call.id, lambda kept: _begun(kept, upload, at_ms))


def links(call: Call, numbers: Sequence[int], *, uploads: LargeUploads) -> Mapping[int, str]:
    """Where each part is put. Errors: UserFacing, for parts that there are not."""
    if not call.upload or len(numbers) > MOST_LINKS:
        raise UserFacing(f"Begin the upload first, and ask for at most {MOST_LINKS} parts at once.")
    if not all(1 <= number <= part_count(call.size) for number in numbers):
        raise UserFacing(f"This recording has parts 1 to {part_count(call.size)}.")
    return {
        number: uploads.part_link(
            _key(call), call.upload, number, size=part_size(call.size, number), seconds=LINK_SECONDS
        )
        for number in numbers
    }


def missing(call: Call, *, uploads: LargeUploads) -> Sequence[int]:
    """The parts that have not arrived, or not with the bytes that they should have."""
    parts = uploads.arrived(_key(call), call.upload) if call.upload else ()
    there = {part.number for part in parts if part.size == part_size(call.size, part.number)}
    return [number for number in range(1, part_count(call.size) + 1) if number not in there]


def finish(call: Call, *, uploads: LargeUploads) -> None:
    """Makes the recording of its parts; then the store tells of it as of any other. Errors: UserFacing."""
    if lacking := missing(call, uploads=uploads):
        raise UserFacing(f"{len(lacking)} of {part_count(call.size)} parts have not arrived yet.")
    parts = sorted(uploads.arrived(_key(call), call.upload))
    try:
        uploads.finish(_key(call), call.upload, parts)
    except AlreadyThere:
        raise UserFacing("A recording of this call is there already.") from None


def _begun(call: Call, upload: str, at_ms: int) -> Call:
    if call.upload or call.status not in OPEN:
        return call
    return replace(call.moved(Status.UPLOADING, at_ms), upload=upload)


def _key(call: Call) -> str:
    return upload_key(call.id, call.file_name)
