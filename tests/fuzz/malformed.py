"""Payloads that are almost right: valid ones, bent in one to three places, then damaged as text.

Chance does the bending, and Hypothesis draws chance: ten times as many different payloads a second as when
it draws every choice, at the price of little shrinking; with so few changes there is little to shrink.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from random import Random
from typing import Any, TypeGuard

from hypothesis import strategies as st

MARK = "zqxj7"


@dataclass(frozen=True, slots=True)
class Raw:
    """Stands in the text as it is, JSON or not."""

    text: str


Fields = list[tuple[str, object]]

WORDS = (
    *("", " ", "\t\n", "null", "0", "__proto__", "constructor", "../../etc/passwd", "%s%n%00", "{{7*7}}"),
    *(
        "\x00",
        "a\x00b",
        "\u202eevil",
        "\u2066\u2069",
        "\ufeff",
        "\u200b",
        "e\u0301" * 50,
        "👩‍👩‍👧‍👦",
        "\U0010ffff",
    ),
    *("\ud800", "ok \udc00\ud800", "\x1b[31m", "'; DROP TABLE people; --", "<script>alert(1)</script>"),
    *("${jndi:ldap://127.0.0.1/a}", "arn:aws:sns:us-east-1:123456789012:turns", "CONV#private-ada"),
)
LENGTHS = (64, 65, 257, 801, 4_001, 16_001, 65_537)
MEGABYTE = 1_000_000
DOCUMENTS = 3
NUMBERS = (0, -1, 1, 2**31, 2**53 + 1, 2**63, -(2**64), 10**40, 0.1, -1.5, 1e300)
TOKENS = (
    *("NaN", "Infinity", "-Infinity", "1e999", "1e99999999999999999999", "-1e-99999999999999999999", "-0"),
    *("9" * 4_000, "9" * 5_000, "{}"),
)
NESTED = (
    *("[" * depth + "]" * depth for depth in (30, 900, 7_000)),
    *('{"a":' * depth + "1" + "}" * depth for depth in (30, 900, 2_000)),
)
BROKEN = (
    *(
        "0x10",
        "01",
        "1.",
        "undefined",
        "tru",
        "'single'",
        '"\\u12"',
        '"\\x"',
        '{"a":',
        "[1,]",
        '{"a":1,}',
        "{1:2}",
    ),
    *("", '"unclosed', "/* comment */ 1"),
)

STRANGE = [Raw(text) for text in (*TOKENS, *NESTED, *BROKEN)]
PLAIN: Sequence[object] = (None, True, False, [], [None], [MARK], [("a", MARK)], [[("a", [MARK])]])

chances = st.randoms(use_true_random=True)


def malformed(valid: Sequence[Mapping[str, Any]]) -> st.SearchStrategy[list[str]]:
    """A handful of texts that were valid documents once."""
    return chances.map(
        lambda chance: list(chain.from_iterable(_variants(chance, valid) for _ in range(DOCUMENTS)))
    )


def word(chance: Random) -> str:
    match chance.randrange(6):
        case 0 | 1:
            return chance.choice(WORDS)
        case 2:
            return MARK + chance.choice(WORDS)
        case 3:
            return _scrawl(chance, 20) + MARK
        case 4:
            return chance.choice("x€😀") * chance.choice(LENGTHS)
    return chance.choice((MARK, MARK, MARK * (MEGABYTE // len(MARK))))


words = chances.map(word)


def _scrawl(chance: Random, longest: int) -> str:
    """Characters of every length in UTF-8, and halves of surrogate pairs."""
    top = [0x7F, 0x7FF, 0xFFFF, 0x10FFFF]
    return "".join(chr(chance.randint(0, chance.choice(top))) for _ in range(chance.randint(0, longest)))


def _value(chance: Random) -> object:
    match chance.randrange(5):
        case 0 | 1:
            return word(chance)
        case 2:
            return chance.choice(PLAIN)
        case 3:
            return chance.choice([*NUMBERS, chance.getrandbits(80), chance.gauss(0, 1e6)])
    return chance.choice(STRANGE)


def _variants(chance: Random, valid: Sequence[Mapping[str, Any]]) -> list[str]:
    """One bent document: in ASCII, as it is (half surrogate pairs too), and damaged."""
    document = _fields(chance.choice(valid))
    for _ in range(chance.randint(1, 3)):
        document = _bent(chance, document)
    escaped, plain = (_text(document, ascii_only=ascii_only) for ascii_only in (True, False))
    return list(dict.fromkeys([escaped, plain, _damaged(chance, plain)]))


def _fields(value: object) -> object:
    """Objects become lists of pairs, so that a key can occur twice."""
    if isinstance(value, Mapping):
        return [(key, _fields(each)) for key, each in value.items()]
    return value


def _bent(chance: Random, document: object) -> object:
    """One change at one place: at the top, at a field, or inside a field."""
    if not _is_object(document) or chance.randrange(16) == 0:
        return _value(chance)
    fields = list(document)
    at = chance.randrange(len(fields))
    key, value = fields[at]
    match chance.randrange(7):
        case _ if _is_object(value) and chance.randrange(4):
            fields[at] = (key, _bent(chance, value))
        case 0:
            del fields[at]
        case 1:
            fields.insert(at + chance.randrange(2), (key, _value(chance)))
        case 2:
            fields[at] = (word(chance), value)
        case 3:
            fields.append((word(chance), _value(chance)))
        case 4:
            fields[at] = (key, [[value]])
        case _:
            fields[at] = (key, _value(chance))
    return fields


def _is_object(value: object) -> TypeGuard[Fields]:
    return isinstance(value, list) and bool(value) and all(isinstance(each, tuple) for each in value)


def _text(value: object, *, ascii_only: bool) -> str:
    if isinstance(value, Raw):
        return value.text
    if _is_object(value):
        pairs = (
            f"{_text(key, ascii_only=ascii_only)}:{_text(each, ascii_only=ascii_only)}" for key, each in value
        )
        return f"{{{','.join(pairs)}}}"
    if isinstance(value, list):
        return f"[{','.join(_text(each, ascii_only=ascii_only) for each in value)}]"
    return json.dumps(value, ensure_ascii=ascii_only)


def _damaged(chance: Random, text: str) -> str:
    at = chance.randint(0, len(text))
    match chance.randrange(4):
        case 0:
            return text[:at]
        case 1:
            return text[:at] + chance.choice(WORDS) + text[at:]
        case 2:
            return chance.choice(["\ufeff{}", "{}{}", "{}\x00", " {}\n", "({})"]).replace("{}", text)
    return _scrawl(chance, 60)


def without_halves(text: str) -> str:
    """As it crosses a network: no half of a surrogate pair is left."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
