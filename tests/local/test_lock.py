"""Nothing is installed but what was locked: by version, and by the hash of the file."""

import re
from pathlib import Path

import pytest

from local.lock import LOCKS, ROOT, Lock, locked

HASH = re.compile(r"sha256:[0-9a-f]{64}")
ACTION = re.compile(r"uses:\s*\S+@[0-9a-f]{40} # v\d")


def _named(lock: Lock) -> str:
    return lock.pins


@pytest.mark.parametrize("lock", LOCKS, ids=_named)
def test_every_package_of_a_lock_has_hashes(lock: Lock) -> None:
    packages = list(locked(lock.path))
    assert packages
    assert [each.name for each in packages if not each.hashes] == []
    assert all(HASH.fullmatch(each) for package in packages for each in package.hashes)


@pytest.mark.parametrize("lock", LOCKS, ids=_named)
def test_a_lock_says_what_its_pins_say(lock: Lock) -> None:
    made = {each.name: each.version for each in locked(lock.path)}
    wanted = {each.name: each.version for each in locked(ROOT / lock.pins)}
    assert {name: made.get(name) for name in wanted} == wanted, "run `make lock`"


def test_what_functions_carry_is_what_runs_here() -> None:
    here = {each.name: each.version for each in locked(ROOT / "requirements.txt")}
    layers = [each for lock in LOCKS if "layers" in lock.pins for each in locked(lock.path)]
    assert {each.name: each.version for each in layers if here.get(each.name) != each.version} == {}


def test_every_list_of_packages_is_a_lock() -> None:
    found = {path for path in ROOT.glob("**/requirements.in") if "node_modules" not in path.parts}
    assert found <= {ROOT / lock.pins for lock in LOCKS}


def test_actions_are_named_by_commit() -> None:
    uses = [
        line
        for path in (ROOT / ".github" / "workflows").glob("*.yml")
        for line in path.read_text(encoding="utf-8").splitlines()
        if "uses:" in line
    ]
    assert uses
    assert [line for line in uses if not ACTION.search(line)] == []


def test_pins_and_hashes_are_read_over_several_lines(tmp_path: Path) -> None:
    lock = tmp_path / "lock.txt"
    lock.write_text(
        "# made\nA_b[x]==1.0 \\\n    --hash=sha256:aa \\\n    --hash=sha256:bb\n    # via c\nc==2\n"
    )
    first, second = locked(lock)
    assert (first.name, first.version, first.hashes) == ("a-b", "1.0", ("sha256:aa", "sha256:bb"))
    assert (second.name, second.version, second.hashes) == ("c", "2", ())


def test_a_line_that_pins_nothing_is_an_error(tmp_path: Path) -> None:
    loose = tmp_path / "loose.txt"
    loose.write_text("openai>=3\n")
    with pytest.raises(ValueError, match="unpack"):
        list(locked(loose))
