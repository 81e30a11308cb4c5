"""Personal data taken out of what was said and of what was found, each piece replaced by what it was."""

import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import replace
from enum import StrEnum
from itertools import accumulate
from typing import Any, Final, NamedTuple

from switchboard.skills.calls.domain.transcript import Transcript, Utterance, Word


class Kind(StrEnum):
    """What can be redacted; a profile names those that it wants."""

    EMAIL = "email"
    IBAN = "iban"
    CARD = "card"
    SSN = "ssn"
    PHONE = "phone"
    STREET = "street"


class Span(NamedTuple):
    start: int
    end: int
    kind: Kind


_DIGIT: Final = r"(?:zero|oh|one|two|three|four|five|six|seven|eight|nine)"
_SPELLED: Final = rf"\b(?:(?:double |triple )?{_DIGIT}\b[\s,.-]{{0,3}}){{7,}}"
_PATTERNS: Final = {
    Kind.EMAIL: (
        r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+"
        r"|\b[\w.+-]{1,64} at [\w-]{1,63}(?: dot [a-z]{2,10}){1,3}\b"
    ),
    Kind.IBAN: r"\b[A-Z]{2}\d{2}(?:[ -]?[A-Z0-9]){11,40}\b",
    Kind.CARD: r"(?<!\w)\d(?:[ .,-]{0,2}\d){12,60}(?!\w)",
    Kind.SSN: r"(?<![\w-])(?!000|666|9\d\d)\d{3}[- ](?!00)\d{2}[- ](?!0000)\d{4}(?![\w-])",
    Kind.PHONE: rf"(?<!\w)(?:\+|\(\s?)?\d(?:[ ().-]{{0,3}}\d){{6,16}}(?!\w)|{_SPELLED}",
    Kind.STREET: (
        r"\b\d{1,5}[a-z]? (?:[\w'.-]{1,30} ){1,4}"
        r"(?:street|avenue|road|lane|drive|boulevard|court|square|terrace|way|st|ave|rd|blvd)\b"
    ),
}
_FINDERS: Final = {
    kind: re.compile(pattern, 0 if kind is Kind.IBAN else re.IGNORECASE)
    for kind, pattern in _PATTERNS.items()
}
_GROUP: Final = re.compile(r"[A-Z0-9]+", re.IGNORECASE)
_IBAN: Final = re.compile(r"[A-Z]{2}\d{2}[A-Z0-9]{11,30}")
_MOST_GROUPS: Final = 19
_GONE: Final = "\0"
_DATE: Final = re.compile(r"\(?(?:\d{4}[-. ]\d{1,2}[-. ]\d{1,2}|\d{1,2}[-. ]\d{1,2}[-. ]\d{4})")


def label(kind: Kind) -> str:
    return f"[{kind}]"


def spans(text: str, kinds: Collection[Kind]) -> list[Span]:
    """What is to go, in order and apart; where two kinds claim the same, the first of `Kind` has it."""
    found: list[Span] = []
    for kind in Kind:
        if kind in kinds:
            new = list(_found(text, kind))
            for span in new:
                text = f"{text[: span.start]}{_GONE * (span.end - span.start)}{text[span.end :]}"
            found += new
    return sorted(found)


def redacted(text: str, kinds: Collection[Kind]) -> str:
    for span in reversed(spans(text, kinds)):
        text = f"{text[: span.start]}{label(span.kind)}{text[span.end :]}"
    return text


def redacted_values(value: Any, kinds: Collection[Kind]) -> Any:  # noqa: ANN401 - any JSON
    """The same JSON, with every text in it redacted."""
    match value:
        case str():
            return redacted(value, kinds)
        case list():
            return [redacted_values(each, kinds) for each in value]
        case dict():
            return {name: redacted_values(each, kinds) for name, each in value.items()}
    return value


def redacted_transcript(transcript: Transcript, kinds: Collection[Kind]) -> Transcript:
    """Words that hold a piece go, and what it was stands in their place with their times."""
    if not kinds:
        return transcript
    return replace(transcript, lines=[_redacted_line(line, kinds) for line in transcript.lines])


def _redacted_line(line: Utterance, kinds: Collection[Kind]) -> Utterance:
    texts = [word.text for word in line.words]
    found = spans("".join(texts), kinds)
    if not found:
        return line
    bounds = list(accumulate(map(len, texts), initial=0))
    words = list(line.words)
    for span in reversed(found):
        held = [n for n in range(len(texts)) if bounds[n] < span.end and bounds[n + 1] > span.start]
        words[held[0] : held[-1] + 1] = [_label_word(words[held[0]], words[held[-1]], span.kind)]
    return replace(line, words=tuple(words))


def _label_word(first: Word, last: Word, kind: Kind) -> Word:
    lead = " " if first.text.startswith(" ") else ""
    return Word(lead + label(kind), first.start_ms, max(first.end_ms, last.end_ms), first.spoken)


def _found(text: str, kind: Kind) -> Iterator[Span]:
    check = _CHECKS.get(kind)
    for match in _FINDERS[kind].finditer(text):
        if check:
            yield from (Span(match.start() + a, match.start() + b, kind) for a, b in _within(match[0], check))
        elif kind is not Kind.PHONE or _is_phone(match[0]):
            yield Span(match.start(), match.start() + len(match[0].rstrip(" ,.-\n\t")), kind)


def _within(text: str, check: Callable[[str], bool]) -> Iterator[tuple[int, int]]:
    """Parts of a run that pass a check, the longest first; they begin and end where a group does."""
    groups = [match.span() for match in _GROUP.finditer(text)]
    first = 0
    while first < len(groups):
        start = groups[first][0]
        longest = min(len(groups), first + _MOST_GROUPS) - 1
        ends = (n for n in range(longest, first - 1, -1) if check(text[start : groups[n][1]]))
        last = next(ends, None)
        if last is not None:
            yield start, groups[last][1]
        first = (first if last is None else last) + 1


def _digits(text: str) -> str:
    return "".join(each for each in text if each.isdecimal())


def _is_card(text: str) -> bool:
    """By the check digit (Luhn)."""
    if not 13 <= len(_digits(text)) <= 19:
        return False
    doubled = (
        int(each) if place % 2 == 0 else sum(divmod(2 * int(each), 10))
        for place, each in enumerate(reversed(_digits(text)))
    )
    return sum(doubled) % 10 == 0


def _is_iban(text: str) -> bool:
    """By the check digits (ISO 7064, 97-10)."""
    plain = re.sub(r"[ -]", "", text)
    if not _IBAN.fullmatch(plain):
        return False
    return int("".join(str(int(each, 36)) for each in plain[4:] + plain[:4])) % 97 == 1


def _is_phone(text: str) -> bool:
    """Dates have as many digits; a short number without a plus is one only if it is written like one."""
    count = len(_digits(text))
    if _DATE.fullmatch(text):
        return False
    if count == 0 or text.startswith("+") or count >= 9:
        return True
    return bool(re.fullmatch(r"\d{3}[-. ]\d{4}", text))


_CHECKS: Final[dict[Kind, Callable[[str], bool]]] = {Kind.CARD: _is_card, Kind.IBAN: _is_iban}
