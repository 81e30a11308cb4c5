"""Amazon Transcribe: it reads the recording from the bucket, writes what it heard there, and tells nobody.

https://docs.aws.amazon.com/transcribe/latest/dg/how-input.html
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import parse_qs, unquote, urlsplit

from botocore.exceptions import BotoCoreError, ClientError

from switchboard.adapters.aws_errors import code_of, may_pass
from switchboard.adapters.blobs import S3Blobs
from switchboard.core.well_formed import read_json
from switchboard.skills.calls.transcription.errors import Complaint, NoAnswer, TurnedDown

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client
    from mypy_boto3_transcribe import TranscribeServiceClient

MOST_SPEAKERS: Final = 10
REFUSED: Final = frozenset({"BadRequestException", "AccessDeniedException", "NotFoundException"})
COMPLAINTS: Final = (
    ("media format", Complaint.TYPE),
    ("duration", Complaint.LENGTH),
    ("longer than", Complaint.LENGTH),
    ("size", Complaint.SIZE),
    ("exist", Complaint.LINK),
    ("access", Complaint.LINK),
)


@dataclass(frozen=True, slots=True)
class AmazonTranscribe:
    """Errors of every request: NoAnswer, TurnedDown."""

    client: TranscribeServiceClient
    s3: S3Client
    bucket: str

    def start(self, call: str, audio_url: str) -> str:
        """A job is named by the call and its recording, so that it is begun once.

        It reads whatever lies there, so that has to be the version that the link is of.
        """
        key, version = _key(audio_url, self.bucket), _version(audio_url)
        self._check(key, version)
        job = f"{call}-{sha256(version.encode()).hexdigest()[:12]}"
        try:
            self.client.start_transcription_job(
                TranscriptionJobName=job,
                IdentifyLanguage=True,
                Media={"MediaFileUri": f"s3://{self.bucket}/{key}"},
                OutputBucketName=self.bucket,
                OutputKey=_output(job),
                Settings={"ShowSpeakerLabels": True, "MaxSpeakerLabels": MOST_SPEAKERS},
            )
        except self.client.exceptions.ConflictException:
            return job
        except (ClientError, BotoCoreError) as error:
            raise _error(error) from None
        return job

    def result(self, job: str) -> Mapping[str, Any] | None:
        try:
            found = self.client.get_transcription_job(TranscriptionJobName=job)["TranscriptionJob"]
        except (ClientError, BotoCoreError) as error:
            raise _error(error) from None
        match found.get("TranscriptionJobStatus"):
            case "COMPLETED":
                return self._heard(job)
            case "FAILED":
                raise TurnedDown(_complaint(found.get("FailureReason", "")))
        return None

    def forget(self, job: str) -> None:
        """What it wrote into the bucket, then the job: one that is not there is a bad request.

        https://docs.aws.amazon.com/transcribe/latest/APIReference/API_DeleteTranscriptionJob.html
        """
        try:
            S3Blobs(self.s3, self.bucket).delete(_output(job))
            self.client.delete_transcription_job(TranscriptionJobName=job)
        except self.client.exceptions.BadRequestException:
            return
        except (ClientError, BotoCoreError) as error:
            raise _error(error) from None

    def _heard(self, job: str) -> Mapping[str, Any]:
        try:
            content = self.s3.get_object(Bucket=self.bucket, Key=_output(job))["Body"].read()
        except (ClientError, BotoCoreError) as error:
            raise _error(error) from None
        heard: Mapping[str, Any] = read_json(content)
        return heard

    def _check(self, key: str, version: str) -> None:
        try:
            found = self.s3.head_object(Bucket=self.bucket, Key=key)
        except (ClientError, BotoCoreError) as error:
            raise (NoAnswer(code_of(error)) if may_pass(error) else TurnedDown(Complaint.LINK)) from None
        if found["VersionId"] != version:
            raise TurnedDown(Complaint.LINK)


def _key(url: str, bucket: str) -> str:
    """What a link to the bucket leads to, whether its host names the bucket or its path does."""
    return unquote(urlsplit(url).path).removeprefix("/").removeprefix(f"{bucket}/")


def _version(url: str) -> str:
    return parse_qs(urlsplit(url).query)["versionId"][0]


def _output(job: str) -> str:
    """Beside what is made of it, so that both are deleted with the call."""
    return f"transcripts/{job.rpartition('-')[0]}/amazon-{job.rpartition('-')[2]}.json"


def _error(error: ClientError | BotoCoreError) -> Exception:
    code = code_of(error)
    return TurnedDown(Complaint.OTHER) if code in REFUSED else NoAnswer(code)


def _complaint(reason: str) -> Complaint:
    said = reason.lower()
    return next((complaint for word, complaint in COMPLAINTS if word in said), Complaint.AUDIO)
