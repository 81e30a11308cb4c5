"""Who does what with the files of calls: the transcriber, and those who read, play, take in or delete."""

from collections.abc import Sequence

import aws_cdk as cdk
from constructs import Construct

from stacks.constructs import access
from stacks.constructs.access import Grant, Link
from stacks.constructs.suppression import Reviewed
from stacks.skills.calls.recordings import ANALYSES, TRANSCRIPTS, UPLOADS, Recordings
from stacks.skills.calls.settings import Transcriber

BUCKET = "RECORDINGS_BUCKET"
"""What the functions of calls know the bucket by."""
FILES = "files"
"""What those of the core do."""
DELETES = ("DeleteObject", "DeleteObjectVersion", "AbortMultipartUpload")
LISTS = ("ListBucketVersions", "ListBucketMultipartUploads")
ANY_JOB = "A job is named by its call, which is known only when somebody uploads one."


def jobs(scope: Construct, *verbs: str) -> Link:
    """To ask Amazon Transcribe, which knows the function by its role and needs no key."""
    every = cdk.Stack.of(scope).format_arn(
        service="transcribe", resource="transcription-job", resource_name="*"
    )
    named = "arn:<AWS::Partition>:transcribe:<AWS::Region>:<AWS::AccountId>:transcription-job/*"
    reviewed = Reviewed(f"AwsSolutions-IAM5[Resource::{named}]", ANY_JOB)
    grant = Grant(tuple(f"transcribe:{verb}" for verb in verbs), (every,))
    return Link("TRANSCRIBER_SECRET", "", (grant,), (reviewed,))


def read_by(transcriber: Transcriber, recordings: Recordings) -> Sequence[Link]:
    """Amazon's reads and writes the bucket with the role that starts a job; another comes by a link."""
    if transcriber.kind == "elevenlabs":
        return ()
    return (
        access.objects(recordings, BUCKET, "GetObject", under=UPLOADS),
        access.objects(recordings, BUCKET, "PutObject", under=TRANSCRIPTS),
        access.listing(recordings, BUCKET),
    )


def written_by(transcriber: Transcriber, recordings: Recordings) -> Sequence[Link]:
    """What Amazon's wrote is read, and then deleted; another brings it, or is asked."""
    if transcriber.kind == "elevenlabs":
        return ()
    return (
        access.objects(recordings, BUCKET, "GetObject", *DELETES, under=TRANSCRIPTS),
        access.listing(recordings, BUCKET, *LISTS),
    )


def reading_texts(recordings: Recordings) -> Sequence[Link]:
    """What was heard and found, and nothing of the recordings themselves."""
    texts = (
        access.objects(recordings, FILES, "GetObject", under=prefix) for prefix in (TRANSCRIPTS, ANALYSES)
    )
    return (*texts, access.listing(recordings, FILES))


def reading_and_deleting(recordings: Recordings) -> Sequence[Link]:
    """Every version of all of it, and uploads that were never finished."""
    files = (
        access.objects(recordings, FILES, "GetObject", *DELETES, under=prefix)
        for prefix in (UPLOADS, TRANSCRIPTS, ANALYSES)
    )
    return (*files, access.listing(recordings, FILES, *LISTS))


def playing(recordings: Recordings) -> Link:
    """By links to the one version of a recording that was taken."""
    return access.objects(recordings, FILES, "GetObjectVersion", under=UPLOADS)


def uploading(recordings: Recordings) -> Link:
    """By links and forms that the function signs, whole or in parts."""
    return access.objects(recordings, FILES, "PutObject", "ListMultipartUploadParts", under=UPLOADS)
