"""Wheels are fetched once into the user's cache and installed from there. Standard library only.

Every lock is complete and has the hash of every file (`make lock`), so nothing is resolved, nothing is built
from source, and pip refuses a file that is not the one that was locked.
"""

import hashlib
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "switchboard" / "wheels"
AS_LOCKED = ("--no-deps", "--require-hashes", "--only-binary=:all:")


def wheels(python: Path, requirements: Path, *, target: Sequence[str] = ()) -> Path:
    """The folder with the wheels of these requirements.

    `target` are pip's options for another machine than this. Errors: CalledProcessError with pip's words.
    """
    folder = CACHE / _name(requirements, target)
    done = folder / ".complete"
    if not done.exists():
        folder.mkdir(parents=True, exist_ok=True)
        pip(python, "download", *AS_LOCKED, *target, "--dest", str(folder), "-r", str(requirements))
        done.touch()
    return folder


def install(python: Path, requirements: Path, *options: str, target: Sequence[str] = ()) -> None:
    """Installs from the cache; `options` say where. Errors: CalledProcessError with pip's words."""
    source = ("--no-index", "--find-links", str(wheels(python, requirements, target=target)))
    pip(python, "install", *AS_LOCKED, *source, *target, *options, "-r", str(requirements))


def pip(python: Path, *arguments: str) -> None:
    command = [str(python), "-m", "pip", "--disable-pip-version-check", "-q", *arguments]
    subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603 - our own arguments


def _name(requirements: Path, target: Sequence[str]) -> str:
    total = hashlib.sha256(" ".join(target).encode() + requirements.read_bytes())
    version = f"py{sys.version_info.major}.{sys.version_info.minor}"
    return f"{requirements.parent.name}-{requirements.stem}-{version}-{total.hexdigest()[:16]}"
