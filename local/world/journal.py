"""What the world was asked, in order: the last thousand requests, without anything that is a secret."""

import json
import re
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime

from starlette.requests import Request

KEPT_ENTRIES = 1000
KEPT_BODY = 64 * 1024
SECRET = re.compile(r"auth|token|cookie|key|secret|signature|credential|password", re.IGNORECASE)


@dataclass(slots=True)
class Entry:
    n: int
    at: str
    service: str
    method: str
    path: str
    headers: Mapping[str, str]
    body: object
    outcome: dict[str, object] = field(default_factory=dict)


class Journal:
    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._entries: deque[Entry] = deque(maxlen=KEPT_ENTRIES)
        self._count = 0

    def record(self, request: Request, *, service: str, body: object) -> Entry:
        self._count += 1
        entry = Entry(
            n=self._count,
            at=self._now().isoformat(),
            service=service,
            method=request.method,
            path=request.url.path,
            headers=without_secrets(request.headers),
            body=body,
        )
        self._entries.append(entry)
        return entry

    def after(self, n: int, *, service: str | None = None) -> list[dict[str, object]]:
        return [asdict(e) for e in self._entries if e.n > n and service in {None, e.service}]


def without_secrets(headers: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in headers.items() if not SECRET.search(name)}


def readable(body: bytes) -> object:
    if len(body) > KEPT_BODY:
        return f"({len(body)} bytes, too long to keep)"
    try:
        return json.loads(body) if body else None
    except (ValueError, RecursionError):
        return body.decode(errors="replace")
