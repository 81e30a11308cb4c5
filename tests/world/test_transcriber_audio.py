"""What the transcriber can tell of a file: containers made by hand, and anything else without a crash."""

import struct
from array import array
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from local.recordings import spoiled
from local.recordings.recording import wav, written
from local.world.transcriber.audio import SIGNATURES, Audio, examine
from local.world.transcriber.errors import TranscriberError


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


@pytest.mark.parametrize(
    "made",
    [flac, opus, vorbis, mp3, variable_mp3, mp4, long_mp4, webm, recorders_webm],
    ids=lambda m: m.__name__,
)
def test_a_container_tells_how_long_it_is(made: Callable[[int], bytes]) -> None:
    found = examine(made(90))
    assert found.seconds == pytest.approx(90, abs=0.05)
    assert not found.silent


@given(st.integers(8_000, 48_000), st.floats(0.2, 3))
def test_a_wav_lasts_as_long_as_its_samples(rate: int, seconds: float) -> None:
    samples = array("h", [1000] * round(rate * seconds))
    assert examine(wav(samples, rate=rate)).seconds == pytest.approx(len(samples) / rate)


def test_a_header_that_promises_more_than_follows_is_believed_as_far_as_it_goes() -> None:
    whole = spoiled.silence(seconds=4)
    assert examine(whole[: len(whole) // 2]).seconds == pytest.approx(2, abs=0.01)


def test_silence_is_known_from_a_whisper() -> None:
    assert examine(spoiled.silence()) == Audio(3.0, silent=True)
    assert examine(written(bytes([128]) * 8000, rate=8000, width=1)).silent
    assert not examine(wav(array("h", [0, 0, -400, 0] * 4000))).silent
    assert not examine(written(bytes([128, 140]) * 4000, rate=8000, width=1)).silent
    assert not examine(written(bytes(24_000), rate=8000, width=3)).silent


def test_the_limits_of_the_provider_hold() -> None:
    assert examine(spoiled.too_long(hours=10)).seconds == 36_000
    with pytest.raises(TranscriberError, match="10 hours"):
        examine(spoiled.too_long())


HEADS = [bytes(start) + signature for start, signature, _ in SIGNATURES] + [b"RIFF\xff\xff\xff\xffWAVEfmt "]
VERDICTS = {"taken", "invalid_audio", "invalid_file_type", "audio_too_short", "audio_too_long"}


def verdict(audio: bytes) -> str:
    try:
        found = examine(audio)
    except TranscriberError as refused:
        return refused.code
    return "taken" if 0.1 <= found.seconds <= 36_000 else "taken, and should not be"


@given(st.sampled_from([b"", *HEADS]), st.binary(max_size=300))
def test_any_bytes_are_either_audio_within_the_limits_or_refused(head: bytes, rest: bytes) -> None:
    assert verdict(head + rest) in VERDICTS


@pytest.mark.parametrize("made", [flac, opus, mp3, mp4, webm], ids=lambda m: m.__name__)
@given(st.integers(0, 300))
def test_a_container_cut_anywhere_does_not_crash(made: Callable[[int], bytes], size: int) -> None:
    assert verdict(made(90)[:size]) in VERDICTS
