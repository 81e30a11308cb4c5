"""Responses whose bytes take time: whole ones, ones cut on purpose, ones that the client walks away from."""

from collections.abc import AsyncIterator

from starlette.responses import StreamingResponse
from starlette.types import Send

from local.world.journal import Entry


class CutResponse(StreamingResponse):
    """Sends what it has and never the end, so that the server drops the connection in the middle."""

    async def stream_response(self, send: Send) -> None:
        await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
        async for chunk in self.body_iterator:
            await send({"type": "http.response.body", "body": chunk, "more_body": True})


async def once(body: bytes) -> AsyncIterator[bytes]:
    yield body


async def first(events: AsyncIterator[bytes], count: int) -> AsyncIterator[bytes]:
    place = 0
    async for event in events:
        if place == count:
            return
        yield event
        place += 1


async def noted(events: AsyncIterator[bytes], *, entry: Entry, ended: str) -> AsyncIterator[bytes]:
    """Writes in the journal how the stream ended, or that its reader left before the end."""
    entry.outcome |= {"status": 200, "events": 0, "ended": "abandoned"}
    sent = 0
    async for event in events:
        yield event
        sent += 1
        entry.outcome["events"] = sent
    entry.outcome["ended"] = ended
