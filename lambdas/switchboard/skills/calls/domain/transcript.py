"""What was said on a call, by whom and when; all times are milliseconds from its beginning."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final, NamedTuple

from switchboard.skills.calls.domain.call import Heard

PAUSE_MS: Final = 1_500
MOST_WORDS: Final = 60
MOST_CHARS: Final = 600
LONGEST_WORD: Final = 100
_SENTENCE_FROM: Final = 35
_ENDS: Final = (".", "?", "!", "\u3002", "\uff1f", "\uff01")


class Word(NamedTuple):
    """`text` brings the space before it, if there is one; what is not `spoken` is a noise in brackets."""

    text: str
    start_ms: int
    end_ms: int
    spoken: bool = True


class Spoken(NamedTuple):
    """A word and who said it, as a transcriber tells it."""

    speaker: str
    word: Word


@dataclass(frozen=True, slots=True)
class Utterance:
    """What one speaker said at a stretch: a line of the transcript, never a long one."""

    speaker: str
    words: tuple[Word, ...]

    @property
    def start_ms(self) -> int:
        return self.words[0].start_ms

    @property
    def end_ms(self) -> int:
        return max(word.end_ms for word in self.words)

    @property
    def text(self) -> str:
        return "".join(word.text for word in self.words).strip()


@dataclass(frozen=True)
class Transcript:
    """Lines in the order in which they began; they are cited by their position."""

    language: str
    duration_ms: int
    lines: Sequence[Utterance]

    @cached_property
    def speakers(self) -> Sequence[str]:
        """In the order in which they were first heard."""
        return list(dict.fromkeys(line.speaker for line in self.lines))

    @property
    def word_count(self) -> int:
        return sum(word.spoken for line in self.lines for word in line.words)

    @property
    def heard(self) -> Heard:
        return Heard(self.duration_ms, self.word_count, len(self.speakers), self.language)


def transcript_of(words: Iterable[Spoken], *, language: str, duration_ms: int) -> Transcript:
    """Lines break where the speaker changes, after a pause, and before they get long."""
    lines = [
        Utterance(chunk[0].speaker, tuple(each.word for each in chunk))
        for chunk in _stretches(words)
        if "".join(each.word.text for each in chunk).strip()
    ]
    lines.sort(key=lambda line: line.start_ms)
    ends = max((line.end_ms for line in lines), default=0)
    return Transcript(language, max(duration_ms, ends), lines)


def _stretches(words: Iterable[Spoken]) -> Iterator[list[Spoken]]:
    chunk: list[Spoken] = []
    length = 0
    for each in words:
        if chunk and _breaks(chunk, length, each):
            yield chunk
            chunk, length = [], 0
        chunk.append(each)
        length += len(each.word.text)
    if chunk:
        yield chunk


def _breaks(chunk: Sequence[Spoken], length: int, after: Spoken) -> bool:
    last = chunk[-1]
    if after.speaker != last.speaker or after.word.start_ms - last.word.end_ms > PAUSE_MS:
        return True
    if len(chunk) >= MOST_WORDS or length + len(after.word.text) > MOST_CHARS:
        return True
    return len(chunk) >= _SENTENCE_FROM and last.word.text.endswith(_ENDS)


def clean(text: str) -> str:
    """A word without line breaks and control characters, and not endless."""
    lead = " " if text[:1].isspace() else ""
    plain = "".join(each if each.isprintable() else " " for each in text)
    return lead + " ".join(plain.split())[:LONGEST_WORD]


def milliseconds(seconds: object) -> int:
    """Of seconds as transcribers write them, numbers or text. Errors: ValueError, TypeError."""
    value = float(seconds)  # type: ignore[arg-type]
    if not 0 <= value < 1e7:
        raise ValueError("a time must lie within the recording")
    return round(value * 1000)


def shown(transcript: Transcript) -> Mapping[str, Any]:
    """The transcript as it is kept and served."""
    return {
        "language": transcript.language,
        "duration_ms": transcript.duration_ms,
        "speakers": list(transcript.speakers),
        "lines": [_shown_line(number, line) for number, line in enumerate(transcript.lines)],
    }


def _shown_line(number: int, line: Utterance) -> Mapping[str, Any]:
    return {
        "line": number,
        "speaker": line.speaker,
        "start_ms": line.start_ms,
        "end_ms": line.end_ms,
        "text": line.text,
        "words": [[word.text, word.start_ms, word.end_ms, int(word.spoken)] for word in line.words],
    }


def packed(transcript: Transcript) -> bytes:
    return json.dumps(shown(transcript), ensure_ascii=False, separators=(",", ":")).encode()


def unpacked(content: bytes) -> Transcript:
    kept = json.loads(content)
    lines = [
        Utterance(line["speaker"], tuple(_word(word) for word in line["words"])) for line in kept["lines"]
    ]
    return Transcript(kept["language"], kept["duration_ms"], lines)


def _word(kept: Sequence[Any]) -> Word:
    text, start_ms, end_ms, spoken = kept
    return Word(text, start_ms, end_ms, bool(spoken))
