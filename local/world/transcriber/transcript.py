"""From what is known of a recording to the provider's result: words, the spaces between them, speakers."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

from local.world.transcriber.audio import Audio
from local.world.transcriber.recordings import Recording, Word
from local.world.transcriber.requests import Order

UNKNOWN = "(this simulator knows only recordings that were made for it)"
SOMEBODY = "somebody"


@dataclass(frozen=True, slots=True)
class Heard:
    language: str
    seconds: float
    words: Sequence[Word]


def hear(audio: Audio, recording: Recording | None) -> Heard:
    """Silence has no words; of a recording that nobody told it about, it says just that."""
    if recording:
        return Heard(recording.language, audio.seconds, recording.words)
    if audio.silent:
        return Heard("eng", audio.seconds, ())
    return Heard(
        "eng", audio.seconds, spread(UNKNOWN.split(), start=0.0, end=audio.seconds, speaker=SOMEBODY)
    )


def spread(texts: Sequence[str], *, start: float, end: float, speaker: str) -> tuple[Word, ...]:
    """Words share the time by their lengths; each but the last is followed by the time of one letter."""
    letters = sum(len(text) + 1 for text in texts) - 1
    words, place = [], 0
    for text in texts:
        first, last = (start + (end - start) * at / letters for at in (place, place + len(text)))
        words.append(Word(text=text, start=milliseconds(first), end=milliseconds(last), speaker=speaker))
        place += len(text) + 1
    return tuple(words)


def milliseconds(seconds: float) -> float:
    """Rounded down, so that nothing ends after the recording does."""
    return int(seconds * 1000) / 1000


def result(heard: Heard, order: Order, *, transcription_id: str) -> dict[str, Any]:
    names = speaker_ids(heard.words) if order.diarize else {}
    words = list(entries(heard.words, names, granularity=order.timestamps_granularity))
    return {
        "language_code": heard.language,
        "language_probability": 1.0,
        "text": "".join(word["text"] for word in words),
        "words": words,
        "transcription_id": transcription_id,
        "audio_duration_secs": round(heard.seconds, 3),
    }


def speaker_ids(words: Sequence[Word]) -> Mapping[str, str]:
    """Numbered as they begin to speak."""
    return {name: f"speaker_{n}" for n, name in enumerate(dict.fromkeys(word.speaker for word in words))}


def entries(words: Sequence[Word], names: Mapping[str, str], *, granularity: str) -> Iterator[dict[str, Any]]:
    """Each word, and the space before the next; who interrupts begins before the other ends."""
    for word, following in zip_longest(words, words[1:]):
        speaker = names.get(word.speaker)
        yield entry(word, kind="word", speaker=speaker, granularity=granularity)
        if following:
            gap = Word(text="_", start=word.end, end=max(word.end, following.start), speaker=word.speaker)
            yield entry(gap, kind="spacing", speaker=speaker, granularity=granularity) | {"text": " "}


def entry(word: Word, *, kind: str, speaker: str | None, granularity: str) -> dict[str, Any]:
    timed = granularity != "none"
    shown = {
        "text": word.text,
        "start": word.start if timed else None,
        "end": word.end if timed else None,
        "type": kind,
        "speaker_id": speaker,
        "logprob": 0.0,
    }
    return shown | {"characters": characters(word)} if granularity == "character" else shown


def characters(word: Word) -> list[dict[str, Any]]:
    step = (word.end - word.start) / len(word.text)
    return [
        {
            "text": letter,
            "start": milliseconds(word.start + place * step),
            "end": milliseconds(word.start + (place + 1) * step),
        }
        for place, letter in enumerate(word.text)
    ]
