"""Sets up everything a fresh machine lacks; runs on the system's Python, standard library only.

Packages are fetched once into a cache of the user's, and installed from there ever after, so that
a clean clone needs no network once they are cached.
"""

import hashlib
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "switchboard"
VENV = ROOT / ".venv"
AWS_VENV = ROOT / ".local" / "aws"
MINIMUM = (3, 11)


def main() -> None:
    if sys.version_info < MINIMUM:
        sys.exit("Switchboard needs Python 3.11 or newer; this is " + sys.version.split()[0])
    _step("Python packages", lambda: _environment(VENV, ROOT / "requirements.txt"))
    _step("this project, editable", _editable)
    _step("the local AWS", lambda: _environment(AWS_VENV, ROOT / "local" / "aws.txt"))
    _step("the CDK CLI and its Node", _node)


def _step(name: str, work: Callable[[], None]) -> None:
    started = time.monotonic()
    print(f"· {name} …", end="", flush=True)
    try:
        work()
    except subprocess.CalledProcessError as error:
        print(" failed\n")
        sys.exit(error.stderr or error.stdout or str(error))
    print(f"\r✓ {name:<32}{time.monotonic() - started:6.1f} s")


def _environment(folder: Path, requirements: Path) -> None:
    python = folder / "bin" / "python"
    if not python.exists():
        _run(sys.executable, "-m", "venv", str(folder))
    wheels = _wheels(python, requirements)
    _pip(python, "install", "--no-index", "--find-links", str(wheels), "-r", str(requirements))


def _wheels(python: Path, requirements: Path) -> Path:
    """The folder that holds every wheel of these requirements; downloads them when it is new."""
    folder = CACHE / "wheels" / _digest(requirements)
    if not (folder / ".complete").exists():
        _pip(python, "wheel", "--wheel-dir", str(folder), "-r", str(requirements))
        (folder / ".complete").touch()
    return folder


def _digest(requirements: Path) -> str:
    """Of the file and of those it includes, for this Python."""
    included = sorted((ROOT / "lambdas" / "layers").glob("*/requirements.txt"))
    content = b"".join(path.read_bytes() for path in (requirements, *included))
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    return f"{requirements.stem}-py{version}-{hashlib.sha256(content).hexdigest()[:16]}"


def _editable() -> None:
    _pip(
        VENV / "bin" / "python", "install", "--no-deps", "--no-build-isolation", "--no-index", "-e", str(ROOT)
    )


def _node() -> None:
    """npm and Node come with the virtual environment; `cdk` is put beside them."""
    _run(str(VENV / "bin" / "npm"), "ci", "--prefer-offline", "--no-audit", "--no-fund")
    link = VENV / "bin" / "cdk"
    link.unlink(missing_ok=True)
    link.symlink_to(ROOT / "node_modules" / ".bin" / "cdk")


def _pip(python: Path, *arguments: str) -> None:
    _run(str(python), "-m", "pip", "--disable-pip-version-check", "-q", *arguments)


def _run(*command: str) -> None:
    path = f"{VENV / 'bin'}{os.pathsep}{os.environ.get('PATH', '')}"
    subprocess.run(
        command, cwd=ROOT, env={**os.environ, "PATH": path}, check=True, capture_output=True, text=True
    )


if __name__ == "__main__":
    main()
