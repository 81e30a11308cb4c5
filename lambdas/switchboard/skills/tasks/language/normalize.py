"""Words as the rep hash sees them: without case, accents, endings and filler. Twice is the same as once."""

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

from switchboard.skills.tasks.language.lexicon import ACTIVITY_OF, NUMBERS, SINGULARS, TOGETHER, UNSAID
from switchboard.skills.tasks.language.numbers import parsed, shown

# A plus or a sharp belongs to the word it follows: C, C++ and C# are three things to learn.
_WORD: Final = re.compile(r"[^\W_]+(?:\.\d+)?(?:[+#]+)?")
_POSSESSIVE: Final = re.compile(r"['\u2019]s\b", re.IGNORECASE)
_APOSTROPHES: Final = str.maketrans("", "", "'\u2019\u2018\u00b4`")
_IRREGULAR: Final = frozenset({"ss", "us", "is"})
_STRIPPED: Final = ("sses", "xes", "ches", "shes", "zes")
_SHORTEST: Final = 4


def words(text: str) -> tuple[str, ...]:
    """What is left of a text to tell it from others, in its order."""
    return tuple(_told(_joined([singular(word) for word in _WORD.findall(_plain(text))])))


def singular(word: str) -> str:
    """The word in its one form: of an activity its name, of a thing the singular."""
    if word in ACTIVITY_OF:
        return ACTIVITY_OF[word]
    while (shorter := _shortened(word)) != word:
        word = shorter
    return word


def _plain(text: str) -> str:
    letters = unicodedata.normalize("NFKD", _POSSESSIVE.sub("", text.casefold()).translate(_APOSTROPHES))
    return unicodedata.normalize(
        "NFKC", "".join(c for c in letters if not unicodedata.combining(c))
    ).casefold()


def _shortened(word: str) -> str:
    if word in SINGULARS:
        return SINGULARS[word]
    if len(word) < _SHORTEST or not word.isascii() or not word.isalpha():
        return word
    if word.endswith("ie") or (word.endswith("ies") and len(word) > _SHORTEST):
        return word.removesuffix("s").removesuffix("ie") + "y"
    if word.endswith(_STRIPPED):
        return word[:-2]
    if word.endswith("s") and word[-2:] not in _IRREGULAR:
        return word[:-1]
    return word


def _joined(found: list[str]) -> Iterator[str]:
    """Compounds that some write in two words become one."""
    place = 0
    while place < len(found):
        pair = TOGETHER.get((found[place], found[place + 1])) if place + 1 < len(found) else None
        yield pair or found[place]
        place += 2 if pair else 1


def _told(found: Iterator[str]) -> Iterator[str]:
    """Without filler, and with numbers in digits."""
    for word in found:
        if word in UNSAID:
            continue
        value = parsed(word) if word in NUMBERS else None
        yield shown(value) if value is not None else word
