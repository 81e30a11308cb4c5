"""The frames of the web chat: what a page may say, checked, and what it is told.

A page's frame is never trusted: its size, shape and every value are bounded here, and what is
wrong with it comes back as a code.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from switchboard.core.people.sockets import Frame
from switchboard.core.well_formed import read_json

FRAME_BYTES = 16_000
TEXT_CHARS = 4_000
MSGID = re.compile(r"[A-Za-z0-9_-]{1,64}")


class BadFrame(Exception):
    """A frame that cannot be taken; `code` is for programs, the text for people."""

    def __init__(self, code: str, message: str, msgid: str | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.msgid = msgid


@dataclass(frozen=True, slots=True)
class Prompt:
    msgid: str
    text: str


@dataclass(frozen=True, slots=True)
class Resume:
    msgid: str
    after: int


@dataclass(frozen=True, slots=True)
class Stop:
    msgid: str


@dataclass(frozen=True, slots=True)
class Ping:
    pass


def parse(body: str) -> Prompt | Resume | Stop | Ping:
    """Errors: BadFrame with code too_large, not_json, bad_frame, unknown_action or bad_payload."""
    if len(body.encode(errors="replace")) > FRAME_BYTES:
        raise BadFrame("too_large", f"A frame may have {FRAME_BYTES:,} bytes.")
    frame = _object(body)
    action = frame.get("action")
    if action == "ping":
        return Ping()
    read = _READERS.get(str(action))
    if read is None:
        raise BadFrame("unknown_action", "Known actions are sendprompt, resume, stop and ping.")
    payload = frame.get("payload")
    if not isinstance(payload, dict):
        raise BadFrame("bad_payload", "The payload must be an object.")
    return read(payload, _msgid(payload))


def _object(body: str) -> Frame:
    try:
        frame = read_json(body)
    except (ValueError, RecursionError) as error:
        raise BadFrame("not_json", "A frame is one JSON object.") from error
    if not isinstance(frame, dict):
        raise BadFrame("bad_frame", "A frame is one JSON object.")
    return frame


def _msgid(payload: Frame) -> str:
    msgid = payload.get("msgid")
    if not isinstance(msgid, str) or not MSGID.fullmatch(msgid):
        raise BadFrame("bad_payload", "msgid must be 1 to 64 letters, digits, dashes or underscores.")
    return msgid


def _prompt(payload: Frame, msgid: str) -> Prompt:
    text = payload.get("text")
    if not isinstance(text, str) or not text.strip():
        raise BadFrame("bad_payload", "text must be a string that says something.", msgid)
    if len(text) > TEXT_CHARS:
        raise BadFrame("too_large", f"A prompt may have {TEXT_CHARS:,} characters.", msgid)
    return Prompt(msgid, text)


def _resume(payload: Frame, msgid: str) -> Resume:
    after = payload.get("after")
    if type(after) is not int or not 0 <= after <= 1_000_000:
        raise BadFrame("bad_payload", "after must be the number of the last frame you have, or 0.", msgid)
    return Resume(msgid, after)


def _stop(_payload: Frame, msgid: str) -> Stop:
    return Stop(msgid)


_READERS: dict[str, Callable[[Frame, str], Prompt | Resume | Stop]] = {
    "sendprompt": _prompt,
    "resume": _resume,
    "stop": _stop,
}


def error_frame(error: BadFrame) -> Frame:
    return {"type": "error", "msgid": error.msgid, "code": error.code, "message": str(error)}
