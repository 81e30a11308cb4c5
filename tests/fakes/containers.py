"""Recordings in containers made by hand, each of which says how many seconds it lasts."""

import struct


def flac(seconds: int) -> bytes:
    packed = 16_000 << 44 | 15 << 36 | seconds * 16_000
    return b"fLaC" + bytes(14) + packed.to_bytes(8, "big") + bytes(16)


def ogg_page(granule: int, body: bytes) -> bytes:
    return b"OggS\x00\x00" + struct.pack("<q", granule) + bytes(13) + bytes([len(body)]) + body


def opus(seconds: int) -> bytes:
    head = b"OpusHead\x01\x01" + struct.pack("<H", 24_000) + bytes(7)
    return ogg_page(0, head) + ogg_page(seconds * 48_000 + 24_000, b"sound")


def vorbis(seconds: int) -> bytes:
    head = b"\x01vorbis" + bytes(4) + b"\x01" + struct.pack("<I", 44_100) + bytes(14)
    return ogg_page(0, head) + ogg_page(seconds * 44_100, b"sound")


def mp3(seconds: int) -> bytes:
    """128 kbit/s at 44.1 kHz, after a tag of 200 bytes."""
    return b"ID3\x04\x00\x00\x00\x00\x01\x48" + bytes(200) + b"\xff\xfb\x90\x00" + bytes(seconds * 16_000 - 4)


def variable_mp3(seconds: float) -> bytes:
    frames = round(seconds * 44_100 / 1152)
    return b"\xff\xfb\x90\x00" + bytes(32) + b"Xing" + struct.pack(">II", 1, frames) + bytes(5000)


def box(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I4s", len(body) + 8, name) + body


def mp4(seconds: int) -> bytes:
    header = bytes(12) + struct.pack(">II", 1000, seconds * 1000) + bytes(80)
    return box(b"ftyp", b"M4A ") + box(b"mdat", bytes(50)) + box(b"moov", box(b"mvhd", header))


def long_mp4(seconds: int) -> bytes:
    header = b"\x01" + bytes(19) + struct.pack(">IQ", 1000, seconds * 1000) + bytes(80)
    return box(b"ftyp", b"M4A ") + box(b"moov", box(b"mvhd", header))


def webm(seconds: int) -> bytes:
    length = b"\x44\x89\x88" + struct.pack(">d", seconds * 1000)
    return b"\x1a\x45\xdf\xa3" + bytes(20) + b"\x2a\xd7\xb1\x83\x0f\x42\x40" + length + bytes(50)


def recorders_webm(seconds: int) -> bytes:
    """As a browser's recorder writes it: no duration, clusters of unknown size."""
    at = (0, seconds * 1000)
    clusters = (b"\x1f\x43\xb6\x75\x01" + b"\xff" * 7 + b"\xe7\x84" + struct.pack(">I", each) for each in at)
    return b"\x1a\x45\xdf\xa3" + bytes(20) + b"\x2a\xd7\xb1\x83\x0f\x42\x40" + b"".join(clusters) + bytes(50)


def pcm(
    seconds: float,
    *,
    channels: int = 1,
    rate: int = 16_000,
    a_second: int | None = None,
    data: int | None = None,
) -> bytes:
    """WAV of 16 bits; its header may say something else of the bytes a second, and of how many there are."""
    align = 2 * channels
    samples = bytes(align * round(seconds * rate))
    form = struct.pack(
        "<HHIIHH", 1, channels, rate, rate * align if a_second is None else a_second, align, 16
    )
    size = struct.pack("<I", len(samples) if data is None else data)
    body = b"WAVEfmt " + struct.pack("<I", len(form)) + form + b"data" + size + samples
    return b"RIFF" + struct.pack("<I", len(body)) + body
