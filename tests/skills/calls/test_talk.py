"""How a call was shared, in figures."""

from hypothesis import given
from hypothesis import strategies as st
from switchboard.skills.calls.analysis.talk_stats import covered_ms, shown, talk_of
from switchboard.skills.calls.domain.transcript import Transcript, Utterance, Word, transcript_of

from tests.skills.calls.examples import words


def line(speaker: str, start: int, end: int) -> Utterance:
    return Utterance(speaker, (Word(" word", start, end),))


def test_shares_speed_silence_and_interruptions_by_hand() -> None:
    spoken = [
        *words("anna", "one two three four five six seven eight nine ten", each_ms=1000),
        *words("ben", "but no", start_ms=9_500, each_ms=1000),
        *words("anna", "well", start_ms=13_500, each_ms=1000),
    ]
    talk = talk_of(transcript_of(spoken, language="eng", duration_ms=20_000))
    anna, ben = talk.shares
    assert (anna.speaker, anna.talk_ms, anna.percent, anna.words) == ("anna", 11_000, 85, 11)
    assert (ben.speaker, ben.talk_ms, ben.percent, ben.words) == ("ben", 2_000, 15, 2)
    assert (anna.words_per_minute, ben.words_per_minute) == (60, 60)
    assert (anna.interruptions, ben.interruptions) == (0, 1)
    assert (talk.silence_ms, talk.overlap_ms) == (7_500, 500)


def test_a_moments_overlap_is_no_interruption() -> None:
    made = Transcript(
        "", 100_000, [line("a", 0, 10_000), line("b", 9_900, 20_000), line("a", 19_999, 19_999)]
    )
    assert [share.interruptions for share in talk_of(made).shares] == [0, 0]


def test_nobody_interrupts_themselves() -> None:
    made = Transcript("", 100_000, [line("a", 0, 10_000), line("a", 5_000, 20_000)])
    assert [share.interruptions for share in talk_of(made).shares] == [0]


def test_a_call_in_which_nobody_speaks_has_no_shares() -> None:
    talk = talk_of(Transcript("", 5_000, []))
    assert (talk.silence_ms, list(talk.shares)) == (5_000, [])
    assert shown(talk)["duration_ms"] == 5_000


SPANS = st.lists(st.tuples(st.integers(0, 500), st.integers(0, 500)).map(lambda p: (min(p), max(p))))


@given(SPANS)
def test_what_is_covered_is_what_counting_every_millisecond_gives(spans: list[tuple[int, int]]) -> None:
    assert covered_ms(spans) == len({at for start, end in spans for at in range(start, end)})


@given(SPANS)
def test_speech_and_silence_make_the_whole(spans: list[tuple[int, int]]) -> None:
    lines = [line("ab"[n % 2], start, end) for n, (start, end) in enumerate(sorted(spans))]
    talk = talk_of(Transcript("", 500, lines))
    assert sum(share.talk_ms for share in talk.shares) - talk.overlap_ms + talk.silence_ms == 500
    assert talk.silence_ms >= 0
    assert talk.overlap_ms >= 0
