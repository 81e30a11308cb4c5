"""What a recording may be: its name, its type, its size and how it begins; and where everything is kept."""

import re
import unicodedata
from collections.abc import Mapping
from typing import Final

from switchboard.core.errors import UserFacing
from switchboard.skills.calls.domain.failure_reasons import CallFailed, Reason
from switchboard.skills.calls.limits import MOST_BYTES
from switchboard.skills.calls.uploads.lengths import Contradiction, Ends, Length, length

MOST_SECONDS: Final = 10 * 3600
LONGEST_NAME: Final = 120
END_BYTES: Final = 256 * 1024
"""At the beginning and at the end: an Ogg page has up to 64 KiB, an MP4 describes itself at either."""

TYPES: Final[Mapping[str, frozenset[str]]] = {
    "wav": frozenset({"audio/wav", "audio/x-wav", "audio/wave", "audio/vnd.wave"}),
    "mp3": frozenset({"audio/mpeg", "audio/mp3"}),
    "mp4": frozenset({"audio/mp4", "audio/x-m4a", "audio/m4a", "video/mp4", "video/quicktime"}),
    "ogg": frozenset({"audio/ogg", "audio/opus", "video/ogg"}),
    "webm": frozenset({"audio/webm", "video/webm"}),
    "flac": frozenset({"audio/flac", "audio/x-flac"}),
    "aac": frozenset({"audio/aac", "audio/aacp"}),
    "amr": frozenset({"audio/amr"}),
}
TAKEN: Final = frozenset().union(*TYPES.values())

_STRANGE: Final = re.compile(r"[^\w.()+-]+")


class BadFile(UserFacing):
    """The file was not taken; the text says why."""


def safe_name(name: str) -> str:
    """A file's name as it is kept: its last part, without what paths, headers and shells give a meaning to.

    Errors: BadFile, when nothing is left of it.
    """
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    plain = _STRANGE.sub("_", last).strip("._- ")
    stem, dot, ending = plain.rpartition(".")
    if dot and len(plain) > LONGEST_NAME:
        plain = f"{stem[: LONGEST_NAME - len(ending) - 1]}.{ending}"
    if not plain.strip("_") or len(plain) > LONGEST_NAME:
        raise BadFile("That file name cannot be used. Give it a short one of letters and digits.")
    return plain


def check(content_type: str, size: int) -> None:
    """Errors: BadFile, for what is no recording or has no size that we take."""
    if plain_type(content_type) not in TAKEN:
        raise BadFile(f"{Reason.WRONG_TYPE.sentence} Send one of: {', '.join(sorted(TYPES))}.")
    if size <= 0:
        raise BadFile(Reason.EMPTY_FILE.sentence)
    if size > MOST_BYTES:
        raise BadFile(f"{Reason.TOO_LARGE.sentence} At most {MOST_BYTES // 1_000_000} MB.")


def plain_type(content_type: str) -> str:
    return content_type.partition(";")[0].strip().lower()


def inspect(ends: Ends) -> Length:
    """What arrived, before anybody is paid for listening to it. Errors: CallFailed."""
    if ends.size == 0:
        raise CallFailed(Reason.EMPTY_FILE)
    if ends.size > MOST_BYTES:
        raise CallFailed(Reason.TOO_LARGE)
    kind = sniff(ends.head)
    if kind is None:
        raise CallFailed(Reason.WRONG_TYPE)
    try:
        found = length(kind, ends)
    except Contradiction:
        raise CallFailed(Reason.BAD_AUDIO) from None
    if found.claimed > MOST_SECONDS:
        raise CallFailed(Reason.TOO_LONG)
    return found


def sniff(head: bytes) -> str | None:
    if head[:4] == b"RIFF" and head[8:12] == b"WAVE":
        return "wav"
    if head[4:8] == b"ftyp":
        return "mp4"
    starts = {
        b"ID3": "mp3",
        b"OggS": "ogg",
        b"\x1aE\xdf\xa3": "webm",
        b"fLaC": "flac",
        b"#!AMR": "amr",
    }
    kinds = (kind for start, kind in starts.items() if head.startswith(start))
    return next(kinds, None) or _mpeg_frame(head)


def _mpeg_frame(head: bytes) -> str | None:
    """MPEG audio without a tag begins with eleven set bits; the layer tells AAC from MP3."""
    if len(head) < 2 or head[0] != 0xFF or head[1] & 0xE0 != 0xE0:
        return None
    return "aac" if head[1] & 0x06 == 0 else "mp3"


def upload_prefix(call: str) -> str:
    return f"uploads/{call}/"


def upload_key(call: str, file_name: str) -> str:
    return f"{upload_prefix(call)}{file_name}"


def transcript_key(call: str) -> str:
    return f"transcripts/{call}/transcript.json"


def analysis_key(call: str, analysis: str) -> str:
    return f"analyses/{call}/{analysis}.json"


def answer_key(call: str, analysis: str, number: int) -> str:
    """One answer on the way to an analysis."""
    return f"analyses/{call}/{analysis}/{number}.json"


def prefixes(call: str) -> tuple[str, ...]:
    """Everything that is kept of a call."""
    return upload_prefix(call), f"transcripts/{call}/", f"analyses/{call}/"
