"""Builds every bundle ahead of time: `python -m stacks.bundling [aws] [local]`."""

import sys
from typing import get_args

from stacks.bundling import LAYERS, code_bundle, layer_bundle, site_bundle
from stacks.bundling.store import Target


def main(targets: list[str]) -> None:
    for target in get_args(Target):
        if not targets or target in targets:
            _build(target)
    site_bundle()


def _build(target: Target) -> None:
    for name in LAYERS:
        layer_bundle(name, target)
    code_bundle(target)


if __name__ == "__main__":
    main(sys.argv[1:])
