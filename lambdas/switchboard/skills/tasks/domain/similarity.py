"""The rep hash, version trp1: an exact digest of a task's metrics, and a signature that similar tasks share.

docs/rep-hash.md says how it is made, why with these parameters, and how a later version takes over.
"""

from base64 import b32encode
from collections.abc import Iterable, Iterator
from functools import cache
from hashlib import blake2b
from typing import Final, NamedTuple

from switchboard.skills.tasks.domain.task import Plan
from switchboard.skills.tasks.language.lexicon import MINUTES_AN_HOUR
from switchboard.skills.tasks.language.normalize import words
from switchboard.skills.tasks.language.numbers import shown

VERSION: Final = "trp1"


class Shape(NamedTuple):
    """How a signature is cut: so many bands, of so many of its rows each."""

    bands: int
    rows: int


SHAPE: Final = Shape(bands=16, rows=2)
SHINGLE: Final = 2
ALIKE: Final = 0.5
"""Two tasks whose words are at least so similar are taken for possibly the same, and the person is asked."""
LIKELY: Final = 0.25
"""A misspelled name is at least so similar to what it names."""

_PRIME: Final = (1 << 61) - 1
_APART: Final = "\x1f"


def name_words(plan: Plan) -> tuple[str, ...]:
    """Activity and object, as they are compared."""
    return words(f"{plan.activity} {plan.object}")


def metrics(plan: Plan) -> tuple[str, ...]:
    """What makes a task the same task: activity, object, unit, amount, cadence; an hour is sixty minutes."""
    unit, amount = plan.unit, plan.amount
    if unit == "hour":
        unit, amount = "minute", amount * MINUTES_AN_HOUR
    activity, thing = " ".join(words(plan.activity)), " ".join(words(plan.object))
    return (activity, thing, unit, shown(amount), plan.cadence.code)


def digest(plan: Plan) -> str:
    """128 bits of the metrics, in 26 letters and digits."""
    made = blake2b(_APART.join(metrics(plan)).encode(), digest_size=16, person=VERSION.encode())
    return f"{VERSION}_{b32encode(made.digest()).decode().rstrip('=').lower()}"


def features(name: Iterable[str]) -> frozenset[str]:
    """Each word, and each two letters in a row of it with its ends marked."""
    return frozenset(feature for word in name for feature in _features(word))


def similarity(one: Iterable[str], other: Iterable[str]) -> float:
    """From 0 to 1: the share of features that two names have in common (Jaccard)."""
    left, right = features(one), features(other)
    return len(left & right) / len(left | right) if left | right else 0.0


def bands(name: Iterable[str], shape: Shape = SHAPE) -> tuple[str, ...]:
    """The buckets of a name, one a band: similar names most likely share one of them."""
    hashed = [_hashed(feature) for feature in features(name)]
    if not hashed:
        return ()
    lowest = [min(_mixed(each, place) for each in hashed) for place in range(shape.bands * shape.rows)]
    return tuple(
        _bucket(band, lowest[band * shape.rows : (band + 1) * shape.rows]) for band in range(shape.bands)
    )


def _features(word: str) -> Iterator[str]:
    yield word
    marked = f"^{word}$"
    yield from (marked[place : place + SHINGLE] for place in range(len(marked) - SHINGLE + 1))


def _hashed(text: str) -> int:
    return int.from_bytes(blake2b(text.encode(), digest_size=8, person=VERSION.encode()).digest()) % _PRIME


@cache
def _factors(place: int) -> tuple[int, int]:
    return _hashed(f"factor {place}") | 1, _hashed(f"offset {place}")


def _mixed(value: int, place: int) -> int:
    """One of many orders in which features can be put; the lowest in it is a row of the signature."""
    factor, offset = _factors(place)
    return (factor * value + offset) % _PRIME


def _bucket(band: int, lowest: list[int]) -> str:
    joined = _APART.join(map(str, lowest)).encode()
    return f"{band:02}#{blake2b(joined, digest_size=5, person=VERSION.encode()).hexdigest()}"
