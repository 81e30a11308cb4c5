"""Every answer is somebody's own: no browser, proxy or CDN keeps a copy (RFC 9111, section 5.2.2.5)."""

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

NOT_KEPT = "no-store"


class NoStore:
    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def told(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message)["cache-control"] = NOT_KEPT
            await send(message)

        await self._app(scope, receive, told)
