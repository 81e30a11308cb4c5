"""What was found in the parts of a long call, made one.

Lists are joined here, everything else by the model. What an item is known by is the first property of its
schema: a list whose items begin with `line` is a series over time; one whose items begin with one of a few
words (an enum) has a single item for each, with numbers averaged; otherwise items that say nearly the same
are one.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from switchboard.skills.calls.domain.quotes import tokens

ALIKE: Final = 0.7
"""The share of words that two items must have in common to be one."""
_SMALL_WORDS: Final = frozenset(
    {"a", "an", "and", "as", "at", "by", "for", "from", "in", "is", "it", "of", "on", "or", "so", "that"}
    | {"the", "their", "this", "to", "us", "we", "will", "with"}
)

Item = Any
Schema = Mapping[str, Any]


def joined_lists(parts: Sequence[Mapping[str, Any]], schema: Schema) -> dict[str, list[Item]]:
    """The lists of all the parts, by property; `schema` is resolved."""
    return {
        name: _joined([part[name] for part in parts], schema["properties"][name]["items"])
        for name in lists(schema)
    }


def lists(schema: Schema) -> list[str]:
    return [name for name, each in schema["properties"].items() if each.get("type") == "array"]


def others(schema: Schema) -> list[str]:
    """Properties that only a reader can make one."""
    return [name for name in schema["properties"] if name not in lists(schema)]


def _joined(found: Sequence[Sequence[Item]], item: Schema) -> list[Item]:
    known_by = next(iter(item.get("properties", ())), "")
    if len(found) == 1:
        return list(found[0])
    if known_by == "line":
        return _series(each for part in found for each in part)
    if "enum" in item.get("properties", {}).get(known_by, {}):
        return _one_each((each for part in found for each in part), known_by)
    return _distinct(found, known_by)


def _series(items: Iterable[Item]) -> list[Item]:
    """By line; where parts overlap, the earlier one is heard."""
    by_line: dict[int, Item] = {}
    for each in items:
        by_line.setdefault(each["line"], each)
    return [by_line[line] for line in sorted(by_line)]


def _one_each(items: Iterable[Item], known_by: str) -> list[Item]:
    groups: dict[str, list[Item]] = {}
    for each in items:
        groups.setdefault(str(each[known_by]), []).append(each)
    return [_averaged(group) for group in groups.values()]


def _averaged(group: Sequence[Item]) -> Item:
    """The first, with the mean of every number that is not a place in the call."""
    means = {
        name: _mean([each[name] for each in group])
        for name, value in group[0].items()
        if name != "line" and all(_is_number(each[name]) for each in group) and _is_number(value)
    }
    return {**group[0], **means}


def _mean(numbers: Sequence[float]) -> float:
    mean = sum(numbers) / len(numbers)
    return round(mean) if all(isinstance(each, int) for each in numbers) else mean


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _distinct(found: Sequence[Sequence[Item]], known_by: str) -> list[Item]:
    """Items of one part are never joined with each other: whoever read it told them apart."""
    kept: list[Item] = []
    for part in found:
        earlier = len(kept)
        for each in part:
            same = next((n for n in range(earlier) if _alike(kept[n], each, known_by)), None)
            if same is None:
                kept.append(each)
            else:
                kept[same] = _filled(kept[same], each)
    return kept


def _alike(one: Item, other: Item, known_by: str) -> bool:
    first, second = _words(one, known_by), _words(other, known_by)
    if _figures(first) != _figures(second):
        return False
    together = first | second
    return not together or len(first & second) / len(together) >= ALIKE


def _words(item: Item, known_by: str) -> frozenset[str]:
    said = item.get(known_by) if isinstance(item, dict) else item
    words = frozenset(tokens(said if isinstance(said, str) else json.dumps(said)))
    return words - _SMALL_WORDS or words


def _figures(words: Iterable[str]) -> frozenset[str]:
    return frozenset(word for word in words if word[0].isdigit())


def _filled(item: Item, other: Item) -> Item:
    """What one part did not know, the other may."""
    if not isinstance(item, dict):
        return item
    return {name: other.get(name) if value in (None, "") else value for name, value in item.items()}
