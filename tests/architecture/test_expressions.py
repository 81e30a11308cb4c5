"""DynamoDB refuses its reserved words in an expression; the simulators mostly do not."""

import ast
import re
from collections.abc import Iterator
from importlib.resources import files

import pytest

from tests.architecture.sources import Source, sources

RESERVED = set(files("moto.dynamodb.parsing").joinpath("reserved_keywords.txt").read_text().lower().split())
SPOKEN = {"set", "add", "remove", "delete", "and", "or", "not", "between", "in"}
FUNCTIONS = {"if_not_exists", "attribute_exists", "attribute_not_exists", "begins_with", "size", "contains"}
EXPRESSION = re.compile(r"= ?:|\battribute_(?:not_)?exists\(|^(?:SET|ADD|REMOVE) |[<>] :| :\w+,")
NAME = re.compile(r"(?<![#:\w])[A-Za-z_]\w*")


def reserved_words(text: str) -> list[str]:
    """Attributes that an expression must call by a placeholder."""
    names = {name.lower() for name in NAME.findall(text)} - SPOKEN - FUNCTIONS
    return sorted(names & RESERVED)


def expressions(source: Source) -> Iterator[str]:
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and EXPRESSION.search(node.value):
            yield node.value


ADAPTERS = [
    source for source in sources("lambdas") if source.module.startswith("switchboard.adapters.dynamo")
]


def test_no_expression_names_an_attribute_by_a_reserved_word() -> None:
    found = {
        text: words for each in ADAPTERS for text in expressions(each) if (words := reserved_words(text))
    }
    assert found == {}


def test_there_are_expressions_to_look_at() -> None:
    assert sum(1 for each in ADAPTERS for _ in expressions(each)) > 15


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("SET stream = :stream", ["stream"]),
        ("attribute_exists(pk) AND final = :no", ["final"]),
        ("REMOVE holder, state", ["state"]),
        ("SET #stream = :stream ADD attempts :one", []),
        ("attribute_not_exists(pk) OR part_state = :withdrawn", []),
    ],
)
def test_reserved_words_are_noticed(text: str, words: list[str]) -> None:
    assert reserved_words(text) == words
