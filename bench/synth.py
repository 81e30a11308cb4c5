"""How long a synthesis takes once everything is built."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

BUDGET_SECONDS = 4.0
BIN = Path(sys.executable).parent
PLAIN = {"CDK_VALIDATION": "false", "CDK_DISABLE_CLI_TELEMETRY": "true"}


def rows() -> Iterator[str]:
    _synth()
    seconds = min(_synth() for _ in range(3))
    mark = "✓" if seconds <= BUDGET_SECONDS else "✗"
    yield f"cdk synth of every stack, warm (budget {BUDGET_SECONDS:.0f} s): {mark} {seconds:.1f} s"


def _synth() -> float:
    environment = {**os.environ, **PLAIN, "PATH": f"{BIN}{os.pathsep}{os.environ.get('PATH', '')}"}
    with tempfile.TemporaryDirectory() as output:
        command = [str(BIN / "cdk"), "synth", "--quiet", "--no-notices", "--output", output]
        started = time.monotonic()
        subprocess.run(command, env=environment, check=True, capture_output=True)
        return time.monotonic() - started
