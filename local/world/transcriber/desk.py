"""Where orders are taken: the recording is fetched and looked at first, so that bad audio is refused at once.

How the provider reports what goes wrong after it has accepted an order is not documented; here nothing can.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

import anyio
from anyio import to_thread
from starlette.responses import JSONResponse, Response

from local.world.journal import Entry
from local.world.service import World
from local.world.transcriber.audio import examine
from local.world.transcriber.errors import TranscriberError
from local.world.transcriber.recordings import Recordings
from local.world.transcriber.requests import Order
from local.world.transcriber.source import fetch
from local.world.transcriber.transcript import Heard, hear, result
from local.world.transcriber.webhook import Delivery, event
from local.world.wiring import Webhook

LISTENING_SECONDS = 0.25
KEPT_RESULTS = 50
ACCEPTED = "The request is accepted; its result goes to the webhook."


@dataclass(frozen=True, slots=True)
class Job:
    """An order that is accepted and not done yet."""

    request_id: str
    transcription: Mapping[str, Any]
    metadata: Mapping[str, Any] | None
    webhook: Webhook
    answers: list[object]


class Desk:
    def __init__(self, world: World, recordings: Recordings, *, service: str) -> None:
        self._world = world
        self._recordings = recordings
        self._service = service
        self._results: dict[str, bytes] = {}

    async def transcribe(self, order: Order, *, file: bytes | None, entry: Entry) -> Response:
        """Raises TranscriberError."""
        webhook = self._required_webhook() if order.webhook else None
        audio = await fetch(order.source) if order.source else file
        heard = await to_thread.run_sync(self._listen, audio or b"")
        transcription = result(heard, order, transcription_id=self._world.ports.new_id())
        if webhook is None:
            self._keep(transcription)
            return JSONResponse(transcription)
        answers: list[object] = []
        entry.outcome["webhook"] = answers
        return self._accept(
            Job(self._world.ports.new_id(), transcription, order.metadata, webhook, answers),
        )

    def result(self, transcription_id: str) -> bytes:
        """Raises TranscriberError, also while the work is not done."""
        found = self._results.get(transcription_id)
        if found is None:
            raise TranscriberError("transcript_not_found", "There is no such transcript.")
        return found

    def forget(self, transcription_id: str) -> None:
        """Raises TranscriberError."""
        self.result(transcription_id)
        del self._results[transcription_id]

    def _required_webhook(self) -> Webhook:
        wiring = self._world.line.wiring
        if wiring is None or wiring.transcripts_webhook is None:
            message = "There is no webhook to send results to: PUT /wiring tells of one."
            raise TranscriberError("invalid_parameters", message, param="webhook")
        return wiring.transcripts_webhook

    def _listen(self, audio: bytes) -> Heard:
        return hear(examine(audio), self._recordings.known(audio))

    def _accept(self, job: Job) -> Response:
        self._world.background.start(self._finish(job))
        ids = {"request_id": job.request_id, "transcription_id": job.transcription["transcription_id"]}
        return JSONResponse({"message": ACCEPTED} | ids, status_code=HTTPStatus.ACCEPTED)

    async def _finish(self, job: Job) -> None:
        await anyio.sleep(LISTENING_SECONDS)
        self._keep(job.transcription)
        at = int(self._world.ports.now().timestamp())
        body = event(job.request_id, job.transcription, metadata=job.metadata, at=at)
        await Delivery(self._world, job.webhook, body, self._service, job.answers).run()

    def _keep(self, transcription: Mapping[str, Any]) -> None:
        self._results[transcription["transcription_id"]] = json.dumps(transcription).encode()
        if len(self._results) > KEPT_RESULTS:
            del self._results[next(iter(self._results))]
