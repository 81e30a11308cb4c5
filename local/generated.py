"""Everything in the repository that is made from the code: `python -m local.generated [--write]`.

Without `--write` it says what is stale, and fails then.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from local import house_map, openapi
from local.places import ROOT
from stacks import idle_costs, tables


@dataclass(frozen=True, slots=True)
class Document:
    """A file, and what it has to be, given what it is now."""

    path: Path
    made: Callable[[str], str]


def _between_marks(render: Callable[[], Mapping[str, str]]) -> Callable[[str], str]:
    return lambda text: tables.filled(text, render())


DOCUMENTS = (
    Document(tables.README, _between_marks(tables.rendered)),
    Document(idle_costs.COSTS, _between_marks(idle_costs.rendered)),
    Document(openapi.DOCUMENT, lambda _text: openapi.rendered()),
    Document(ROOT / "docs" / "house.md", _between_marks(house_map.rendered)),
)


def main(arguments: Sequence[str]) -> int:
    stale = {each.path: made for each in DOCUMENTS if (made := each.made(_text(each))) != _text(each)}
    for path, made in stale.items():
        if "--write" in arguments:
            path.write_text(made, encoding="utf-8")
        print(f"{path.relative_to(ROOT)} {'is written' if '--write' in arguments else 'is stale'}")
    return 1 if stale and "--write" not in arguments else 0


def _text(document: Document) -> str:
    return document.path.read_text(encoding="utf-8")


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
