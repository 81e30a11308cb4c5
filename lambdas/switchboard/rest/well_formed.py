"""A body without half a surrogate pair: JSON allows it (RFC 8259, section 8.2), no store of ours does."""

import json

from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send


class WellFormed:
    """Looks at the whole body before a route sees its end."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        read = bytearray()

        async def looked_at() -> Message:
            message = await receive()
            read.extend(message.get("body", b""))
            if not message.get("more_body") and _has_half_a_pair(bytes(read)):
                raise HTTPException(422, "The body has text that is no Unicode: half a surrogate pair.")
            return message

        await self._app(scope, looked_at, send)


def _has_half_a_pair(body: bytes) -> bool:
    """What is no JSON at all is somebody else's to refuse."""
    try:
        json.dumps(json.loads(body), ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return True
    except (ValueError, RecursionError):
        return False
    return False
