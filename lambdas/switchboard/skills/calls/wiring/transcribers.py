"""Wires the transcriber that the settings choose; its complaints become a call's reasons here."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Protocol

import boto3

from switchboard.adapters.cached_secret import CachedSecret
from switchboard.adapters.s3 import make_client
from switchboard.core.errors import Retryable
from switchboard.core.secret_labels import SecretLabel
from switchboard.platform.aws import QUICK
from switchboard.skills.calls.domain.failure_reasons import CallFailed, Reason
from switchboard.skills.calls.ports import Transcriber, TranscriberUnavailable
from switchboard.skills.calls.transcription.amazon import AmazonTranscribe
from switchboard.skills.calls.transcription.elevenlabs import ElevenLabs
from switchboard.skills.calls.transcription.errors import Complaint, TurnedDown

REASONS: Final[Mapping[Complaint, Reason]] = {
    Complaint.AUDIO: Reason.BAD_AUDIO,
    Complaint.TYPE: Reason.WRONG_TYPE,
    Complaint.SIZE: Reason.TOO_LARGE,
    Complaint.LENGTH: Reason.TOO_LONG,
    Complaint.LINK: Reason.LINK_EXPIRED,
    Complaint.OTHER: Reason.TRANSCRIBER_REFUSED,
}


class Vendor(Protocol):
    """Errors: Retryable, TurnedDown."""

    def start(self, call: str, audio_url: str) -> str: ...
    def result(self, job: str) -> Mapping[str, Any] | None: ...
    def forget(self, job: str) -> None: ...


@dataclass(frozen=True, slots=True)
class Translated:
    """A skills.calls.ports.Transcriber."""

    name: str
    vendor: Vendor

    def start(self, call: str, audio_url: str) -> str:
        try:
            return self.vendor.start(call, audio_url)
        except (Retryable, TurnedDown) as error:
            raise _told(error) from None

    def result(self, job: str) -> Mapping[str, Any] | None:
        try:
            return self.vendor.result(job)
        except (Retryable, TurnedDown) as error:
            raise _told(error) from None

    def forget(self, job: str) -> None:
        try:
            self.vendor.forget(job)
        except (Retryable, TurnedDown) as error:
            raise _told(error) from None


def transcriber_of(settings: str, *, secret: str, bucket: str) -> Transcriber:
    """`settings` is the JSON text that the stacks write; `secret` is the ARN of where its key is."""
    given = json.loads(settings)
    if given["kind"] == "amazon":
        return Translated(
            given["name"],
            AmazonTranscribe(boto3.client("transcribe", config=QUICK), make_client(), bucket),
        )
    key = CachedSecret(boto3.client("secretsmanager", config=QUICK), secret, SecretLabel.TRANSCRIBER)
    return Translated(given["name"], ElevenLabs(given["base_url"], given["model"], key))


def _told(error: Retryable | TurnedDown) -> Exception:
    if isinstance(error, TurnedDown):
        return CallFailed(REASONS[error.complaint])
    return TranscriberUnavailable(str(error))
