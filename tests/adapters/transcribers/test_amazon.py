"""Amazon Transcribe: jobs named by what they listen to, and results that lie in our own bucket."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import nullcontext
from typing import TYPE_CHECKING

import boto3
import pytest
from botocore.stub import ANY, Stubber
from moto import mock_aws
from switchboard.skills.calls.transcription.amazon import AmazonTranscribe
from switchboard.skills.calls.transcription.errors import Complaint, NoAnswer, TurnedDown

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client
    from mypy_boto3_transcribe import TranscribeServiceClient

BUCKET, KEY = "recordings", "uploads/c1/call (1).wav"
LINKS = (
    "https://recordings.s3.eu-west-1.amazonaws.com/uploads/c1/call%20%281%29.wav?versionId=",
    "http://127.0.0.1:4566/recordings/uploads/c1/call%20%281%29.wav?X-Amz-Signature=0&versionId=",
)


@pytest.fixture
def s3() -> Iterator[S3Client]:
    with mock_aws():
        client = boto3.client("s3", region_name="us-east-1")
        client.create_bucket(Bucket=BUCKET)
        client.put_bucket_versioning(Bucket=BUCKET, VersioningConfiguration={"Status": "Enabled"})
        yield client


@pytest.fixture
def version(s3: S3Client) -> str:
    return s3.put_object(Bucket=BUCKET, Key=KEY, Body=b"sound")["VersionId"]


@pytest.fixture
def client(s3: S3Client) -> TranscribeServiceClient:
    return boto3.client("transcribe", region_name="us-east-1")


@pytest.fixture
def amazon(client: TranscribeServiceClient, s3: S3Client) -> AmazonTranscribe:
    return AmazonTranscribe(client, s3, BUCKET)


def started(job: str) -> dict[str, object]:
    return {
        "TranscriptionJobName": job,
        "IdentifyLanguage": True,
        "Media": {"MediaFileUri": f"s3://{BUCKET}/{KEY}"},
        "OutputBucketName": BUCKET,
        "OutputKey": f"transcripts/c1/amazon-{job.removeprefix('c1-')}.json",
        "Settings": {"ShowSpeakerLabels": True, "MaxSpeakerLabels": 10},
    }


@pytest.mark.parametrize("link", LINKS)
def test_it_reads_the_recording_from_the_bucket_and_writes_beside_what_is_made_of_it(
    link: str, version: str, amazon: AmazonTranscribe, client: TranscribeServiceClient
) -> None:
    with Stubber(client) as stub:
        stub.add_response("start_transcription_job", {}, dict.fromkeys(started("c1-x"), ANY))
        job = amazon.start("c1", link + version)
    with Stubber(client) as stub:
        stub.add_response("start_transcription_job", {}, started(job))
        assert amazon.start("c1", link + version) == job


def test_a_recording_that_was_replaced_is_not_read(
    version: str, amazon: AmazonTranscribe, s3: S3Client
) -> None:
    s3.put_object(Bucket=BUCKET, Key=KEY, Body=b"another sound")
    with pytest.raises(TurnedDown) as refused:
        amazon.start("c1", LINKS[0] + version)
    assert refused.value.complaint is Complaint.LINK


def test_a_job_that_was_begun_before_is_the_same(
    version: str, amazon: AmazonTranscribe, client: TranscribeServiceClient
) -> None:
    with Stubber(client) as stub:
        stub.add_client_error("start_transcription_job", "ConflictException")
        assert amazon.start("c1", LINKS[0] + version).startswith("c1-")


def test_a_recording_that_is_gone_cannot_be_listened_to(amazon: AmazonTranscribe) -> None:
    with pytest.raises(TurnedDown) as refused:
        amazon.start("c1", LINKS[0].replace("call", "other") + "v1")
    assert refused.value.complaint is Complaint.LINK


def test_a_bucket_that_is_busy_is_asked_again(amazon: AmazonTranscribe, s3: S3Client) -> None:
    with Stubber(s3) as stub:
        stub.add_client_error("head_object", "503", http_status_code=503)
        with pytest.raises(NoAnswer):
            amazon.start("c1", LINKS[0] + "v1")


@pytest.mark.parametrize(
    ("code", "error"),
    [
        ("LimitExceededException", NoAnswer),
        ("InternalFailureException", NoAnswer),
        ("BadRequestException", TurnedDown),
    ],
)
def test_what_may_pass_is_told_from_what_does_not(
    code: str,
    error: type[Exception],
    version: str,
    amazon: AmazonTranscribe,
    client: TranscribeServiceClient,
) -> None:
    with Stubber(client) as stub:
        stub.add_client_error("start_transcription_job", code)
        with pytest.raises(error):
            amazon.start("c1", LINKS[0] + version)


def state(status: str, reason: str = "") -> dict[str, object]:
    return {"TranscriptionJob": {"TranscriptionJobStatus": status, "FailureReason": reason}}


def test_a_result_is_read_when_it_is_there(
    amazon: AmazonTranscribe, client: TranscribeServiceClient, s3: S3Client
) -> None:
    heard: dict[str, object] = {"results": {"items": []}}
    s3.put_object(Bucket=BUCKET, Key="transcripts/c1/amazon-v1.json", Body=json.dumps(heard).encode())
    with Stubber(client) as stub:
        for status in ("QUEUED", "IN_PROGRESS", "COMPLETED"):
            stub.add_response("get_transcription_job", state(status))
        assert [amazon.result("c1-v1") for _ in range(3)] == [None, None, heard]


@pytest.mark.parametrize(
    ("reason", "complaint"),
    [
        ("The media format provided does not match the detected media format.", Complaint.TYPE),
        ("Invalid file size: file size too large.", Complaint.SIZE),
        ("Invalid audio duration: audio file is longer than allowed.", Complaint.LENGTH),
        ("The S3 object does not exist.", Complaint.LINK),
        ("Your audio file must have a speech segment.", Complaint.AUDIO),
    ],
)
def test_a_job_that_failed_says_why(
    reason: str, complaint: Complaint, amazon: AmazonTranscribe, client: TranscribeServiceClient
) -> None:
    with Stubber(client) as stub:
        stub.add_response("get_transcription_job", state("FAILED", reason))
        with pytest.raises(TurnedDown) as failed:
            amazon.result("c1-v1")
    assert failed.value.complaint is complaint


def test_of_what_was_heard_nothing_is_left_in_the_bucket_or_with_amazon(
    amazon: AmazonTranscribe, client: TranscribeServiceClient, s3: S3Client
) -> None:
    """In no version: https://docs.aws.amazon.com/transcribe/latest/APIReference/API_DeleteTranscriptionJob.html."""
    for name in ("amazon-v1", "amazon-v1", "transcript"):
        s3.put_object(Bucket=BUCKET, Key=f"transcripts/c1/{name}.json", Body=b"heard")
    with Stubber(client) as stub:
        stub.add_response("delete_transcription_job", {}, {"TranscriptionJobName": "c1-v1"})
        amazon.forget("c1-v1")
        stub.assert_no_pending_responses()
    left = s3.list_object_versions(Bucket=BUCKET)["Versions"]
    assert [each["Key"] for each in left] == ["transcripts/c1/transcript.json"]


@pytest.mark.parametrize(
    ("code", "error"), [("BadRequestException", None), ("InternalFailureException", NoAnswer)]
)
def test_a_job_that_is_gone_is_forgotten_and_one_that_is_kept_is_asked_for_again(
    code: str, error: type[Exception] | None, amazon: AmazonTranscribe, client: TranscribeServiceClient
) -> None:
    with Stubber(client) as stub, pytest.raises(error) if error else nullcontext():
        stub.add_client_error("delete_transcription_job", code)
        amazon.forget("c1-v1")
