"""A body is read up to a size and no further: most things are asked for with a few words."""

from collections.abc import Mapping

from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

MOST_BYTES = 16_384


class Bounded:
    """`longer` is how many bytes more is taken where a path begins so."""

    def __init__(self, app: ASGIApp, longer: Mapping[str, int]) -> None:
        self._app = app
        self._longer = longer

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        read, most = 0, self._longer.get(scope.get("path", "").strip("/").partition("/")[0], MOST_BYTES)

        async def counted() -> Message:
            nonlocal read
            message = await receive()
            read += len(message.get("body", b""))
            if read > most:
                raise HTTPException(413, f"A body has at most {most} bytes.")
            return message

        await self._app(scope, counted, send)
