"""Quotes that back a finding, checked: only what was said stays, with the time at which it was said.

Two names mean something anywhere in an answer: `line` is the number of a line of the transcript, and `quote`
is words that were said. Objects that have one get `start_ms`, `end_ms` and `speaker` from the transcript.
"""

import re
import unicodedata
from array import array
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, Final, NamedTuple

from switchboard.skills.calls.domain.transcript import Transcript, Utterance

QUOTES: Final = "quotes"
"""A list of this name holds nothing but quotes: one that was never said is dropped whole."""
_TRIED: Final = 200
_UNSPACED: Final = r"\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"
_TOKEN: Final = re.compile(rf"[{_UNSPACED}]|[^\W_{_UNSPACED}]+")
_SILENT_MARKS: Final = str.maketrans("", "", "'\u2019\u02bc\u00ad")


class Place(NamedTuple):
    """Where words were said: from one line to another of the same speaker."""

    line: int
    start_ms: int
    end_ms: int
    speaker: str


@dataclass(slots=True)
class Tally:
    """Quotes that were found to have been said, and those that were not."""

    verified: int = 0
    dropped: int = 0


def tokens(text: str) -> list[str]:
    """Words without case, accents of width and punctuation; where words are not spaced, each sign is one."""
    return _TOKEN.findall(unicodedata.normalize("NFKC", text).casefold().translate(_SILENT_MARKS))


class Index:
    """A transcript that can be asked whether something was said; it holds little more than the text."""

    def __init__(self, transcript: Transcript) -> None:
        self._transcript = transcript
        self._offsets = array("L")
        self._lines = array("L")
        self._words = array("L")
        self._text = self._read()

    def find(self, quote: str, *, near: int | None = None) -> Place | None:
        """Where it was said, by one speaker; of several places the one nearest to a line."""
        wanted = tokens(quote)
        if not wanted:
            return None
        places = islice(self._places(f" {' '.join(wanted)} ", len(wanted)), _TRIED)
        if near is None:
            return next(places, None)
        return min(places, key=lambda place: abs(place.line - near), default=None)

    def line(self, number: int) -> Place | None:
        if not 0 <= number < len(self._transcript.lines):
            return None
        line = self._transcript.lines[number]
        return Place(number, line.start_ms, line.end_ms, line.speaker)

    def _read(self) -> str:
        parts: list[str] = []
        length, speaker = 1, ""
        for number, line in enumerate(self._transcript.lines):
            if line.speaker != speaker:
                parts.append("| ")
                length, speaker = length + 2, line.speaker
            for position, token in _tokens_of(line):
                self._offsets.append(length)
                self._lines.append(number)
                self._words.append(position)
                parts.append(f"{token} ")
                length += len(token) + 1
        return " " + "".join(parts)

    def _places(self, wanted: str, count: int) -> Iterator[Place]:
        at = self._text.find(wanted)
        while at >= 0:
            first = bisect_right(self._offsets, at + 1) - 1
            yield self._place(first, first + count - 1)
            at = self._text.find(wanted, at + 1)

    def _place(self, first: int, last: int) -> Place:
        begins = self._transcript.lines[self._lines[first]]
        ends = self._transcript.lines[self._lines[last]]
        start, end = begins.words[self._words[first]], ends.words[self._words[last]]
        return Place(self._lines[first], start.start_ms, max(start.end_ms, end.end_ms), begins.speaker)


def _tokens_of(line: Utterance) -> Iterator[tuple[int, str]]:
    return ((position, token) for position, word in enumerate(line.words) for token in tokens(word.text))


@dataclass(frozen=True, slots=True)
class Checker:
    """Goes through an answer once; `tally` counts what it met."""

    index: Index
    tally: Tally = field(default_factory=Tally)

    def checked(self, value: Any, *, name: str = "") -> Any:  # noqa: ANN401 - any JSON
        """The same JSON, with the times of what was said, and without what was not."""
        if isinstance(value, list):
            return [
                kept for each in value if (kept := self._kept(each, only_quotes=name == QUOTES)) is not None
            ]
        return self._object(value) if isinstance(value, dict) else value

    def _kept(self, value: Any, *, only_quotes: bool) -> Any:  # noqa: ANN401 - any JSON
        """None for what was never said in a list of nothing but quotes."""
        if only_quotes and isinstance(value, str):
            value = {"quote": value}
        kept = self.checked(value)
        unsaid = only_quotes and isinstance(kept, dict) and not kept.get("quote")
        return None if unsaid else kept

    def _object(self, value: Mapping[str, Any]) -> dict[str, Any]:
        made = {name: self.checked(each, name=name) for name, each in value.items()}
        near = value.get("line")
        near = near if isinstance(near, int) and not isinstance(near, bool) else None
        place = self.index.line(near) if near is not None else None
        if value.get("quote") and isinstance(value["quote"], str):
            said = self.index.find(value["quote"], near=near)
            self._count(said)
            made["quote"] = value["quote"] if said else ""
            place = said or place
        if near is not None:
            made["line"] = place.line if place else None
        if place:
            made |= {"start_ms": place.start_ms, "end_ms": place.end_ms, "speaker": place.speaker}
        return made

    def _count(self, said: Place | None) -> None:
        if said:
            self.tally.verified += 1
        else:
            self.tally.dropped += 1
