"""The table of attacks names tests that there are."""

import ast
import re
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]
DOCUMENT = TESTS.parent / "docs" / "security.md"
NAMED = re.compile(r"`(?P<file>[\w/]+\.py)::(?P<test>\w+)`")


def rows() -> list[str]:
    lines = DOCUMENT.read_text().partition("| attack |")[2].splitlines()[2:]
    return [line for line in lines if line.startswith("|")]


def test_every_attack_names_a_test_that_there_is() -> None:
    assert len(rows()) >= 20
    for row in rows():
        named = NAMED.search(row)
        assert named, row
        tree = ast.parse((TESTS / named["file"]).read_text())
        there = {each.name for each in tree.body if isinstance(each, ast.FunctionDef)}
        assert named["test"] in there, row
