"""Where a skill keeps what is too large for a record: recordings, transcripts, analyses."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple, Protocol

from switchboard.core.errors import Permanent


class NoSuchBlob(Permanent):
    """Nothing is kept under that key."""


class AlreadyThere(Permanent):
    """Something is kept under that key, and is not replaced."""


class BlobInfo(NamedTuple):
    """`size` is in bytes; `version` tells one content of a key from the next, or is ""."""

    size: int
    content_type: str
    version: str = ""


class UploadForm(NamedTuple):
    """Where a browser posts a file, and the fields that go before it."""

    url: str
    fields: Mapping[str, str]


class UploadPart(NamedTuple):
    """A part of a large upload that has arrived; numbers count from 1, `size` is in bytes."""

    number: int
    tag: str
    size: int


class Blobs(Protocol):
    """One bucket of one skill. A get sees every put that came before it."""

    def get(self, key: str) -> bytes:
        """Errors: NoSuchBlob."""

    def ends(self, key: str, count: int, *, version: str) -> tuple[bytes, bytes]:
        """So many bytes from the beginning and from the end of one version, or all. Errors: NoSuchBlob."""

    def put(self, key: str, content: bytes, *, content_type: str) -> None: ...

    def delete(self, prefix: str) -> None:
        """Everything whose key begins so, every version and unfinished upload of it."""

    def discard(self, key: str, version: str) -> None:
        """One version, and no other. What is not there is no error."""

    def stat(self, key: str) -> BlobInfo | None: ...

    def upload_form(self, key: str, *, content_type: str, max_bytes: int, seconds: int) -> UploadForm:
        """Good for that key, that type, at most that many bytes and that long; the store enforces it."""

    def download_link(self, key: str, *, seconds: int) -> str:
        """Opens it for whoever has the link, for so long."""

    def version_link(self, key: str, version: str, *, seconds: int) -> str:
        """Opens that content of it, and none that comes later."""


class LargeUploads(Protocol):
    """The same bucket for files that are sent in parts, so that an upload can pause and resume.

    A store cannot bound the whole of it, but each part: its link is good for just so many bytes.
    """

    def begin(self, key: str, *, content_type: str) -> str:
        """The upload's id."""

    def part_link(self, key: str, upload: str, number: int, *, size: int, seconds: int) -> str:
        """Where a part of exactly that size is put, for so long."""

    def arrived(self, key: str, upload: str) -> Sequence[UploadPart]: ...
    def finish(self, key: str, upload: str, parts: Sequence[UploadPart]) -> None:
        """Errors: AlreadyThere, when the key has a content that this would replace."""


class NoBlobs:
    """The bucket of a skill that keeps none."""

    def get(self, key: str) -> bytes:
        raise self._mistake(key)

    def ends(self, key: str, count: int, *, version: str) -> tuple[bytes, bytes]:
        raise self._mistake(key, count, version)

    def put(self, key: str, content: bytes, *, content_type: str) -> None:
        raise self._mistake(key, content, content_type)

    def delete(self, prefix: str) -> None:
        raise self._mistake(prefix)

    def discard(self, key: str, version: str) -> None:
        raise self._mistake(key, version)

    def stat(self, key: str) -> BlobInfo | None:
        raise self._mistake(key)

    def upload_form(self, key: str, *, content_type: str, max_bytes: int, seconds: int) -> UploadForm:
        raise self._mistake(key, content_type, max_bytes, seconds)

    def download_link(self, key: str, *, seconds: int) -> str:
        raise self._mistake(key, seconds)

    def version_link(self, key: str, version: str, *, seconds: int) -> str:
        raise self._mistake(key, version, seconds)

    def _mistake(self, *_arguments: object) -> Permanent:
        return Permanent("this skill keeps no blobs")


NO_BLOBS = NoBlobs()
