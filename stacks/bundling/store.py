"""Bundles by content: what went in names the folder, so nothing is built twice or changes unseen."""

import hashlib
import platform
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

Target = Literal["aws", "local"]

ROOT = Path(__file__).resolve().parents[2]
BUILD = ROOT / ".build"
RECIPE = "1"


@dataclass(frozen=True, slots=True)
class Bundle:
    path: Path
    digest: str


def digest_of(target: Target, parts: Iterable[bytes]) -> str:
    """What a bundle is made of: its ingredients, the recipe, and the interpreter it is for."""
    total = hashlib.sha256()
    for part in (RECIPE.encode(), _interpreter(target).encode(), *parts):
        total.update(len(part).to_bytes(8, "big") + part)
    return total.hexdigest()


def kept(family: str, name: str, digest: str, make: Callable[[Path], None]) -> Bundle:
    """The bundle of this digest, made now if it is not there; a half-made one is never seen."""
    path = BUILD / family / f"{name}-{digest[:16]}"
    if not path.is_dir():
        _build(path, make)
    return Bundle(path, digest)


def _build(path: Path, make: Callable[[Path], None]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    started = time.monotonic()
    draft = Path(tempfile.mkdtemp(prefix=f".{path.name}-", dir=path.parent))
    try:
        make(draft)
        draft.chmod(0o755)
        _publish(draft, path)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    sys.stderr.write(f"built {path.relative_to(ROOT)} in {time.monotonic() - started:.1f} s\n")


def _publish(draft: Path, path: Path) -> None:
    try:
        draft.rename(path)
    except OSError:
        if not path.is_dir():
            raise


def _interpreter(target: Target) -> str:
    if target == "aws":
        return "cpython-314-aarch64"
    return f"{sys.implementation.cache_tag}-{platform.system()}-{platform.machine()}"
