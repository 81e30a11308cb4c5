"""What each transcriber writes, read as one kind of transcript.

ElevenLabs: https://elevenlabs.io/docs/api-reference/speech-to-text/convert (`words`, each of a `type`).
Amazon Transcribe: https://docs.aws.amazon.com/transcribe/latest/dg/how-input.html (`results.items`).
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from switchboard.skills.calls.domain.failure_reasons import CallFailed, Reason
from switchboard.skills.calls.domain.transcript import (
    Spoken,
    Transcript,
    Word,
    clean,
    milliseconds,
    transcript_of,
)

UNTOLD = "speaker_0"
LONGEST_LANGUAGE = 40


def read(result: Mapping[str, Any]) -> Transcript:
    """Whichever transcriber it came from; it has no lines when nobody spoke. Errors: CallFailed."""
    try:
        return _amazon(result) if "results" in result else _elevenlabs(result)
    except (ArithmeticError, AttributeError, IndexError, KeyError, TypeError, ValueError):
        raise CallFailed(Reason.UNREADABLE_TRANSCRIPT) from None


def _elevenlabs(result: Mapping[str, Any]) -> Transcript:
    return transcript_of(
        _elevenlabs_words(result["words"]),
        language=_language(result),
        duration_ms=milliseconds(result.get("audio_duration_secs") or 0),
    )


def _elevenlabs_words(words: Iterable[Mapping[str, Any]]) -> Iterator[Spoken]:
    space = ""
    for each in words:
        kind = each.get("type", "word")
        if kind == "spacing":
            space = " "
        elif text := clean(each["text"]).strip():
            start = milliseconds(each["start"])
            word = Word(space + text, start, max(start, milliseconds(each["end"])), kind == "word")
            yield Spoken(_name(each.get("speaker_id")), word)
            space = ""


def _amazon(result: Mapping[str, Any]) -> Transcript:
    results = result["results"]
    return transcript_of(_amazon_words(results["items"]), language=_language(results), duration_ms=0)


def _amazon_words(items: Iterable[Mapping[str, Any]]) -> Iterator[Spoken]:
    """Punctuation has no time of its own: it belongs to the word before it."""
    held: Spoken | None = None
    for item in items:
        text = clean(item["alternatives"][0]["content"]).strip()
        if item["type"] == "punctuation":
            held = held and _ended(held, text)
            continue
        if held:
            yield held
        start = milliseconds(item["start_time"])
        word = Word(f" {text}", start, max(start, milliseconds(item["end_time"])), bool(text))
        held = Spoken(_name(item.get("speaker_label")), word)
    if held:
        yield held


def _ended(spoken: Spoken, mark: str) -> Spoken:
    return spoken._replace(word=spoken.word._replace(text=spoken.word.text + mark))


def _language(told: Mapping[str, Any]) -> str:
    return clean(str(told.get("language_code") or ""))[:LONGEST_LANGUAGE]


def _name(speaker: object) -> str:
    """A speaker's label, which is the transcriber's and never longer than one."""
    plain = "".join(each for each in str(speaker or UNTOLD) if each.isalnum() or each == "_")
    return plain[:40] or UNTOLD
