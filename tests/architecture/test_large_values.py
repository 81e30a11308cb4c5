"""A comparison of large values fails in a moment, on a developer's machine and in CI."""

import random
from collections.abc import Callable
from itertools import chain
from time import process_time

import pytest

SIZE = 300_000
MOMENT = 10.0
SEED = random.Random(1)  # noqa: S311 - nothing secret
KINDS: dict[str, Callable[[], object]] = {
    "bytes": lambda: SEED.randbytes(SIZE),
    "text of one line": lambda: "".join(SEED.choices("abcdef", k=SIZE)),
    "text of many lines": lambda: "".join(SEED.choices("abcdef \n", k=SIZE)),
    "bytes in a mapping": lambda: {"audio": SEED.randbytes(SIZE)},
    "numbers": lambda: [SEED.random() for _ in range(SIZE // 10)],
}


def told(config: pytest.Config, left: object, right: object) -> list[str]:
    answers = config.hook.pytest_assertrepr_compare(config=config, op="==", left=left, right=right)
    return list(chain.from_iterable(answers))


@pytest.fixture(autouse=True)
def _in_ci(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where pytest leaves nothing out."""
    monkeypatch.setenv("CI", "true")


@pytest.mark.parametrize("kind", KINDS)
def test_large_values_are_told_by_their_digests(kind: str, pytestconfig: pytest.Config) -> None:
    left, right = KINDS[kind](), KINDS[kind]()
    started = process_time()
    lines = told(pytestconfig, left, right)
    assert process_time() - started < MOMENT
    assert len([line for line in lines if "SHA-256" in line]) == 2
    assert sum(map(len, lines)) < 1_000


def test_where_they_begin_to_differ_is_shown(pytestconfig: pytest.Config) -> None:
    left, right = "a" * SIZE + "here" + "a" * SIZE, "a" * SIZE + "there" + "a" * SIZE
    assert all("here" in line for line in told(pytestconfig, left, right)[2:])


def test_small_values_are_told_line_by_line(pytestconfig: pytest.Config) -> None:
    assert "At index 1 diff: 'b' != 'c'" in told(pytestconfig, ["a", "b"], ["a", "c"])
