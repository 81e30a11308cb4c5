"""No file outside a channel's or a skill's own folders names it, but the registry of its family."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from itertools import pairwise

from switchboard.channels import CHANNELS
from switchboard.skills import SKILLS

from tests.architecture.rules_of_imports import imported
from tests.architecture.sources import Source

FAMILIES = {"channels": frozenset(CHANNELS), "skills": frozenset(SKILLS)}
MEMBERS = frozenset().union(*FAMILIES.values())
REGISTRIES = {"switchboard.channels", "switchboard.skills"}
ENGLISH = frozenset({"web", "tasks", "calls"})
"""Words that shared code may use in prose and in names: web sockets, tasks of Step Functions, tool calls.

As a whole text, or as a part of a path or of a dotted name, they name the member all the same.
"""
WORD = re.compile(r"[A-Z]?[a-z0-9]+|[A-Z]+(?![a-z])")


def is_shared(source: Source) -> bool:
    """Neither a registry nor in a folder of a member."""
    parts = source.module.split(".")
    inside = any(member in FAMILIES.get(family, ()) for family, member in pairwise(parts))
    return not inside and source.module not in REGISTRIES


def names_a_member(source: Source) -> list[str]:
    """Where a file imports a member, or has its name in a text or in a name of its own."""
    texts = (f"{line}: {text}" for line, text in _texts(source.tree) if _text_names(text))
    names = (f"{line}: {name}" for line, name in _names(source.tree) if MEMBERS - ENGLISH & _words(name))
    imports = (name for name in imported(source) if MEMBERS & set(name.split(".")))
    return [f"{source.where} {found}" for found in (*imports, *texts, *names)]


def _text_names(text: str) -> bool:
    """A path or a dotted name has no blanks; in prose only what is no word of English counts."""
    whole = set(re.split(r"[^a-z0-9_]+", text.lower()))
    parts = {part for word in whole for part in word.split("_")}
    return bool(parts & (MEMBERS - ENGLISH) or (" " not in text and whole & MEMBERS))


def _texts(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Texts that are data; those that stand by themselves describe the code."""
    prose = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in prose:
            yield node.lineno, node.value


def _names(tree: ast.Module) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        for field in ("id", "attr", "arg", "name"):
            name = getattr(node, field, None)
            if isinstance(name, str):
                yield getattr(node, "lineno", 0), name


def _words(name: str) -> set[str]:
    return {word.lower() for word in WORD.findall(name)}
