"""`python -m local.recordings`: make the sample calls, which the laptop's transcriber then knows."""

import argparse
import sys
from pathlib import Path

from local.errors import LaptopError
from local.places import OURS
from local.recordings.recording import espeak, record, save
from local.recordings.scripts import SCRIPTS


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m local.recordings", description=__doc__)
    parser.add_argument("--folder", type=Path, default=OURS.recordings, help="%(default)s")
    folder = parser.parse_args().folder
    try:
        say = espeak()
        for script in SCRIPTS:
            made = record(script, say)
            print(f"{save(made, folder)}  {made.sidecar.seconds:5.1f} s  {script.title}")
    except LaptopError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
