"""Finding what was said: lines that hold the words asked for, those that hold them together first."""

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from switchboard.skills.calls.domain.quotes import tokens
from switchboard.skills.calls.domain.transcript import Transcript

ENOUGH: Final = 0.6
"""The share of the words that a line must hold."""


class Hit(NamedTuple):
    """A line, and how well it fits from 0 to 2."""

    line: int
    start_ms: int
    speaker: str
    text: str
    score: float


def search(transcript: Transcript, words: str, *, limit: int = 8) -> Sequence[Hit]:
    """The best lines, the earlier of equals first."""
    wanted = tokens(words)
    if not wanted:
        return []
    return sorted(_hits(transcript, wanted), key=lambda hit: (-hit.score, hit.line))[:limit]


def _hits(transcript: Transcript, wanted: Sequence[str]) -> Iterator[Hit]:
    phrase, each_once = f" {' '.join(wanted)} ", set(wanted)
    for number, line in enumerate(transcript.lines):
        said = tokens(line.text)
        share = len(each_once.intersection(said)) / len(each_once)
        if share >= ENOUGH:
            together = phrase in f" {' '.join(said)} "
            yield Hit(number, line.start_ms, line.speaker, line.text, share + together)
