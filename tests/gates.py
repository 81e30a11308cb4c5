"""Every gate, in order, with progress; ends in one line of counts. `python -m tests.gates [lint|unit|…]`."""

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from xml.etree import ElementTree as ET

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
SOURCES = ("app.py", "stacks", "lambdas", "local", "operate", "tests", "bench")


@dataclass(frozen=True, slots=True)
class Gate:
    """A command; where it is a test run, its counts come from the report it writes."""

    part: str
    title: str
    command: tuple[str, ...]

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

GATES = (
    Gate("lint", "format", ("ruff", "format", "--check", "--quiet", ".")),
    Gate("lint", "lint", ("ruff", "check", "--quiet", ".")),
    Gate("lint", "types", ("mypy", *SOURCES)),
    Gate("lint", "the page's types, lint and format", (*PAGE, "check")),
    Gate("unit", "the page's own tests", (*PAGE, "test")),
    Gate("unit", "unit, contract and template tests", ("pytest", "tests", "-n", "2", "--dist", "loadfile")),
    Gate("e2e", "end to end, IAM enforced", ("pytest", "tests/e2e")),
    Gate("faults", "everything broken on purpose, in short", ("pytest", "tests/faults")),
    Gate("browser", "in a real browser", ("pytest", "tests/browser")),
)


def main(parts: Sequence[str]) -> int:
    unknown = set(parts) - {gate.part for gate in GATES}
    if unknown:
        sys.exit(f"no such part: {', '.join(sorted(unknown))}")
    started = time.monotonic()
    counts = sum((_run(gate) for gate in GATES if not parts or gate.part in parts), Counts())
    print(f"\n{time.monotonic() - started:.0f} s in all")
    skipped = f", {counts.skipped} skipped" if counts.skipped else ""
    print(f"{counts.passed} passed, {counts.failed} failed{skipped}")
    return 1 if counts.failed else 0


def _run(gate: Gate) -> Counts:
    print(f"\n▶ {gate.title}", flush=True)
    started = time.monotonic()
    counts = _tested(gate) if gate.is_test_run else _checked(gate)
    mark = "✗" if counts.failed else "✓"
    print(f"{mark} {gate.title}  {time.monotonic() - started:.1f} s", flush=True)
    return counts


def _checked(gate: Gate) -> Counts:
    return Counts(passed=1) if _call(gate.command) == 0 else Counts(failed=1)


def _tested(gate: Gate) -> Counts:
    """A run that breaks off without a report has failed, whatever it had passed."""
    with TemporaryDirectory() as folder:
        report = Path(folder) / "report.xml"
        code = _call((*gate.command, *_left_out(gate), f"--junitxml={report}"))
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


def _call(command: Sequence[str]) -> int:
    tool, *arguments = command
    environment = {**os.environ, "PATH": f"{BIN}{os.pathsep}{os.environ.get('PATH', '')}"}
    return subprocess.run([str(BIN / tool), *arguments], cwd=ROOT, env=environment, check=False).returncode  # noqa: S603 - our own tools


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
