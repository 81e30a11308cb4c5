"""What a docstring says can go wrong is called as it is."""

import ast
import builtins
import re
from collections.abc import Iterator

from tests.architecture.sources import Source, sources

NAMED = re.compile(r"\b[A-Z][a-z]+(?:[A-Z][a-z]+)*\b")
LIST = re.compile(r"Errors: ([^.]*)")
OF_OTHERS = {"CalledProcessError", "ClientError", "BotoCoreError"}


def promised(source: Source) -> Iterator[str]:
    """The classes that stand first in each part of a list behind `Errors:`, as in `Busy; Gone, when …`."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef):
            for said in LIST.findall(ast.get_docstring(node) or ""):
                parts = (re.split(r"\s", part.strip())[0] for part in re.split(r"[,;]| and ", said))
                yield from (part for part in parts if NAMED.fullmatch(part))


def unknown(over: tuple[Source, ...], classes: set[str]) -> list[str]:
    known = classes | set(dir(builtins)) | OF_OTHERS
    return [f"{source.where}: {name}" for source in over for name in promised(source) if name not in known]


def test_every_error_that_a_docstring_promises_exists() -> None:
    code = sources("lambdas", "stacks", "local", "operate")
    classes = {node.name for each in code for node in ast.walk(each.tree) if isinstance(node, ast.ClassDef)}
    assert sum(1 for each in code for _ in promised(each)) > 50
    assert unknown(code, classes) == []


def test_one_that_does_not_would_be_noticed() -> None:
    (errors,) = (each for each in sources("lambdas") if each.module == "switchboard.core.skills.records")
    assert unknown((errors,), set()) != []
