"""What the stacks have of a channel or a skill besides its spec: modules of its own folder here, by name."""

from importlib import import_module
from importlib.util import find_spec
from typing import Any, Literal

Family = Literal["channels", "skills"]


def part_of(family: Family, member: str, part: str) -> Any:  # noqa: ANN401 - a module, whatever is in it
    """The module `part` of a member's folder; None where the member needs none."""
    folder = f"stacks.{family}.{member}"
    if find_spec(folder) is None or find_spec(f"{folder}.{part}") is None:
        return None
    return import_module(f"{folder}.{part}")
