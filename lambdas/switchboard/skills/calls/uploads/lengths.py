"""How long a recording may last: by its bytes, which have to be sent, and not by what its header claims.

WAV: RFC 2361; Ogg: RFC 3533, RFC 7845 and the Vorbis I specification; FLAC: RFC 9639; WebM: RFC 9559;
MP3: ISO 11172-3 (frame header) and the Xing header; MP4: ISO 14496-12 (`mvhd`).
"""

import struct
from collections.abc import Callable, Iterator, Mapping
from typing import Final, NamedTuple

SLOWEST: Final[Mapping[str, int]] = {
    "wav": 600,
    "mp3": 1000,
    "mp4": 590,
    "ogg": 750,
    "webm": 750,
    "flac": 1000,
    "aac": 1000,
    "amr": 300,
}
"""Bytes a second, the fewest that speech is plausibly packed into: G.723.1 in WAV (5.3 kbit/s), the lowest
bit rate of MPEG layer III and of AAC (8 kbit/s), AMR in MP4 (4.75 kbit/s) and by itself with half of it
silent, Opus at its lowest (6 kbit/s), FLAC at an eighth of telephone PCM."""
OF_ANY: Final = min(SLOWEST.values())

_EXTENSIBLE: Final = 0xFFFE
_UNCOMPRESSED: Final = frozenset({1, 3, 6, 7})
_MOST_RATE: Final = 192_000
_MOST_CHANNELS: Final = 8
_STREAMED: Final = 0xFFFF_FFFF
_OPUS_RATE: Final = 48_000
_MP3_RATES: Final = (44_100, 48_000, 32_000)
_MP3_SHIFTS: Final = {3: 0, 2: 1, 0: 2}
_WEBM_INFO: Final = 4096


class Contradiction(Exception):
    """A header that cannot be true of this file."""


class Ends(NamedTuple):
    """How a file begins and how it ends (the same bytes when it is short); `size` is the whole of it."""

    head: bytes
    tail: bytes
    size: int


class Length(NamedTuple):
    """Seconds that a recording may last at most, and those that it says it does (0 when it does not)."""

    longest: float
    claimed: float = 0.0


def length(kind: str, ends: Ends) -> Length:
    """Errors: Contradiction, when it claims what its bytes cannot hold."""
    try:
        if kind == "wav":
            return _wav(ends)
        carried = ends.size / _slowest(kind, ends.head)
        claimed = _CLAIMS[kind](ends) if kind in _CLAIMS else 0.0
    except (IndexError, struct.error, ZeroDivisionError):
        raise Contradiction from None
    if not 0 <= claimed <= carried:
        raise Contradiction
    return Length(carried, claimed)


def _slowest(kind: str, head: bytes) -> int:
    """Behind a tag of ID3 there may be anything."""
    start = _after_tag(head)
    frame = head[start : start + 2]
    is_seen = not start or (len(frame) == 2 and frame[0] == 0xFF and frame[1] & 0xE0 == 0xE0)
    return SLOWEST[kind] if is_seen else OF_ANY


def _wav(ends: Ends) -> Length:
    """Samples that are not compressed last as long as there are bytes of them, and not a byte longer."""
    chunks = dict(reversed(list(_chunks(ends.head))))
    if b"fmt " not in chunks:
        return Length(ends.size / OF_ANY)
    place, _ = chunks[b"fmt "]
    kind, channels, rate, a_second, align, bits = struct.unpack_from("<HHIIHH", ends.head, place)
    if kind == _EXTENSIBLE:
        (kind,) = struct.unpack_from("<H", ends.head, place + 24)
    start, size = chunks.get(b"data", (0, _STREAMED))
    if size != _STREAMED and start + size > ends.size:
        raise Contradiction
    if kind not in _UNCOMPRESSED:
        return Length(ends.size / SLOWEST["wav"])
    _check_format(channels=channels, rate=rate, a_second=a_second, align=align, bits=bits)
    seconds = ends.size / a_second
    return Length(seconds, seconds)


