"""A body is read up to a size and no further: most things are asked for with a few words."""

from collections.abc import Mapping

from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

MOST_BYTES = 16_384
LONGER: Mapping[str, int] = {"profiles": 131_072}
"""By how a path begins: a profile brings its prompts and its schema."""


class Bounded:
    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        read, most = 0, LONGER.get(scope.get("path", "").strip("/").partition("/")[0], MOST_BYTES)

        async def counted() -> Message:
            nonlocal read
            message = await receive()
            read += len(message.get("body", b""))
            if read > most:
                raise HTTPException(413, f"A body has at most {most} bytes.")
            return message

        await self._app(scope, counted, send)
