"""`make bench`: every measurement, or those named."""

import sys
import time

from bench import calls, calls_cost, first_delta, imports, synth, tasks

PARTS = {
    "calls": calls.rows,
    "recordings": calls_cost.rows,
    "tasks": tasks.rows,
    "synth": synth.rows,
    "imports": imports.rows,
    "delta": first_delta.rows,
}


def main(names: list[str]) -> None:
    for name in names or PARTS:
        started = time.monotonic()
        for row in PARTS[name]():
            print(row, flush=True)
        print(f"  ({name}: {time.monotonic() - started:.0f} s)\n", flush=True)


main(sys.argv[1:])
