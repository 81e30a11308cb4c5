"""Files that are no call: each ends a transcription in its own way."""

from array import array

from local.recordings.espeak import RATE
from local.recordings.recording import wav, written

HOUR = 3600


def silence(*, seconds: float = 3.0) -> bytes:
    return wav(array("h", bytes(2 * round(seconds * RATE))))


def nothing() -> bytes:
    return b""


def not_audio() -> bytes:
    """What somebody uploads as call.wav by mistake."""
    return b"Minutes of the meeting: nobody pressed record.\n"


def cut_short() -> bytes:
    """The header arrived and the sound did not."""
    return silence()[:44]


def too_short() -> bytes:
    return silence(seconds=0.05)


def too_long(*, hours: int = 11) -> bytes:
    """Truly that long, of one sample a second, so that it stays small."""
    return written(b"\x50" * (hours * HOUR), rate=1, width=1)
