"""Keeps strangers' web pages away from the laptop's world: only loopback names, only our own page."""

from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from local.world.errors import Forbidden, problem

LOOPBACK_NAMES = frozenset({"127.0.0.1", "localhost", "::1"})
PAGE_HEADERS = {
    "content-security-policy": (
        "default-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'"
    ),
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cache-control": "no-store",
}


class Guard:
    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(PAGE_HEADERS)
            await send(message)

        reason = stranger(Headers(scope=scope))
        app = problem(status=Forbidden.status, detail=reason) if reason else self._app
        await app(scope, receive, send_with_headers)


def stranger(headers: Headers) -> str | None:
    """Why this request is not welcome (DNS rebinding, another site's script), or None."""
    host = headers.get("host", "")
    if host_name(f"//{host}") not in LOOPBACK_NAMES:
        return "The world answers on loopback names only."
    if headers.get("origin", f"http://{host}") != f"http://{host}":
        return "The world takes no requests from other sites' pages."
    return None


def host_name(url: str) -> str | None:
    try:
        return urlsplit(url).hostname
    except ValueError:
        return None
