"""What can be told of audio without hearing it: whether it is any, how long it is, whether it is silent."""

import struct
from array import array
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from local.world.transcriber.containers import (
    Damaged,
    flac_seconds,
    mp3_seconds,
    mp4_seconds,
    ogg_seconds,
    webm_seconds,
)
from local.world.transcriber.errors import TranscriberError

SHORTEST, LONGEST = 0.1, 36_000.0
PCM, EXTENSIBLE = 1, 0xFFFE
QUIET = 64
STEP = 1 << 20

# The first bytes of a file, from where they are looked for.
SIGNATURES: Sequence[tuple[int, bytes, Callable[[bytes], float]]] = (
    (0, b"OggS", ogg_seconds),
    (0, b"fLaC", flac_seconds),
    (4, b"ftyp", mp4_seconds),
    (0, b"\x1a\x45\xdf\xa3", webm_seconds),
    (0, b"ID3", mp3_seconds),
    *((0, bytes((0xFF, byte)), mp3_seconds) for byte in (0xFB, 0xFA, 0xF3, 0xF2, 0xE3, 0xE2)),
)


@dataclass(frozen=True, slots=True)
class Audio:
    """`silent` is known of uncompressed audio only, and false where it is not known."""

    seconds: float
    silent: bool


def examine(audio: bytes) -> Audio:
    """Raises TranscriberError for what is no audio, and for what the provider would not take."""
    if not audio:
        raise TranscriberError("invalid_audio", "The file is empty.", param="file")
    try:
        found = described(audio)
    except (Damaged, IndexError, struct.error) as error:
        raise TranscriberError("invalid_audio", "The audio is corrupted.", param="file") from error
    if found.seconds < SHORTEST:
        raise TranscriberError(
            "audio_too_short", f"The audio is shorter than {SHORTEST} seconds.", param="file"
        )
    if not found.seconds <= LONGEST:
        raise TranscriberError("audio_too_long", "The audio is longer than 10 hours.", param="file")
    return found


def described(audio: bytes) -> Audio:
    if audio[:4] == b"RIFF" and audio[8:12] == b"WAVE":
        return wave(audio)
    for start, signature, seconds in SIGNATURES:
        if audio.startswith(signature, start):
            return Audio(seconds(audio), silent=False)
    raise TranscriberError("invalid_file_type", "The file is neither audio nor video.", param="file")


def wave(audio: bytes) -> Audio:
    """A header that promises more samples than follow is believed as far as they go, as decoders do."""
    found = dict(reversed(list(chunks(audio))))
    kind, _channels, _rate, bytes_a_second, _align, bits = struct.unpack_from(
        "<HHIIHH", found.get(b"fmt ", b"")
    )
    samples = found.get(b"data", b"")
    if not bytes_a_second or not samples:
        raise Damaged
    heard = kind in {PCM, EXTENSIBLE}
    return Audio(len(samples) / bytes_a_second, silent=heard and peak(samples, bits=bits) <= QUIET)


def chunks(audio: bytes) -> Iterator[tuple[bytes, bytes]]:
    place = 12
    while place + 8 <= len(audio):
        name, size = struct.unpack_from("<4sI", audio, place)
        yield name, audio[place + 8 : place + 8 + size]
        place += 8 + size + size % 2


def peak(samples: bytes, *, bits: int) -> float:
    """The loudest sample on a scale of 16 bits; what has other widths is taken for loud."""
    if bits == 8:
        return max(max(samples) - 128, 128 - min(samples)) * 256
    if bits != 16:
        return float("inf")
    whole = samples[: len(samples) // 2 * 2]
    pieces = [array("h", whole[place : place + STEP]) for place in range(0, len(whole), STEP)]
    highest, lowest = (max(map(max, pieces)), min(map(min, pieces))) if pieces else (0, 0)
    return max(highest, -lowest)
