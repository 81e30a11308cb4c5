"""Our own code as one small bundle, the same for every function."""

import shutil
from pathlib import Path

from stacks.bundling.bytecode import compile_tree
from stacks.bundling.store import ROOT, Bundle, Target, digest_of, interpreter, packed

SOURCE = ROOT / "lambdas"
PACKAGES = ("handlers", "switchboard")


def code_bundle(target: Target) -> Bundle:
    files = _files()
    parts = [part for file in files for part in (_name(file).encode(), file.read_bytes())]
    digest = digest_of([interpreter(target), *parts])
    return packed("code", target, digest, lambda draft: _make(files, target, draft))


def _make(files: list[Path], target: Target, draft: Path) -> None:
    for file in files:
        copy = draft / _name(file)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, copy)
    compile_tree(draft, target, seen_at="/var/task")


def _files() -> list[Path]:
    found = (file for package in PACKAGES for file in (SOURCE / package).rglob("*"))
    return sorted(file for file in found if file.is_file() and "__pycache__" not in file.parts)


def _name(file: Path) -> str:
    return file.relative_to(SOURCE).as_posix()
