"""Results go out as the provider's signed webhook, and again while the receiver is out of order.

The provider retries only where the webhook was made with retries, and over 40 minutes; here it takes seconds.
"""

import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import anyio
import httpx2

from local.world.service import World
from local.world.wiring import Webhook

SIGNATURE = "ElevenLabs-Signature"
PAUSES = (0.25, 0.5, 1.0, 2.0)
TRY_AGAIN = frozenset({408, 429})
TIMEOUT = 10
FORGER = "somebody else's secret"


def signature(secret: str, body: bytes, *, at: int) -> str:
    digest = hmac.new(secret.encode(), f"{at}.".encode() + body, hashlib.sha256).hexdigest()
    return f"t={at},v0={digest}"


def event(
    request_id: str, transcription: Mapping[str, Any], *, metadata: Mapping[str, Any] | None, at: int
) -> bytes:
    data = {"request_id": request_id, "webhook_metadata": metadata, "transcription": transcription}
    return json.dumps({"type": "speech_to_text_transcription", "event_timestamp": at, "data": data}).encode()


@dataclass(frozen=True, slots=True)
class Delivery:
    """One result on its way; the journal tells, at the request that asked for it, what became of it."""

    world: World
    webhook: Webhook
    body: bytes
    service: str
    answers: list[object]

    async def run(self) -> None:
        if self.world.faults.strike(self.service, "drop"):
            self.answers.append("dropped")
            return
        several = self.world.faults.strike(self.service, "duplicate")
        async with httpx2.AsyncClient(trust_env=False, timeout=TIMEOUT) as client:
            for _ in range(several.value if several else 1):
                await self._until_taken(client)

    async def _until_taken(self, client: httpx2.AsyncClient) -> None:
        for pause in (0.0, *PAUSES):
            await anyio.sleep(pause)
            answer = await post(client, self.webhook.url, self.body, signed=self._signed())
            self.answers.append(answer)
            if not again(answer):
                return

    def _signed(self) -> str:
        forged = self.world.faults.strike(self.service, "forge")
        secret = FORGER if forged else self.webhook.secret.get_secret_value()
        return signature(secret, self.body, at=int(self.world.ports.now().timestamp()))


def again(answer: object) -> bool:
    return not isinstance(answer, int) or answer >= 500 or answer in TRY_AGAIN


async def post(client: httpx2.AsyncClient, url: str, body: bytes, *, signed: str) -> object:
    """The status, or in a word why there is none."""
    try:
        response = await client.post(
            url, content=body, headers={SIGNATURE: signed, "content-type": "application/json"}
        )
    except (httpx2.HTTPError, httpx2.InvalidURL) as error:
        return type(error).__name__
    return response.status_code
