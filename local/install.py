"""Sets up everything a fresh machine lacks; runs on the system's Python, standard library only.

Packages are fetched once into a cache of the user's, and installed from there ever after, so that
a clean clone needs no network once they are cached.
"""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from stacks.bundling.wheels import install, pip

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
AWS_VENV = ROOT / ".local" / "aws"
MINIMUM = (3, 11)
NPM_CI = (str(VENV / "bin" / "npm"), "ci", "--ignore-scripts", "--prefer-offline", "--no-audit", "--no-fund")


def main() -> None:
    if sys.version_info < MINIMUM:
        sys.exit("Switchboard needs Python 3.11 or newer; this is " + sys.version.split()[0])
    _step("Python packages", lambda: environment(VENV, ROOT / "requirements.txt"))
    _step("this project, editable", _editable)
    _step("the local AWS", lambda: environment(AWS_VENV, ROOT / "local" / "aws.txt"))
    _step("the CDK CLI and its Node", _node)
    _step("the page's packages", _page)
    _step("bundles of functions and page", lambda: _run(str(PYTHON), "-m", "stacks.bundling"))


def _step(name: str, work: Callable[[], None]) -> None:
    started = time.monotonic()
    print(f"· {name} …", end="", flush=True)
    try:
        work()
    except subprocess.CalledProcessError as error:
        print(" failed\n")
        sys.exit(error.stderr or error.stdout or str(error))
    print(f"\r✓ {name:<32}{time.monotonic() - started:6.1f} s")


def environment(folder: Path, requirements: Path) -> None:
    """A virtual environment with these packages. Errors: CalledProcessError with pip's words."""
    python = folder / "bin" / "python"
    if not python.exists():
        _run(sys.executable, "-m", "venv", str(folder))
    install(python, requirements)


def _editable() -> None:
    pip(PYTHON, "install", "--no-deps", "--no-build-isolation", "--no-index", "-e", str(ROOT))


def _node() -> None:
    """Node and its package manager come with the virtual environment; `cdk` is put beside them."""
    _run(*NPM_CI)
    link = VENV / "bin" / "cdk"
    link.unlink(missing_ok=True)
    link.symlink_to(ROOT / "node_modules" / ".bin" / "cdk")


def _page() -> None:
    _run(*NPM_CI, "--prefix", str(ROOT / "web"))


def _run(*command: str) -> None:
    path = f"{VENV / 'bin'}{os.pathsep}{os.environ.get('PATH', '')}"
    environment = {**os.environ, "PATH": path}
    subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True, text=True)


if __name__ == "__main__":
    main()
