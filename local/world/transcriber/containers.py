"""How long compressed recordings are, as their own headers say; each function raises Damaged."""

import struct
from collections.abc import Iterator

LAST_PAGE_WITHIN = 128 * 1024
OPUS_RATE = 48_000
MP3_KBPS = {
    1: (32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    2: (8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
}
MP3_RATES = (44_100, 48_000, 32_000)
CLUSTER, TIMESTAMP, DURATION, SCALE = b"\x1f\x43\xb6\x75", b"\xe7", b"\x44\x89", b"\x2a\xd7\xb1"
NANOSECONDS = 1_000_000_000


class Damaged(Exception):
    """The header promises what is not there."""


def flac_seconds(audio: bytes) -> float:
    packed = int.from_bytes(audio[18:26], "big")
    rate, samples = packed >> 44, packed & (1 << 36) - 1
    if len(audio) < 42 or not rate:
        raise Damaged
    return samples / rate


def ogg_seconds(audio: bytes) -> float:
    last = audio.rfind(b"OggS", max(0, len(audio) - LAST_PAGE_WITHIN))
    opus, vorbis = audio.find(b"OpusHead", 0, 512), audio.find(b"\x01vorbis", 0, 512)
    if last < 0 or len(audio) < last + 14 or (opus < 0 and vorbis < 0):
        raise Damaged
    granule = int.from_bytes(audio[last + 6 : last + 14], "little", signed=True)
    if opus >= 0:
        return (granule - int.from_bytes(audio[opus + 10 : opus + 12], "little")) / OPUS_RATE
    rate = int.from_bytes(audio[vorbis + 12 : vorbis + 16], "little")
    return granule / rate if rate else 0.0


def mp3_seconds(audio: bytes) -> float:
    """Of a constant bit rate, or with the frame count that encoders write into the first frame."""
    start = after_tag(audio)
    header = int.from_bytes(audio[start : start + 4], "big")
    version, rate_index, bit_index = header >> 19 & 3, header >> 10 & 3, header >> 12 & 15
    if (
        header >> 21 != 0x7FF
        or header >> 17 & 3 != 1
        or version == 1
        or rate_index == 3
        or bit_index in {0, 15}
    ):
        raise Damaged
    rate = MP3_RATES[rate_index] >> {3: 0, 2: 1, 0: 2}[version]
    samples = 1152 if version == 3 else 576
    for mark in (b"Xing", b"Info"):
        place = audio.find(mark, start, start + 64)
        if place >= 0 and audio[place + 7] & 1:
            return int.from_bytes(audio[place + 8 : place + 12], "big") * samples / rate
    kbps = MP3_KBPS[1 if version == 3 else 2][bit_index - 1]
    return (len(audio) - start) / (kbps * 125)


def after_tag(audio: bytes) -> int:
    if audio[:3] != b"ID3" or len(audio) < 10:
        return 0
    size = 0
    for byte in audio[6:10]:
        size = size << 7 | byte & 0x7F
    return size + 10


def mp4_seconds(audio: bytes) -> float:
    movie = next((body for name, body in boxes(audio) if name == b"moov"), b"")
    header = next((body for name, body in boxes(movie) if name == b"mvhd"), b"")
    if len(header) < 32:
        raise Damaged
    scale, length = (
        struct.unpack_from(">IQ", header, 20) if header[0] else struct.unpack_from(">II", header, 12)
    )
    if not scale:
        raise Damaged
    return float(length / scale)


def boxes(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    place = 0
    while place + 8 <= len(data):
        size, name = struct.unpack_from(">I4s", data, place)
        if size < 8:
            return
        yield name, data[place + 8 : place + size]
        place += size


def webm_seconds(audio: bytes) -> float:
    """As the header says; a browser's recorder does not say it, then as far as the last cluster begins."""
    head = audio[:4096]
    scale = element(head, SCALE) or 1_000_000
    place = head.find(DURATION)
    if place >= 0:
        size = head[place + 2] & 0x7F
        (length,) = struct.unpack(">f" if size == 4 else ">d", head[place + 3 : place + 3 + size])
        return float(length) * scale / NANOSECONDS
    last = audio.rfind(CLUSTER)
    if last < 0:
        raise Damaged
    body = last + len(CLUSTER) + 9 - audio[last + len(CLUSTER)].bit_length()
    if audio[body : body + 1] != TIMESTAMP:
        raise Damaged
    return (element(audio[body : body + 10], TIMESTAMP) or 0) * scale / NANOSECONDS


def element(data: bytes, mark: bytes) -> int | None:
    """An unsigned number of EBML whose size takes one byte."""
    place = data.find(mark)
    if place < 0:
        return None
    start = place + len(mark)
    return int.from_bytes(data[start + 1 : start + 1 + (data[start] & 0x7F)], "big")
