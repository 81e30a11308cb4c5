"""Long replies, a page at a time: at most two parts now, the rest when the person asks for more."""

import re
import unicodedata
from bisect import bisect_right
from typing import Final

from switchboard.channels.sms.encoding import fold, measure, plain_if_cheaper
from switchboard.core.channels.spec import OutgoingPage

MAX_PARTS: Final = 2
HINT: Final = " ... Reply MORE"

_LONGEST: Final = 153 * MAX_PARTS
_ZWJ: Final = "\u200d"
_PARAGRAPH: Final = re.compile(r"(?=\s*\n\s*\n)")
_SENTENCE: Final = re.compile(
    r"(?:[\u3002\uff01\uff1f]"  # ideographic stops need no space after them
    r"|(?<!\b\d)[.!?\u2026][\"'\u2019\u201d)\]]*(?=\s))"  # the point of "1." in a list ends nothing
)
_WORD: Final = re.compile(r"(?<=\S)(?=\s)")


def _fits(text: str) -> int:
    """How many characters of the text fit on a page beside the hint."""
    lengths = range(min(len(text), _LONGEST) + 1)
    return bisect_right(lengths, MAX_PARTS, key=lambda n: measure(text[:n] + HINT).parts) - 1


def _joins_next(text: str, at: int) -> bool:
    """Whether a cut here would break what people see as one character."""
    before, after = text[at - 1], text[at]
    if _ZWJ in (before, after) or unicodedata.category(after) in ("Mn", "Mc", "Me"):
        return True
    if "\U0001f3fb" <= after <= "\U0001f3ff" or "\U000e0020" <= after <= "\U000e007f":
        return True  # skin tones and flag tags
    return "\u1160" <= after <= "\u11ff" or _splits_flag(text, at)


def _splits_flag(text: str, at: int) -> bool:
    flags = re.search(r"[\U0001f1e6-\U0001f1ff]*$", text[:at])
    halves = len(flags.group()) if flags else 0
    return halves % 2 == 1 and "\U0001f1e6" <= text[at] <= "\U0001f1ff"


def _last(pattern: re.Pattern[str], text: str, *, above: int, limit: int) -> int:
    """The last place up to the limit where the pattern lets us cut, or 0."""
    ends = (match.end() for match in pattern.finditer(text, 0, limit + 4))
    return max((end for end in ends if above < end <= limit), default=0)


def _hard(text: str, limit: int) -> int:
    safe = (at for at in range(limit, 0, -1) if not _joins_next(text, at))
    return next(safe, limit)


def _boundary(text: str, limit: int) -> int:
    return (
        _last(_PARAGRAPH, text, above=limit // 2, limit=limit)
        or _last(_SENTENCE, text, above=limit // 2, limit=limit)
        or _last(_WORD, text, above=0, limit=limit)
        or _hard(text, limit)
    )


def _cut(text: str) -> OutgoingPage:
    at = _boundary(text, _fits(text))
    return OutgoingPage(text[:at].rstrip() + HINT, text[at:].lstrip())


def paginate(text: str) -> OutgoingPage:
    """The first page of a reply and what remains of it; paging the rest goes on where this page ended."""
    text = text.strip()
    shown = plain_if_cheaper(text)
    if measure(shown).parts <= MAX_PARTS:
        return OutgoingPage(shown, "")
    return min(_cut(text), _cut(fold(text)), key=lambda page: len(fold(page.rest)))
