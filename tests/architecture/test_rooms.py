"""Rooms are small, and no two of them need each other."""

from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from local.house_map import LAMBDAS, Room, rooms

MOST_MODULES = 17


def crowded(root: Path, *, most: int) -> list[str]:
    """Packages with more modules than that, besides what lies in packages of their own."""
    modules = Counter(each.parent for each in root.rglob("*.py") if each.name != "__init__.py")
    return sorted(f"{folder.relative_to(root)}: {count}" for folder, count in modules.items() if count > most)


def circles(found: Mapping[str, Room]) -> list[str]:
    """Rooms that need themselves through others; what lies beside rooms is told apart from the rooms."""
    return sorted(name for name in found if name in set(_reached(found, name)))


def _reached(found: Mapping[str, Room], start: str) -> Iterator[str]:
    waiting, seen = list(found[start].uses), set[str]()
    while waiting:
        name = waiting.pop()
        if name in seen or name not in found:
            continue
        seen.add(name)
        yield name
        waiting += found[name].uses


def test_no_room_is_crowded() -> None:
    assert crowded(LAMBDAS, most=MOST_MODULES) == []


@pytest.mark.parametrize("depth", [1, 2])
def test_no_two_rooms_need_each_other(depth: int) -> None:
    found = {name: room for name, room in rooms(depth=depth).items() if depth == 1 or "." in name}
    assert len(found) > 8
    assert circles(found) == []


def test_a_crowded_room_would_be_noticed(tmp_path: Path) -> None:
    (tmp_path / "room").mkdir()
    for name in ("a", "b"):
        (tmp_path / "room" / f"{name}.py").touch()
    assert crowded(tmp_path, most=1) == ["room: 2"]


def test_a_circle_would_be_noticed() -> None:
    found = {"a": Room(uses={"b"}), "b": Room(uses={"c"}), "c": Room(uses={"a"}), "d": Room(uses={"a"})}
    assert circles(found) == ["a", "b", "c"]
