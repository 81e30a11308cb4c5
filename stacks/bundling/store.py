"""Bundles by content: what went in names the file, so nothing is built twice or changes unseen."""

import hashlib
import platform
import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

from stacks.bundling.archive import archive

Target = Literal["aws", "local"]
Fill = Callable[[Path], None]
Make = Callable[[Path], Path]

ROOT = Path(__file__).resolve().parents[2]
BUILD = ROOT / ".build"
RECIPE = "2"


class BuildFailed(RuntimeError):
    """A bundle could not be made; the text is the tool's own."""


@dataclass(frozen=True, slots=True)
class Bundle:
    path: Path
    digest: str


def digest_of(parts: Iterable[bytes]) -> str:
    """What a bundle is made of: its ingredients and the recipe."""
    total = hashlib.sha256()
    for part in (RECIPE.encode(), *parts):
        total.update(len(part).to_bytes(8, "big") + part)
    return total.hexdigest()


def kept(family: str, name: str, digest: str, fill: Fill) -> Bundle:
    """The folder of this digest, filled now if it is not there; a half-made one is never seen."""
    path = BUILD / family / f"{name}-{digest[:16]}"
    return _once(path, digest, lambda scratch: _filled(scratch, fill))


def packed(family: str, name: str, digest: str, fill: Fill) -> Bundle:
    """As `kept`, in one zip file."""
    path = BUILD / family / f"{name}-{digest[:16]}.zip"
    return _once(path, digest, lambda scratch: archive(_filled(scratch, fill), scratch / path.name))


def _filled(scratch: Path, fill: Fill) -> Path:
    folder = scratch / "contents"
    folder.mkdir()
    fill(folder)
    return folder


def _once(path: Path, digest: str, make: Make) -> Bundle:
    if not path.exists():
        _build(path, make)
    return Bundle(path, digest)


def _build(path: Path, make: Make) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    started = time.monotonic()
    with TemporaryDirectory(prefix=f".{path.name}-", dir=path.parent) as scratch:
        _publish(make(Path(scratch)), path)
    sys.stderr.write(f"built {path.relative_to(ROOT)} in {time.monotonic() - started:.1f} s\n")


def _publish(made: Path, path: Path) -> None:
    """Somebody may have been faster: theirs is the same."""
    try:
        made.rename(path)
    except OSError:
        if not path.exists():
            raise


def interpreter(target: Target) -> bytes:
    """What a bundle of Python is for; it counts as an ingredient."""
    if target == "aws":
        return b"cpython-314-aarch64"
    return f"{sys.implementation.cache_tag}-{platform.system()}-{platform.machine()}".encode()
