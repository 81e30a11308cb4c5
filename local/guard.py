"""Keeps pages of other sites away from what runs on this machine, and paths inside. Standard library only.

A browser lets any page send requests to loopback. So the host must be a name of this machine (another site's
name could be pointed here: DNS rebinding), and the origin, which browsers add, one of ours. A link that a
person follows has no origin; it may only read.
"""

import json
from collections.abc import Awaitable, Callable, Iterable, Mapping, MutableMapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote, urlsplit

Message = MutableMapping[str, Any]
Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]
Headers = Mapping[str, str]
Check = Callable[[Scope, Headers], str | None]

LOOPBACK_NAMES = frozenset({"127.0.0.1", "localhost", "::1"})
LOCAL_DOMAIN = ".localhost"
"""Names under it never leave the machine (RFC 6761, 6.3); the local AWS has some of its APIs there."""
REFUSED_SOCKET = 1008
FORBIDDEN = 403


@dataclass(frozen=True, slots=True)
class Guard:
    """`origins` are other origins whose pages may ask; `checks` say more of a request that they refuse."""

    app: App
    origins: frozenset[str] = frozenset()
    checks: tuple[Check, ...] = ()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        reason = self._refuses(scope) if scope["type"] in {"http", "websocket"} else None
        if reason is None:
            await self.app(scope, receive, send)
        elif scope["type"] == "http":
            await _forbid(reason, send)
        else:
            await receive()
            await send({"type": "websocket.close", "code": REFUSED_SOCKET})

    def _refuses(self, scope: Scope) -> str | None:
        headers = headers_of(scope)
        checks = (_climbs, self._is_of_another_site, *self.checks)
        return next((reason for check in checks if (reason := check(scope, headers))), None)

    def _is_of_another_site(self, scope: Scope, headers: Headers) -> str | None:
        host = headers.get("host", "")
        if not is_local(host_name(f"//{host}")):
            return "This answers on names of this machine only."
        ours = {f"http://{host}", *self.origins}
        if "origin" in headers and headers["origin"] not in ours:
            return "This takes no requests from other sites' pages."
        if headers.get("sec-fetch-site") == "cross-site" and not _is_followed_link(scope, headers):
            return "This is not for other sites' pages to load."
        return None


def headers_of(scope: Scope) -> Headers:
    pairs: Iterable[tuple[bytes, bytes]] = scope.get("headers", ())
    return {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in pairs}


def host_name(url: str) -> str | None:
    try:
        return urlsplit(url).hostname
    except ValueError:
        return None


def is_local(host: str | None) -> bool:
    return host is not None and (host in LOOPBACK_NAMES or host.endswith(LOCAL_DOMAIN))


def _climbs(scope: Scope, _headers: Headers) -> str | None:
    """However often it is encoded: whoever passes a path on may decode it once more."""
    path = (scope.get("raw_path") or scope["path"].encode()).decode("latin-1")
    while (decoded := unquote(path)) != path:
        path = decoded
    segments = path.replace("\\", "/").split("/")
    return "A path has no dot segments." if ".." in segments else None


def _is_followed_link(scope: Scope, headers: Headers) -> bool:
    return scope.get("method") == "GET" and headers.get("sec-fetch-mode") == "navigate"


async def _forbid(reason: str, send: Send) -> None:
    """RFC 9457."""
    problem = {"type": "about:blank", "title": "Forbidden", "status": FORBIDDEN, "detail": reason}
    headers = [(b"content-type", b"application/problem+json"), (b"cache-control", b"no-store")]
    await send({"type": "http.response.start", "status": FORBIDDEN, "headers": headers})
    await send({"type": "http.response.body", "body": json.dumps(problem).encode()})
