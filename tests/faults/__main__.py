"""Break everything over many turns and account for every message: `python -m tests.faults [--turns N]`."""

import argparse
import sys

from tests.faults.ground import ground
from tests.faults.report import promises, step_table, table
from tests.faults.trial import Plan, Trial, say


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    parser.add_argument("--turns", type=int, default=1000)
    parser.add_argument("--deaths", type=int, default=3, help="at each side of each step")
    parser.add_argument("--at-once", type=int, default=24, help="texts under way")
    parser.add_argument("--seconds", type=float, default=900, help="the longest it may take")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    plan = Plan(asked.turns, asked.deaths, asked.at_once, asked.seconds, asked.seed)
    with ground() as place:
        result = Trial(place, plan, say).run()
    print(f"\n{step_table(result)}\n\n{table(result)}")
    broken = [f"{name}: {what}" for name, found in promises(result) for what in found]
    print("\n".join(broken))
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