def _check_format(*, channels: int, rate: int, a_second: int, align: int, bits: int) -> None:
    if not 0 < rate <= _MOST_RATE or not 0 < channels <= _MOST_CHANNELS:
        raise Contradiction
    if align != channels * -(-bits // 8) or not align or a_second != rate * align:
        raise Contradiction


def _chunks(head: bytes) -> Iterator[tuple[bytes, tuple[int, int]]]:
    """Name, and where what is in it begins and how many bytes it says to have."""
    place = 12
    while place + 8 <= len(head):
        name, size = struct.unpack_from("<4sI", head, place)
        yield name, (place + 8, size)
        place += 8 + size + size % 2


def _ogg(ends: Ends) -> float:
    """The latest position that a page at either end claims; a page that ends no packet has none."""
    opus, vorbis = ends.head.find(b"OpusHead", 0, 512), ends.head.find(b"\x01vorbis", 0, 512)
    if opus < 0 and vorbis < 0:
        raise Contradiction
    rate = _OPUS_RATE if opus >= 0 else struct.unpack_from("<I", ends.head, vorbis + 12)[0]
    claimed: float = max(_positions(ends.head) + _positions(ends.tail)) / rate
    return claimed


def _positions(data: bytes) -> list[int]:
    """Unsigned, so that what is below zero lies far beyond any recording."""
    found, place = [0], data.find(b"OggS")
    while 0 <= place <= len(data) - 14:
        (position,) = struct.unpack_from("<Q", data, place + 6)
        found.append(0 if position == 2**64 - 1 else position)
        place = data.find(b"OggS", place + 4)
    return found


def _flac(ends: Ends) -> float:
    packed = int.from_bytes(ends.head[18:26], "big")
    return (packed & (1 << 36) - 1) / (packed >> 44)


def _mp3(ends: Ends) -> float:
    """By the count of frames that an encoder writes into the first."""
    head = ends.head
    start = _after_tag(head)
    marks = [head.find(mark, start, start + 64) for mark in (b"Xing", b"Info")]
    mark = max(marks)
    if mark < 0 or not head[mark + 7] & 1:
        return 0.0
    (header,) = struct.unpack_from(">I", head, start)
    version, index = header >> 19 & 3, header >> 10 & 3
    if version not in _MP3_SHIFTS or index == 3:
        raise Contradiction
    (frames,) = struct.unpack_from(">I", head, mark + 8)
    seconds: float = frames * (1152 if version == 3 else 576) / (_MP3_RATES[index] >> _MP3_SHIFTS[version])
    return seconds


def _after_tag(head: bytes) -> int:
    if head[:3] != b"ID3" or len(head) < 10:
        return 0
    size = 0
    for byte in head[6:10]:
        size = size << 7 | byte & 0x7F
    return size + 10


def _mp4(ends: Ends) -> float:
    return max(_movie(ends.head), _movie(ends.tail))


def _movie(data: bytes) -> float:
    place = data.find(b"mvhd") + 4
    if place < 4:
        return 0.0
    scale, claimed = struct.unpack_from(
        ">IQ" if data[place] else ">II", data, place + (20 if data[place] else 12)
    )
    seconds: float = claimed / scale
    return seconds


def _webm(ends: Ends) -> float:
    """By the header, or by when the last cluster begins: a browser's recorder writes no duration."""
    info = ends.head[:_WEBM_INFO]
    scale = _number(info, b"\x2a\xd7\xb1") or 1_000_000
    last = ends.tail.rfind(b"\x1f\x43\xb6\x75")
    cluster = _number(ends.tail[last + 4 : last + 24], b"\xe7") if last >= 0 else 0
    return max(_duration(info), cluster) * scale / 1_000_000_000


def _duration(info: bytes) -> float:
    place = info.find(b"\x44\x89")
    size = info[place + 2] & 0x7F if place >= 0 else 0
    if size not in {4, 8}:
        return 0.0
    (found,) = struct.unpack_from(">f" if size == 4 else ">d", info, place + 3)
    return float(found)


def _number(data: bytes, mark: bytes) -> int:
    """An unsigned number of EBML whose size takes one byte; 0 when it is not there."""
    place = data.find(mark)
    if place < 0:
        return 0
    start = place + len(mark)
    return int.from_bytes(data[start + 1 : start + 1 + (data[start] & 0x7F)], "big")


_CLAIMS: Final[Mapping[str, Callable[[Ends], float]]] = {
    "ogg": _ogg,
    "flac": _flac,
    "mp3": _mp3,
    "mp4": _mp4,
    "webm": _webm,
}
