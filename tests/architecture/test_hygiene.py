"""No file holds a number that could ring, a path of somebody's machine, or where a package came from."""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.architecture.sources import ROOT, files

NUMBER = re.compile(r"(?<![\w+])\+[1-9]\d{7,14}(?!\d)")
WRITTEN_OUT = re.compile(r"(?<![\d.])\(?[2-9]\d{2}\)?[-. ][2-9]\d{2}[-. ]\d{4}(?![\d.])")
RESERVED = re.compile(r"\+1[2-9]\d{2}55501\d{2}|\+447700900\d{3}")
RESERVED_WRITTEN_OUT = re.compile(r"\(?[2-9]\d{2}\)?[-. ]555[-. ]01\d{2}")
NORTH_AMERICAN_DIGITS = 11
PATHS = re.compile(r"(?<![\w.}])/(?:work|home|root|Users)/")
REGISTRIES = re.compile(r"registry\.npmjs|registry\.yarnpkg|files\.pythonhosted|pypi\.org/simple")
DOWNLOADS = {"resolved", "_resolved", "tarball", "dist"}
BINARY = {".png", ".jpg", ".ico", ".woff2", ".zip"}


def phone_numbers(text: str) -> list[str]:
    """Numbers that somebody could be called on."""
    dialled = [number for number in NUMBER.findall(text) if _could_ring(number)]
    written = [number for number in WRITTEN_OUT.findall(text) if not RESERVED_WRITTEN_OUT.fullmatch(number)]
    return dialled + written


def _could_ring(number: str) -> bool:
    malformed = number.startswith("+1") and len(number) != NORTH_AMERICAN_DIGITS + 1
    return not malformed and not RESERVED.fullmatch(number)


def machine_paths(text: str) -> list[str]:
    return PATHS.findall(text)


def registries(text: str) -> list[str]:
    return REGISTRIES.findall(text)


def downloads(lock: object) -> Iterator[str]:
    """Keys of a lock file that say where a package is downloaded from."""
    if isinstance(lock, dict):
        yield from (str(key) for key in lock if key in DOWNLOADS)
        for value in lock.values():
            yield from downloads(value)


TEXTS = [path for path in files() if path.suffix not in BINARY and path != Path(__file__)]


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("rule", [phone_numbers, machine_paths, registries], ids=lambda rule: rule.__name__)
def test_no_file_holds(rule: Callable[[str], list[str]]) -> None:
    found = {named(path): hits for path in TEXTS if (hits := rule(path.read_text()))}
    assert found == {}


def test_lock_files_say_what_was_installed_and_not_from_where() -> None:
    locks = [path for path in files() if path.name.endswith("lock.json")]
    assert locks
    assert {named(path): set(downloads(json.loads(path.read_text()))) for path in locks} == {
        named(path): set() for path in locks
    }


def test_there_is_something_to_look_at() -> None:
    assert len(TEXTS) > 100


@pytest.mark.parametrize(
    "text", ["+1206555" + "1234", "call +4420" + "79460000", "(206) 555" + "-1234", "206-867" + "-5309"]
)
def test_a_number_that_could_ring_is_noticed(text: str) -> None:
    assert phone_numbers(text) != []


@pytest.mark.parametrize(
    "text", ["+12065550150", "(206) 555-0150", "+447700900123", "+1800000", "1800000000000", "1.2.345.6789"]
)
def test_a_reserved_number_is_not(text: str) -> None:
    assert phone_numbers(text) == []


def test_paths_registries_and_downloads_are_noticed() -> None:
    assert machine_paths("cd /" + "home/somebody/project") != []
    assert machine_paths("see https://example.com/wo" + "rk/x") == []
    assert registries("https://registry" + ".npmjs.org/aws-cdk") != []
    assert list(downloads({"packages": {"a": {"version": "1", "resolved": "https://example.com"}}})) == [
        "resolved"
    ]
