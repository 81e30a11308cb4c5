"""The transcriber brings a transcript: signed over the bytes as they came, or refused."""

from base64 import b64decode
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cache
from typing import Any

from switchboard.platform.config import load
from switchboard.platform.entry_point import entry_point
from switchboard.platform.logs import logger
from switchboard.skills.calls.wiring.deps import Shows
from switchboard.skills.calls.wiring.transcription import Take, receiver


@dataclass(frozen=True)
class Config(Shows):
    transcripts_secret: str


@cache
def _take() -> Take:
    return receiver(**asdict(load(Config)))


@entry_point
def handler(event: Mapping[str, Any], _context: object) -> dict[str, Any]:
    status = _take()(_raw(event), event["headers"].get("elevenlabs-signature", ""))
    logger().info("webhook", extra={"status": status.value})
    return {"statusCode": status.value}


def _raw(event: Mapping[str, Any]) -> bytes:
    body = event.get("body") or ""
    return b64decode(body) if event.get("isBase64Encoded") else body.encode("utf-8", "surrogatepass")
