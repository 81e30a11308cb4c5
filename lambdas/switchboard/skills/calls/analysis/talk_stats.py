"""How a call was shared: who spoke how long and how fast, who cut in, and how much was silence."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import pairwise
from typing import Any, Final

from switchboard.skills.calls.domain.transcript import Transcript, Utterance

CUT_IN_MS: Final = 200
"""Speaking over somebody for less than this is not yet an interruption."""
_MINUTE_MS: Final = 60_000


@dataclass(frozen=True, slots=True)
class Share:
    """One speaker's part; `interruptions` are those they made. Percentages and rates are rounded."""

    speaker: str
    talk_ms: int
    percent: int
    words: int
    words_per_minute: int
    interruptions: int


@dataclass(frozen=True, slots=True)
class Talk:
    """`silence_ms` is when nobody spoke; `overlap_ms` is speech counted beyond what the clock saw."""

    duration_ms: int
    silence_ms: int
    overlap_ms: int
    shares: Sequence[Share]


def talk_of(transcript: Transcript) -> Talk:
    talked = {speaker: _talked(transcript, speaker) for speaker in transcript.speakers}
    whole, covered = sum(talked.values()), covered_ms(_spans(transcript.lines))
    cuts = list(_interrupters(transcript.lines))
    shares = [
        Share(
            speaker=speaker,
            talk_ms=talk_ms,
            percent=round(100 * talk_ms / whole) if whole else 0,
            words=words,
            words_per_minute=round(words * _MINUTE_MS / talk_ms) if talk_ms else 0,
            interruptions=cuts.count(speaker),
        )
        for speaker, talk_ms in talked.items()
        for words in (_words(transcript, speaker),)
    ]
    return Talk(transcript.duration_ms, transcript.duration_ms - covered, whole - covered, shares)


def shown(talk: Talk) -> Mapping[str, Any]:
    return asdict(talk)


def covered_ms(spans: Iterable[tuple[int, int]]) -> int:
    """How much of the clock some spans take up together."""
    covered, until = 0, 0
    for start, end in sorted(spans):
        covered += max(0, end - max(start, until))
        until = max(until, end)
    return covered


def _spans(lines: Iterable[Utterance]) -> Iterator[tuple[int, int]]:
    return ((line.start_ms, line.end_ms) for line in lines)


def _talked(transcript: Transcript, speaker: str) -> int:
    return covered_ms(_spans(line for line in transcript.lines if line.speaker == speaker))


def _words(transcript: Transcript, speaker: str) -> int:
    return sum(word.spoken for line in transcript.lines if line.speaker == speaker for word in line.words)


def _interrupters(lines: Sequence[Utterance]) -> Iterator[str]:
    """Who began to speak while another still did, and went on for longer than a moment."""
    for before, after in pairwise(lines):
        overlap = min(before.end_ms, after.end_ms) - after.start_ms
        if before.speaker != after.speaker and overlap >= CUT_IN_MS:
            yield after.speaker
