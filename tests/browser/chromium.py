"""Where this machine's Chromium is, and how it is started so that it talks to nobody but us."""

import os
import shutil
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

from playwright.sync_api import Browser, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome")
ALONE = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update"),
)
PACKAGE = "chromium"


class NoChromium(Exception):
    """Its text says what to install."""


def found() -> str:
    """The path of a Chromium; Debian's package is installed where we may. Errors: NoChromium."""
    path = _on_path() or (_installed() if _may_install() else None)
    if path is None:
        raise NoChromium(
            f"no {', '.join(NAMES[:-1])} or {NAMES[-1]} on PATH: install one, such as Debian's {PACKAGE}"
        )
    return path


@contextmanager
def browser(path: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=path, args=ALONE)
        yield opened
        opened.close()


def _on_path() -> str | None:
    return next(filter(None, map(shutil.which, NAMES)), None)


def _may_install() -> bool:
    return os.geteuid() == 0 and shutil.which("apt-get") is not None


def _installed() -> str | None:
    print(f"installing Debian's package {PACKAGE}, since there is no Chromium on PATH", flush=True)
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (("update",), ("install", "--yes", "--no-install-recommends", PACKAGE)):
        _apt_get(command, quiet)
    return _on_path()


def _apt_get(command: Sequence[str], environment: Mapping[str, str]) -> None:
    done = subprocess.run(  # noqa: S603 - our own command
        [str(shutil.which("apt-get")), "-qq", *command],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise NoChromium(f"apt-get {command[0]} failed: {done.stderr.strip().splitlines()[-1:]}")
