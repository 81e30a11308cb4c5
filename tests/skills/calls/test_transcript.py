"""Words become lines, whoever transcribed them."""

import json
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from switchboard.skills.calls.domain import transcript as rules
from switchboard.skills.calls.domain.failure_reasons import CallFailed, Reason
from switchboard.skills.calls.domain.transcript import (
    Spoken,
    Utterance,
    Word,
    packed,
    transcript_of,
    unpacked,
)
from switchboard.skills.calls.transcription.results import read

from tests.skills.calls.examples import elevenlabs, transcript, words

AMAZON = {
    "jobName": "j",
    "results": {
        "language_code": "en-US",
        "transcripts": [{"transcript": "Hello, Ada. Hi!"}],
        "items": [
            {
                "type": "pronunciation",
                "start_time": "0.1",
                "end_time": "0.5",
                "speaker_label": "spk_0",
                "alternatives": [{"confidence": "0.9", "content": "Hello"}],
            },
            {"type": "punctuation", "alternatives": [{"confidence": "0.0", "content": ","}]},
            {
                "type": "pronunciation",
                "start_time": "0.6",
                "end_time": "0.9",
                "speaker_label": "spk_0",
                "alternatives": [{"confidence": "0.9", "content": "Ada"}],
            },
            {"type": "punctuation", "alternatives": [{"confidence": "0.0", "content": "."}]},
            {
                "type": "pronunciation",
                "start_time": "1.0",
                "end_time": "1.2",
                "speaker_label": "spk_1",
                "alternatives": [{"confidence": "0.9", "content": "Hi"}],
            },
            {"type": "punctuation", "alternatives": [{"confidence": "0.0", "content": "!"}]},
        ],
    },
}
ELEVEN = {
    "language_code": "eng",
    "text": "Hello, Ada. (laughs) Hi!",
    "audio_duration_secs": 2.5,
    "words": [
        {"text": "Hello,", "start": 0.1, "end": 0.5, "type": "word", "speaker_id": "speaker_0"},
        {"text": " ", "start": 0.5, "end": 0.6, "type": "spacing", "speaker_id": "speaker_0"},
        {"text": "Ada.", "start": 0.6, "end": 0.9, "type": "word", "speaker_id": "speaker_0"},
        {"text": "(laughs)", "start": 0.9, "end": 1.0, "type": "audio_event", "speaker_id": "speaker_1"},
        {"text": " ", "start": 1.0, "end": 1.0, "type": "spacing", "speaker_id": "speaker_1"},
        {"text": "Hi!", "start": 1.0, "end": 1.2, "type": "word", "speaker_id": "speaker_1"},
    ],
}


def test_elevenlabs_words_become_lines_by_speaker() -> None:
    read_in = read(ELEVEN)
    assert [(line.speaker, line.text) for line in read_in.lines] == [
        ("speaker_0", "Hello, Ada."),
        ("speaker_1", "(laughs) Hi!"),
    ]
    assert (read_in.language, read_in.duration_ms, read_in.word_count) == ("eng", 2500, 3)
    assert (read_in.lines[0].start_ms, read_in.lines[0].end_ms) == (100, 900)


def test_amazon_words_become_the_same_lines() -> None:
    read_in = read(AMAZON)
    assert [(line.speaker, line.text) for line in read_in.lines] == [
        ("spk_0", "Hello, Ada."),
        ("spk_1", "Hi!"),
    ]
    assert (read_in.language, read_in.duration_ms, read_in.word_count) == ("en-US", 1200, 3)


def test_words_that_are_written_without_spaces_stay_so() -> None:
    spoken = [{"text": text, "start": n, "end": n + 0.5, "type": "word"} for n, text in enumerate("你好吗")]
    assert read({"words": spoken}).lines[0].text == "你好吗"


@pytest.mark.parametrize("kind", ["audio_event", "spacing"])
def test_where_nobody_speaks_there_are_no_words(kind: str) -> None:
    noise = {"text": "(music)", "start": 0, "end": 1, "type": kind, "speaker_id": "speaker_0"}
    assert read({"words": [noise], "audio_duration_secs": 3}).word_count == 0
    assert read({"words": [], "audio_duration_secs": 3}).heard.words == 0


