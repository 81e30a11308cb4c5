"""Amounts as people write them: digits, words, thousands and halves."""

import re
from decimal import Decimal
from typing import Final

from switchboard.skills.tasks.language.lexicon import MINUTES_AN_HOUR, NUMBERS, SCALES
from switchboard.skills.tasks.limits import countable

_ONES: Final = "|".join(sorted(NUMBERS, key=len, reverse=True))
_SCALE: Final = "|".join(SCALES)
DIGITS: Final = r"(?:\d{1,3}(?:,\d{3}){1,2}|\d{1,7})(?:\.\d{1,2})?(?:k\b)?"
SPELLED: Final = (
    rf"(?:half (?:an?|of an?)|(?:an?|one) (?:dozen|couple|{_SCALE})(?: of)?"
    rf"|(?:{_ONES})(?:[- ](?:{_ONES}|{_SCALE})){{0,7}})"
)
"""No number that is said has more words: what has no bound is tried from each word to the end of all."""
NUMBER: Final = rf"(?:{DIGITS}|{SPELLED}(?![\w-]))"

_WHOLE: Final = {"a dozen": Decimal(12), "one dozen": Decimal(12), "a couple": Decimal(2)}


def parsed(text: str) -> Decimal | None:
    """The number that a text is; None for one that it is not, or that is nothing to count with."""
    words = " ".join(text.casefold().replace("-", " ").split()).removesuffix(" of")
    value = _digits(words) if words[:1].isdigit() else _spelled(words)
    return value if value is not None and countable(value) else None


def _digits(text: str) -> Decimal | None:
    if not re.fullmatch(DIGITS, text):
        return None
    times = 1000 if text.endswith("k") else 1
    return Decimal(text.removesuffix("k").replace(",", "")) * times


def _spelled(text: str) -> Decimal | None:
    if text.startswith("half"):
        return Decimal("0.5")
    if text in {"a", "an"}:
        return Decimal(1)
    if text in _WHOLE:
        return _WHOLE[text]
    total, group = 0, 0
    for word in text.split():
        if word in SCALES:
            total, group = total + max(group, 1) * SCALES[word], 0
        elif word in NUMBERS:
            group += NUMBERS[word]
        elif word not in {"a", "an"}:
            return None
    return Decimal(total + group)


def shown(value: Decimal) -> str:
    """Without needless zeros: 20, 2.5."""
    return f"{value.normalize():f}"


def converted(value: Decimal, *, unit: str, to: str) -> Decimal:
    """Hours as minutes, or minutes as hundredths of an hour; other units only as they are."""
    if unit == to:
        return value
    by = Decimal(MINUTES_AN_HOUR)
    return value * by if to == "minute" else (value / by).quantize(Decimal("0.01"))
