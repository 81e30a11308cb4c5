"""A client of the transcriber as httpx2 speaks it, and a recording whose words are known."""

import hashlib
from dataclasses import dataclass

import httpx2

from local.recordings.recording import written
from tests.world.running import Answer, RunningWorld
from tests.world.stub_client import SECRET, StubClient

HUM = b"\x50\xb0" * 2000


def known_audio() -> bytes:
    return written(HUM, rate=1000, width=1)


def sidecar(audio: bytes, **changes: object) -> dict[str, object]:
    words = [
        {"text": "Hello,", "start": 0.5, "end": 1.0, "speaker": "agent"},
        {"text": "Maya.", "start": 1.1, "end": 1.6, "speaker": "agent"},
        {"text": "Hi!", "start": 2.0, "end": 2.4, "speaker": "client"},
    ]
    told = {"sha256": hashlib.sha256(audio).hexdigest(), "title": "a hum", "seconds": 4.0, "words": words}
    return told | changes


@dataclass(frozen=True, slots=True)
class Dictation:
    world: RunningWorld
    client: StubClient
    http: httpx2.Client

    def tell(self, audio: bytes, **changes: object) -> Answer:
        told = sidecar(audio, **changes)
        return self.world.call("PUT", f"/transcriber/recordings/{told['sha256']}", told)

    def wire(self) -> None:
        hook = {"url": f"{self.client.url}/webhook", "secret": SECRET}
        wiring = {
            "endpoint_url": self.client.url,
            "region": "us-east-1",
            "access_key_id": "AKIDLOCAL",
            "secret_access_key": "local",
            "inbound_topic": "arn:aws:sns:us-east-1:000000000000:inbound",
            "transcripts_webhook": hook,
        }
        assert self.world.call("PUT", "/wiring", wiring).status == 200

    def order(self, *, file: bytes | None = None, key: str = "any", **fields: str) -> Answer:
        """As our functions and the official client send it: multipart with a file, urlencoded without."""
        response = self.http.post(
            f"{self.world.url}/v1/speech-to-text",
            data={"model_id": "scribe_v2"} | fields,
            files=None if file is None else {"file": ("call.wav", file, "audio/wav")},
            headers={"xi-api-key": key},
        )
        return Answer(response.status_code, response.json())

    def code(self, *, file: bytes | None = None, key: str = "any", **fields: str) -> str:
        """The refusal's code, after a look at its shape."""
        refused = self.order(file=file, key=key, **fields)
        detail: dict[str, str] = refused.body["detail"]
        assert set(detail) == {"type", "code", "message", "status", "request_id", "param"}
        assert detail["message"]
        assert detail["request_id"]
        return f"{refused.status} {detail['code']}"

    def result(self, transcription_id: str) -> Answer:
        path = f"/v1/speech-to-text/transcripts/{transcription_id}"
        return self.world.call("GET", path, xi_api_key="any")
