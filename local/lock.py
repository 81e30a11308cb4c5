"""Writes every lock of Python packages from the pins that people edit: all versions, all hashes. `make lock`.

What is locked already stays at its version; take the line out of the lock, or change the pin, to move it.
"""

import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
UV = Path(sys.executable).with_name("uv")
OLDEST_PYTHON = "3.11"
QUIETLY = ("--quiet", "--no-header", "--no-emit-index-url", "--annotation-style", "line")


@dataclass(frozen=True, slots=True)
class Lock:
    """`pins` names what is wanted; packages in `brought` are there anyway, so they are left out."""

    pins: str
    brought: tuple[str, ...] = ()
    with_dependencies: bool = True

    @property
    def path(self) -> Path:
        return (ROOT / self.pins).with_suffix(".txt")


BASE = Lock("lambdas/layers/base/requirements.in", brought=("jmespath",))
"""Lambda's own boto3 brings jmespath."""
ON_TOP = tuple(
    Lock(f"lambdas/layers/{name}/requirements.in", brought=("typing-extensions",))
    for name in ("api", "model")
)
"""The base layer brings typing-extensions."""
LOCKS = (
    BASE,
    *ON_TOP,
    Lock("requirements.in"),
    Lock("local/aws.in"),
    Lock("local/audit.in"),
    Lock("tests/world/elevenlabs.in", with_dependencies=False),
)


@dataclass(frozen=True, slots=True)
class Package:
    """One package of a lock; `hashes` are of every file of that version, as `sha256:…`."""

    name: str
    version: str
    hashes: tuple[str, ...]


def main() -> None:
    for lock in LOCKS:
        subprocess.run(_command(lock), cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
        print(f"✓ {lock.path.relative_to(ROOT)}")


def locked(requirements: Path) -> Iterator[Package]:
    """What a list of packages says, pins or a lock. Errors: ValueError of a line that pins nothing."""
    text = requirements.read_text(encoding="utf-8").replace("\\\n", " ")
    for line in text.splitlines():
        said = line.split("#", 1)[0].split()
        if not said or said[0] == "-r":
            continue
        name, version = said[0].split("==")
        hashes = (option.removeprefix("--hash=") for option in said[1:])
        yield Package(canonical(name), version, tuple(hashes))


def canonical(name: str) -> str:
    """A package's one name of many (PyPA's "Names and normalization"), without its extras."""
    return re.sub(r"[-_.]+", "-", name.split("[", 1)[0]).lower()


def _command(lock: Lock) -> list[str]:
    output = str(lock.path.relative_to(ROOT))
    compiled = (str(UV), "pip", "compile", lock.pins, "--output-file", output, "--generate-hashes")
    return [*compiled, "--python-version", OLDEST_PYTHON, *QUIETLY, *_left_out(lock)]


def _left_out(lock: Lock) -> Iterator[str]:
    for name in lock.brought:
        yield from ("--no-emit-package", name)
    if not lock.with_dependencies:
        yield "--no-deps"


if __name__ == "__main__":
    main()
