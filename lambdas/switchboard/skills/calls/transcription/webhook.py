"""The transcriber's webhook: signed over its raw bytes, as ElevenLabs signs (t=seconds, v0=HMAC-SHA256).

https://elevenlabs.io/docs/product-guides/administration/webhooks
"""

import hmac
import re
from collections.abc import Mapping
from hashlib import sha256
from typing import Any, Final, NamedTuple

from switchboard.core.errors import Permanent
from switchboard.core.well_formed import read_json
from switchboard.skills.calls.domain.failure_reasons import Reason

OLDEST_SECONDS: Final = 30 * 60
FUTURE_SECONDS: Final = 5 * 60
MOST_SIGNATURES: Final = 5
_ID: Final = re.compile(r"[0-9A-Za-z_-]{1,64}")


class Forged(Permanent):
    """Not signed by whom it should be, or too long ago to be believed."""


class Garbled(Permanent):
    """Signed well, and still nothing that we know."""


class Delivery(NamedTuple):
    """What a webhook brings for a call: the transcriber's result, or why there is none.

    `jobs` are the names that the transcriber gives the work; the last of them is the transcript's own.
    """

    call: str
    jobs: tuple[str, ...]
    result: Mapping[str, Any] | None
    reason: Reason | None = None

    @property
    def job(self) -> str:
        return self.jobs[-1] if self.jobs else ""


def verify(raw: bytes, header: str, *, secret: str, now: float) -> None:
    """`now` is in Unix seconds. Errors: Forged."""
    stamp, signatures = _parts(header)
    if not secret or not stamp.isascii() or not stamp.isdecimal() or len(stamp) > 12:
        raise Forged("the webhook is not signed")
    expected = hmac.new(secret.encode(), stamp.encode() + b"." + raw, sha256).hexdigest()
    matches = [_same(expected, each) for each in signatures[:MOST_SIGNATURES]]
    if not any(matches):
        raise Forged("the webhook's signature is wrong")
    if not -FUTURE_SECONDS <= now - int(stamp) <= OLDEST_SECONDS:
        raise Forged("the webhook is too old")


def _same(expected: str, given: str) -> bool:
    """In constant time."""
    return hmac.compare_digest(expected.encode(), given.encode("utf-8", "surrogatepass"))


def sign(raw: bytes, *, secret: str, now: int) -> str:
    """The header that `verify` takes."""
    made = hmac.new(secret.encode(), f"{now}.".encode() + raw, sha256).hexdigest()
    return f"t={now},v0={made}"


def parse(raw: bytes) -> Delivery:
    """Of a body that is verified. Errors: Garbled."""
    try:
        data = read_json(raw)["data"]
        call = _metadata(data.get("webhook_metadata"))["call"]
        transcription = data.get("transcription")
        jobs = (*_names(data), *_names(transcription or {}))
    except (AttributeError, KeyError, TypeError, ValueError, RecursionError):
        raise Garbled("the webhook is of no call") from None
    if not isinstance(call, str) or not _ID.fullmatch(call):
        raise Garbled("the webhook is of no call")
    if isinstance(transcription, dict) and "words" in transcription:
        return Delivery(call, jobs, transcription)
    return Delivery(call, jobs, None, Reason.BAD_AUDIO)


def _names(of: Mapping[str, Any]) -> list[str]:
    return [str(of[name]) for name in ("request_id", "transcription_id") if of.get(name)]


def _metadata(given: object) -> Mapping[str, Any]:
    """It comes back as it was sent: an object, or JSON text of one."""
    found = read_json(given) if isinstance(given, str) else given
    if not isinstance(found, dict):
        raise TypeError("metadata must be an object")
    return found


def _parts(header: str) -> tuple[str, list[str]]:
    pairs = [part.strip().partition("=") for part in header.split(",")]
    stamps = [value for name, _, value in pairs if name == "t"]
    return (stamps[0] if stamps else ""), [value for name, _, value in pairs if name == "v0"]
