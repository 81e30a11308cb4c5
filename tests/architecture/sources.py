"""The project's own files, parsed once."""

from __future__ import annotations

import ast
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
LAMBDAS = ROOT / "lambdas"
PRODUCT = ("lambdas", "stacks", "local", "operate", "bench", "app.py")


@dataclass(frozen=True)
class Source:
    """`module` is the name under which a file is imported, from the folder that holds its tree."""

    path: Path
    module: str
    tree: ast.Module

    @property
    def where(self) -> str:
        return str(self.path.relative_to(ROOT) if self.path.is_relative_to(ROOT) else self.path)


def parse(path: Path, *, base: Path) -> Source:
    parts = path.relative_to(base).with_suffix("").parts
    return Source(path, ".".join(parts).removesuffix(".__init__"), ast.parse(path.read_text()))


@cache
def files() -> tuple[Path, ...]:
    """Every file that is, or would be, in the repository."""
    git = shutil.which("git")
    assert git, "these rules are about what git keeps"
    listed = subprocess.run(  # noqa: S603 - our own command
        [git, "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    return tuple(
        path for name in listed.stdout.decode().split("\0") if name and (path := ROOT / name).is_file()
    )


@cache
def sources(*trees: str) -> tuple[Source, ...]:
    """The Python files of some trees; modules in `lambdas` are named from there, as Lambda sees them."""
    wanted = [ROOT / tree for tree in trees]
    python = [path for path in files() if path.suffix == ".py" and _within(path, wanted)]
    return tuple(parse(path, base=LAMBDAS if LAMBDAS in path.parents else ROOT) for path in python)


def _within(path: Path, wanted: list[Path]) -> bool:
    return any(path == tree or tree in path.parents for tree in wanted)


def functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node
