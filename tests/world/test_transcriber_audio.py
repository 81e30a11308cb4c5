"""What the transcriber can tell of a file: containers made by hand, and anything else without a crash."""

from array import array
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from local.recordings import spoiled
from local.recordings.recording import wav, written
from local.world.transcriber.audio import SIGNATURES, Audio, examine
from local.world.transcriber.errors import TranscriberError
from tests.fakes.containers import (
    flac,
    long_mp4,
    mp3,
    mp4,
    opus,
    recorders_webm,
    variable_mp3,
    vorbis,
    webm,
)


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
