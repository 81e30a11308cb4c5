"""Every gate with progress; ends in one line of counts. `python -m tests.gates [lint|unit|…]`.

Gates that keep less than one core busy run beside each other, and each shows what it said when it is done.
"""

import os
import subprocess
import sys
import time
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory, TemporaryFile
from typing import IO
from xml.etree import ElementTree as ET

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
SOURCES = ("app.py", "stacks", "lambdas", "local", "operate", "tests", "bench")


@dataclass(frozen=True, slots=True)
class Gate:
    """A command; where it is a test run, its counts come from the report it writes.

    Gates of the same `lane` that follow each other run beside each other; those without one run alone.
    """

    part: str
    title: str
    command: tuple[str, ...]
    lane: str = ""

    @property
    def is_test_run(self) -> bool:
        return self.command[0] == "pytest"


@dataclass(frozen=True, slots=True)
class Counts:
    passed: int = 0
    failed: int = 0
    skipped: int = 0

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(self.passed + other.passed, self.failed + other.failed, self.skipped + other.skipped)


PAGE = ("npm", "--prefix", "web", "run", "--silent")

LINT = "lint"

GATES = (
    Gate("lint", "types", ("mypy", *SOURCES), LINT),
    Gate("lint", "format", ("ruff", "format", "--check", "--quiet", "."), LINT),
    Gate("lint", "lint", ("ruff", "check", "--quiet", "."), LINT),
    Gate("lint", "the page's types, lint and format", (*PAGE, "check"), LINT),
    Gate("unit", "the page's own tests", (*PAGE, "test")),
    Gate("unit", "unit, contract and template tests", ("pytest", "tests", "-n", "2", "--dist", "worksteal")),
    Gate("e2e", "end to end, IAM enforced", ("pytest", "tests/e2e")),
    Gate("faults", "everything broken on purpose, in short", ("pytest", "tests/faults")),
    Gate("browser", "in a real browser", ("pytest", "tests/browser")),
)


@dataclass(frozen=True, slots=True)
class Result:
    """`said` is empty where it was shown at once."""

    gate: Gate
    counts: Counts
    seconds: float
    said: str


def main(parts: Sequence[str]) -> int:
    unknown = set(parts) - {gate.part for gate in GATES}
    if unknown:
        sys.exit(f"no such part: {', '.join(sorted(unknown))}")
    started = time.monotonic()
    wanted = [gate for gate in GATES if not parts or gate.part in parts]
    counts = sum((_run(beside) for beside in _lanes(wanted)), Counts())
    print(f"\n{time.monotonic() - started:.0f} s in all")
    skipped = f", {counts.skipped} skipped" if counts.skipped else ""
    print(f"{counts.passed} passed, {counts.failed} failed{skipped}")
    return 1 if counts.failed else 0


def _lanes(gates: Iterable[Gate]) -> list[list[Gate]]:
    return [list(beside) for _, beside in groupby(gates, key=lambda gate: gate.lane or gate.title)]


def _run(gates: Sequence[Gate]) -> Counts:
    for gate in gates:
        print(f"\n▶ {gate.title}", flush=True)
    with ThreadPoolExecutor(len(gates)) as pool:
        running = [pool.submit(_result, gate, shown=len(gates) == 1) for gate in gates]
        return sum((_told(done.result()) for done in as_completed(running)), Counts())


def _told(result: Result) -> Counts:
    mark = "✗" if result.counts.failed else "✓"
    print(f"{result.said}{mark} {result.gate.title}  {result.seconds:.1f} s", flush=True)
    return result.counts


def _result(gate: Gate, *, shown: bool) -> Result:
    """Raises whatever starting its command does."""
    started = time.monotonic()
    with TemporaryFile("w+") as said:
        counts = (_tested if gate.is_test_run else _checked)(gate, None if shown else said)
        said.seek(0)
        return Result(gate, counts, time.monotonic() - started, said.read())


def _checked(gate: Gate, out: IO[str] | None) -> Counts:
    return Counts(passed=1) if _call(gate.command, out) == 0 else Counts(failed=1)


def _tested(gate: Gate, out: IO[str] | None) -> Counts:
    """A run that breaks off without a report has failed, whatever it had passed."""
    with TemporaryDirectory() as folder:
        report = Path(folder) / "report.xml"
        code = _call((*gate.command, *_left_out(gate), f"--junitxml={report}"), out)
        counts = _read(report) if report.exists() else Counts()
    broken = code != 0 and not counts.failed
    return counts + Counts(failed=1) if broken else counts


def _left_out(gate: Gate) -> tuple[str, ...]:
    """The unit part is whatever has no part of its own."""
    if gate.part != "unit":
        return ()
    apart = {each.command[1] for each in GATES if each.is_test_run and each.part != "unit"}
    return tuple(f"--ignore={folder}" for folder in sorted(apart))


def _read(report: Path) -> Counts:
    suites = ET.parse(report).getroot().iter("testsuite")  # noqa: S314 - our own pytest wrote it
    totals = [{name: int(value) for name, value in suite.items() if value.isdigit()} for suite in suites]
    failed = sum(total["failures"] + total["errors"] for total in totals)
    skipped = sum(total["skipped"] for total in totals)
    return Counts(sum(total["tests"] for total in totals) - failed - skipped, failed, skipped)


def _call(command: Sequence[str], out: IO[str] | None) -> int:
    """Into `out`, or shown at once if there is none."""
    tool, *arguments = command
    environment = {**os.environ, "PATH": f"{BIN}{os.pathsep}{os.environ.get('PATH', '')}"}
    called = [str(BIN / tool), *arguments]
    ran = subprocess.run(called, cwd=ROOT, env=environment, stdout=out, stderr=out, check=False)  # noqa: S603 - our own tools
    return ran.returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
