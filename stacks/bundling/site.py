"""The page as browsers get it, made from `web/` by its own tools."""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from stacks.bundling.store import ROOT, BuildFailed, Bundle, digest_of, kept

WEB = ROOT / "web"
NOT_SOURCES = frozenset({"node_modules", "dist", "tests"})
BIN = Path(sys.executable).parent


def site_bundle() -> Bundle:
    """A folder: `index.html`, and `assets/` whose names carry their content. Raises BuildFailed."""
    files = _sources()
    digest = digest_of(part for file in files for part in (_name(file).encode(), file.read_bytes()))
    return kept("site", "dist", digest, lambda folder: _make(files, folder))


def _make(files: list[Path], folder: Path) -> None:
    """Beside a copy of the sources, so that a build never sees one that is being edited."""
    with TemporaryDirectory() as scratch:
        for file in files:
            copy = Path(scratch) / _name(file)
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, copy)
        (Path(scratch) / "node_modules").symlink_to(_packages())
        _npm("run", "build", within=Path(scratch))
        shutil.copytree(Path(scratch) / "dist", folder, dirs_exist_ok=True)


def _packages() -> Path:
    found = WEB / "node_modules"
    if not found.is_dir():
        _npm("ci", "--ignore-scripts", "--prefer-offline", within=WEB)
    return found


def _npm(*arguments: str, within: Path) -> None:
    environment = {**os.environ, "PATH": f"{BIN}{os.pathsep}{os.environ.get('PATH', os.defpath)}"}
    command = [str(BIN / "npm"), "--no-audit", "--no-fund", "--silent", *arguments]
    done = subprocess.run(  # noqa: S603 - our own arguments
        command, cwd=within, env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        message = f"npm {' '.join(arguments)} failed for the page:\n{done.stdout}{done.stderr}"
        raise BuildFailed(message)


def _sources() -> list[Path]:
    found = (file for file in WEB.rglob("*") if not NOT_SOURCES & set(file.relative_to(WEB).parts))
    return sorted(file for file in found if file.is_file())


def _name(file: Path) -> str:
    return file.relative_to(WEB).as_posix()
