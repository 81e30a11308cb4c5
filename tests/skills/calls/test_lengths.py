"""How long a recording may last is told by its bytes, and a header that says more is refused."""

import struct
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from switchboard.skills.calls.analysis.costs import longest_ms
from switchboard.skills.calls.domain.failure_reasons import CallFailed, Reason
from switchboard.skills.calls.domain.files import END_BYTES, MOST_SECONDS, inspect, sniff
from switchboard.skills.calls.uploads.lengths import OF_ANY, SLOWEST, Contradiction, Ends, Length, length

from local.world.transcriber.audio import examine
from local.world.transcriber.errors import TranscriberError
from tests.fakes import containers
from tests.fakes.containers import (
    flac,
    long_mp4,
    mp3,
    mp4,
    opus,
    pcm,
    recorders_webm,
    variable_mp3,
    vorbis,
    webm,
)

HOURS = 10 * 3600
CLAIMING = [flac, opus, vorbis, variable_mp3, mp4, long_mp4, webm, recorders_webm]
PLAUSIBLE = 4_000
"""Bytes a second: 32 kbit/s."""


def ends(content: bytes) -> Ends:
    return Ends(content[:END_BYTES], content[-END_BYTES:], len(content))


def measured(content: bytes) -> Length:
    kind = sniff(content)
    assert kind
    return length(kind, ends(content))


def full(content: bytes, seconds: int) -> bytes:
    """With as many bytes as speech of that length has; in Ogg the last page comes last."""
    sound = bytes(seconds * PLAUSIBLE)
    place = content.rfind(b"OggS") if content.startswith(b"OggS") else len(content)
    return content[:place] + sound + content[place:]


@pytest.mark.parametrize("made", CLAIMING, ids=lambda made: made.__name__)
def test_a_few_bytes_that_claim_ten_hours_are_refused_and_nobody_is_paid(
    made: Callable[[int], bytes],
) -> None:
    with pytest.raises(CallFailed) as refused:
        inspect(ends(made(HOURS)))
    assert refused.value.reason is Reason.BAD_AUDIO


def test_the_ogg_of_seventy_six_bytes_is_one_of_them() -> None:
    """As it was sent: the smallest header of Opus and one page, which says ten hours."""
    head = b"OpusHead\x01\x01\x00\x00" + bytes(6)
    small = containers.ogg_page(0, head)[:46] + containers.ogg_page(HOURS * 48_000, b"so")
    assert len(small) == 76
    assert examine(small).seconds == HOURS
    with pytest.raises(CallFailed, match="BAD_AUDIO"):
        inspect(ends(small))


@pytest.mark.parametrize("made", CLAIMING, ids=lambda made: made.__name__)
def test_a_recording_that_has_the_bytes_for_what_it_says_is_taken(made: Callable[[int], bytes]) -> None:
    found = measured(full(made(60), 60))
    assert found.longest >= 60
    assert found.claimed == pytest.approx(60, abs=1)


@pytest.mark.parametrize(
    "made",
    [
        pcm(1, a_second=2**31),
        pcm(1, a_second=1),
        pcm(1, data=10**6),
        pcm(1, rate=300_000),
        pcm(1, channels=9),
        pcm(0.1, rate=1, channels=0),
    ],
    ids=["huge rate", "tiny rate", "more data than file", "no such rate", "no such channels", "none"],
)
def test_a_wav_that_contradicts_itself_is_refused(made: bytes) -> None:
    with pytest.raises(CallFailed, match="BAD_AUDIO"):
        inspect(ends(made))


def test_a_wav_lasts_as_long_as_its_bytes_whatever_its_chunks_say() -> None:
    whole = pcm(60)
    for said in (whole, pcm(60, data=100), pcm(60, data=0xFFFF_FFFF)):
        assert measured(said).longest == pytest.approx(60, abs=0.01)


def test_what_a_wav_packs_is_taken_for_the_tightest() -> None:
    packed = pcm(60).replace(struct.pack("<HH", 1, 1), struct.pack("<HH", 0x31, 1), 1)
    assert measured(packed).longest == len(packed) / SLOWEST["wav"]
    late = b"RIFF\0\0\0\0WAVEJUNK" + struct.pack("<I", END_BYTES) + bytes(END_BYTES) + pcm(1)[12:]
    assert measured(late).longest == len(late) / OF_ANY


def test_behind_a_tag_there_may_be_anything() -> None:
    assert measured(mp3(60)).longest == len(mp3(60)) / SLOWEST["mp3"]
    other = b"ID3\x04\x00\x00\x00\x00\x01\x48" + bytes(200) + opus(60)
    assert measured(other).longest == len(other) / OF_ANY


def test_what_says_that_it_lasts_longer_than_is_taken_is_told_so() -> None:
    much = ends(full(opus(60), 60))._replace(size=10**9)
    late = much._replace(tail=containers.ogg_page((MOST_SECONDS + 60) * 48_000, b"x"))
    with pytest.raises(CallFailed, match="TOO_LONG"):
        inspect(late)


@pytest.mark.parametrize("kind", SLOWEST)
@given(head=st.binary(max_size=400), tail=st.binary(max_size=400), size=st.integers(1, 10**9))
def test_no_file_breaks_the_measure_or_lasts_longer_than_its_bytes(
    kind: str, head: bytes, tail: bytes, size: int
) -> None:
    try:
        found = length(kind, Ends(head, tail, size))
    except Contradiction:
        return
    assert 0 <= found.claimed <= found.longest or kind == "wav"


@given(
    st.sampled_from([*CLAIMING, mp3, pcm]),
    st.integers(1, HOURS),
    st.lists(st.tuples(st.integers(0, 400), st.integers(0, 255)), max_size=4),
)
def test_no_transcriber_that_believes_headers_hears_more_than_is_set_aside(
    made: Callable[[int], bytes], seconds: int, spoiled: list[tuple[int, int]]
) -> None:
    """The world's transcriber bills by what a header says: against it, whatever some bytes are changed to."""
    content = bytearray(made(seconds if made in CLAIMING else seconds % 20 + 1))
    for place, byte in spoiled:
        content[place % len(content)] = byte
    try:
        heard = examine(bytes(content)).seconds
        longest = inspect(ends(bytes(content))).longest
    except (TranscriberError, CallFailed):
        return
    assert round(heard * 1000) <= longest_ms(longest)
