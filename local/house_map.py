"""The map of the code that functions run: its rooms, what each uses, how large it is; from the imports."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from local.places import ROOT

LAMBDAS = ROOT / "lambdas"


@dataclass(slots=True)
class Room:
    """A package; `uses` are the rooms that it imports from."""

    modules: int = 0
    lines: int = 0
    uses: set[str] = field(default_factory=set)


def rendered() -> Mapping[str, str]:
    """By the names of the places in the document: a picture of the floors, and a table of the rooms."""
    return {"floors": _picture(rooms(depth=1)), "rooms": _table(rooms(depth=2))}


def rooms(*, depth: int) -> Mapping[str, Room]:
    """Rooms by their names below `switchboard`, such as `core` or, two deep, `core.people`."""
    found: dict[str, Room] = defaultdict(Room)
    for path in sorted(LAMBDAS.rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        own = _room(".".join(path.relative_to(LAMBDAS).with_suffix("").parts), depth=depth)
        room = found[own]
        room.modules += path.name != "__init__.py"
        room.lines += text.count("\n")
        room.uses |= {
            used for name in _imported(ast.parse(text)) if (used := _room(name, depth=depth)) != own
        }
    return {name: found[name] for name in sorted(found) if name}


def _imported(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("switchboard"):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _room(module: str, *, depth: int) -> str:
    """The package of a module, no deeper than that; a file beside packages is of the room around."""
    parts = module.split(".")
    parts = parts[1:] if parts[0] == "switchboard" else parts
    folder = LAMBDAS / "switchboard" if module.startswith("switchboard") else LAMBDAS
    return ".".join(list(_folders(folder, parts))[:depth])


def _folders(folder: Path, parts: list[str]) -> Iterator[str]:
    for part in parts:
        folder /= part
        if not folder.is_dir():
            return
        yield part


def _picture(floors: Mapping[str, Room]) -> str:
    arrows = [f"  {name} --> {used}" for name, room in floors.items() for used in sorted(room.uses)]
    return "\n".join(("```mermaid", "graph TD", *arrows, "```"))


def _table(found: Mapping[str, Room]) -> str:
    rows = (
        f"| `{name}` | {room.modules} | {room.lines:,} | {_listed(room)} |" for name, room in found.items()
    )
    return "\n".join(("| room | modules | lines | uses |", "| --- | --- | --- | --- |", *rows))


def _listed(room: Room) -> str:
    return ", ".join(f"`{used}`" for used in sorted(room.uses)) or "nothing"
