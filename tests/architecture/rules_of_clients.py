"""Where clients of S3 are made, and where links are signed."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from tests.architecture.sources import Source

HOME = "switchboard.adapters.s3"
MAKERS = {"client", "resource"}


def made_elsewhere(source: Source) -> list[str]:
    """Clients of S3 that a file makes although it is not their home."""
    if source.module == HOME:
        return []
    return [f"{source.where}:{line} makes a client of S3" for line in _made(source.tree)]


def _made(tree: ast.AST) -> Iterator[int]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and _name(node.func) in MAKERS and "s3" in _given(node):
            yield node.lineno


def _name(function: ast.expr) -> str:
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def _given(call: ast.Call) -> list[object]:
    values = [*call.args[:1], *(each.value for each in call.keywords if each.arg == "service_name")]
    return [value.value for value in values if isinstance(value, ast.Constant)]
