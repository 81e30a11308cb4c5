"""What others than the steps do with the files of calls: read them in chat, take them in, delete them."""

from collections.abc import Sequence

from stacks.calls import DELETES, LISTS
from stacks.constructs import link
from stacks.constructs.link import Link
from stacks.recordings import ANALYSES, TRANSCRIPTS, UPLOADS, Recordings

BUCKET = "RECORDINGS_BUCKET"


def reading_texts(recordings: Recordings) -> Sequence[Link]:
    """What was heard and found, and nothing of the recordings themselves."""
    texts = (
        link.objects(recordings, BUCKET, "GetObject", under=prefix) for prefix in (TRANSCRIPTS, ANALYSES)
    )
    return (*texts, link.listing(recordings, BUCKET))


def reading_and_deleting(recordings: Recordings) -> Sequence[Link]:
    """Every version of all of it, and uploads that were never finished."""
    files = (
        link.objects(recordings, BUCKET, "GetObject", *DELETES, under=prefix)
        for prefix in (UPLOADS, TRANSCRIPTS, ANALYSES)
    )
    return (*files, link.listing(recordings, BUCKET, *LISTS))


def uploading(recordings: Recordings) -> Link:
    """By links and forms that the function signs, whole or in parts."""
    return link.objects(recordings, BUCKET, "PutObject", "ListMultipartUploadParts", under=UPLOADS)
