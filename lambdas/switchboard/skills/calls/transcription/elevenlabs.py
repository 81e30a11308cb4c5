"""ElevenLabs over its REST interface, since its package is larger than all of ours.

https://elevenlabs.io/docs/api-reference/speech-to-text/convert
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final, Protocol

import httpx2

from switchboard.core.well_formed import read_json
from switchboard.skills.calls.transcription.errors import Complaint, NoAnswer, TurnedDown

PATH: Final = "/v1/speech-to-text"
CONNECT_SECONDS: Final = 5.0
SECONDS: Final = 60.0
"""It may look at the recording before it answers."""
LATER: Final = frozenset({408, 409, 425, 429})
COMPLAINTS: Final[Mapping[str, Complaint]] = {
    "audio_too_long": Complaint.LENGTH,
    "audio_too_short": Complaint.AUDIO,
    "file_too_large": Complaint.SIZE,
    "invalid_audio": Complaint.AUDIO,
    "invalid_file_type": Complaint.TYPE,
}


class Key(Protocol):
    """The key; `forget` when it was refused. Errors: Retryable, when it cannot be read."""

    def __call__(self) -> str: ...
    def forget(self) -> None: ...


@dataclass(frozen=True)
class ElevenLabs:
    """Errors of every request: NoAnswer, TurnedDown."""

    base_url: str
    model: str
    key: Key
    transport: httpx2.BaseTransport | None = None

    def start(self, call: str, audio_url: str) -> str:
        """Its id of the transcript to come, which a webhook brings together with the call's id."""
        form = {
            "model_id": self.model,
            "source_url": audio_url,
            "diarize": "true",
            "timestamps_granularity": "word",
            "tag_audio_events": "true",
            "webhook": "true",
            "webhook_metadata": json.dumps({"call": call}),
        }
        told = self._answer(self._sent("POST", PATH, form))
        return str(told.get("transcription_id") or told.get("request_id") or "")

    def result(self, job: str) -> Mapping[str, Any] | None:
        """None while it is not done: it answers then as if there were no such thing."""
        response = self._sent("GET", f"{PATH}/transcripts/{job}")
        return None if response.status_code == 404 else self._answer(response)

    def forget(self, job: str) -> None:
        """What is not there is gone: https://elevenlabs.io/docs/api-reference/speech-to-text/delete."""
        response = self._sent("DELETE", f"{PATH}/transcripts/{job}")
        if response.status_code != 404:
            self._answer(response)

    def _sent(self, method: str, path: str, form: Mapping[str, str] | None = None) -> httpx2.Response:
        headers = {"xi-api-key": self.key()}
        try:
            return self._client.request(method, path, headers=headers, data=form)
        except httpx2.HTTPError as error:
            raise NoAnswer(type(error).__name__) from None

    def _answer(self, response: httpx2.Response) -> Mapping[str, Any]:
        if response.status_code >= 500 or response.status_code in LATER:
            raise NoAnswer(f"it answered {response.status_code}")
        told = _object(response)
        if response.is_success:
            return told
        if response.status_code == 401:
            self.key.forget()
        raise TurnedDown(_complaint(told))

    @cached_property
    def _client(self) -> httpx2.Client:
        timeout = httpx2.Timeout(SECONDS, connect=CONNECT_SECONDS)
        return httpx2.Client(base_url=self.base_url, timeout=timeout, transport=self.transport)


def _object(response: httpx2.Response) -> Mapping[str, Any]:
    """An answer that was cut off is none."""
    try:
        told = read_json(response.content)
    except ValueError:
        raise NoAnswer("its answer is no JSON") from None
    return told if isinstance(told, dict) else {}


def _complaint(told: Mapping[str, Any]) -> Complaint:
    detail = told.get("detail")
    if not isinstance(detail, dict):
        return Complaint.OTHER
    if detail.get("param") in {"source_url", "cloud_storage_url"}:
        return Complaint.LINK
    return COMPLAINTS.get(str(detail.get("code") or detail.get("status")), Complaint.OTHER)