BROKEN: list[Mapping[str, Any]] = [
    {},
    {"words": None},
    {"words": [{}]},
    {"words": [{"text": "x", "start": "soon", "end": 1, "type": "word"}]},
    {"words": [{"text": "x", "start": -1, "end": 1, "type": "word"}]},
    {"words": [{"text": "x", "start": float("nan"), "end": 1, "type": "word"}]},
    {"words": ["x"]},
    {"results": None},
    {"results": {"items": [{"type": "pronunciation", "alternatives": []}]}},
]


@pytest.mark.parametrize("result", BROKEN)
def test_what_is_no_transcript_fails_with_a_reason(result: Mapping[str, Any]) -> None:
    with pytest.raises(CallFailed) as failed:
        read(result)
    assert failed.value.reason is Reason.UNREADABLE_TRANSCRIPT


def test_a_line_ends_after_a_pause() -> None:
    spoken = [*words("a", "one two"), *words("a", "three", start_ms=600 + rules.PAUSE_MS + 1)]
    assert [line.text for line in transcript_of(spoken, language="", duration_ms=0).lines] == [
        "one two",
        "three",
    ]


def test_a_monologue_is_cut_into_lines_that_can_be_cited() -> None:
    made = transcript_of(words("a", "so " * 1000, each_ms=200), language="", duration_ms=0)
    assert {len(line.words) for line in made.lines} == {rules.MOST_WORDS, 1000 % rules.MOST_WORDS}


def test_a_long_stretch_ends_with_a_sentence_where_it_can() -> None:
    made = transcript_of(words("a", ("so " * 39 + "done. ") * 3), language="", duration_ms=0)
    assert [len(line.words) for line in made.lines] == [40, 40, 40]


SPOKEN = st.builds(
    Spoken,
    st.sampled_from(["a", "b"]),
    st.builds(
        Word,
        st.text("abc .\u3042", min_size=1, max_size=80).map(lambda text: f" {text}"),
        st.integers(0, 50_000),
        st.integers(50_000, 60_000),
    ),
)


@given(st.lists(SPOKEN, max_size=300))
def test_no_line_is_long_and_no_word_is_lost(spoken: list[Spoken]) -> None:
    made = transcript_of(spoken, language="eng", duration_ms=0)
    kept = [word for line in made.lines for word in line.words if word.text.strip()]
    assert sorted(kept) == sorted(each.word for each in spoken if each.word.text.strip())
    assert all(len(line.words) <= rules.MOST_WORDS for line in made.lines)
    assert all(sum(len(word.text) for word in line.words) <= rules.MOST_CHARS for line in made.lines)
    assert [line.start_ms for line in made.lines] == sorted(line.start_ms for line in made.lines)


@given(st.lists(SPOKEN, max_size=50))
def test_a_transcript_survives_being_stored(spoken: list[Spoken]) -> None:
    made = transcript_of(spoken, language="eng", duration_ms=70_000)
    assert unpacked(packed(made)) == made


def test_what_is_stored_can_be_read_without_us() -> None:
    shown = json.loads(packed(transcript("anna: Hello there.")))
    assert shown["lines"][0] == {
        "line": 0,
        "speaker": "anna",
        "start_ms": 0,
        "end_ms": 600,
        "text": "Hello there.",
        "words": [[" Hello", 0, 300, 1], [" there.", 300, 600, 1]],
    }


def test_a_word_cannot_break_a_line_or_go_on_for_ever() -> None:
    odd = {"text": "a\nb\x00" + "c" * 500, "start": 0, "end": 1, "type": "word", "speaker_id": "x\n9: no"}
    line = read({"words": [odd]}).lines[0]
    assert "\n" not in line.text
    assert len(line.text) <= rules.LONGEST_WORD
    assert line.speaker == "x9no"


def test_the_example_reads_as_it_was_written() -> None:
    said = ("anna: Hello there.", "ben: Good morning, Anna!")
    assert read(elevenlabs(*said)).lines == transcript(*said).lines


def test_an_utterance_knows_its_times() -> None:
    line = Utterance("a", (Word(" x", 5, 90), Word(" y", 10, 50)))
    assert (line.start_ms, line.end_ms) == (5, 90)
