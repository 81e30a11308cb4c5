"""Wheels are fetched once into the user's cache and installed from there. Standard library only."""

import hashlib
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "switchboard" / "wheels"


def wheels(
    python: Path, requirements: Path, *, target: Sequence[str] = (), also: Sequence[Path] = ()
) -> Path:
    """The folder with the wheels of these requirements; `also` are files that they include.

    `target` are pip's options for another machine than this. Errors: CalledProcessError with pip's words.
    """
    folder = CACHE / _name(requirements, target, also)
    done = folder / ".complete"
    if not done.exists():
        folder.mkdir(parents=True, exist_ok=True)
        pip(python, *_fetching(folder, target), "-r", str(requirements))
        done.touch()
    return folder


def pip(python: Path, *arguments: str) -> None:
    command = [str(python), "-m", "pip", "--disable-pip-version-check", "-q", *arguments]
    subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603 - our own arguments


def _fetching(folder: Path, target: Sequence[str]) -> tuple[str, ...]:
    """For this machine a source package is built; for another, only wheels will do."""
    if target:
        return ("download", "--no-deps", "--only-binary=:all:", *target, "--dest", str(folder))
    return ("wheel", "--wheel-dir", str(folder))


def _name(requirements: Path, target: Sequence[str], also: Sequence[Path]) -> str:
    total = hashlib.sha256(" ".join(target).encode())
    for path in (requirements, *also):
        total.update(path.read_bytes())
    version = f"py{sys.version_info.major}.{sys.version_info.minor}"
    return f"{requirements.parent.name}-{requirements.stem}-{version}-{total.hexdigest()[:16]}"
