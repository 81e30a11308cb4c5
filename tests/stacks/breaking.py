"""Small changes to a resource's declaration, by which a rule is seen to notice what it is for."""

from collections.abc import Callable
from typing import Any

from tests.stacks.assembly import Assembly, Resource

Break = Callable[[dict[str, Any]], None]
BreakAssembly = Callable[[Assembly], None]


def put(*path: str | int, to: object) -> Break:
    def change(resource: Any) -> None:  # noqa: ANN401 - a template is JSON
        *parents, last = path
        for key in parents:
            resource = resource[key]
        resource[last] = to

    return change


def drop(*path: str | int) -> Break:
    def change(resource: Any) -> None:  # noqa: ANN401 - a template is JSON
        *parents, last = path
        for key in parents:
            resource = resource[key]
        del resource[last]

    return change


def first(kind: str, change: Break, *, stack: str | None = None) -> BreakAssembly:
    """Changes the first resource of a kind, in one stack if one is named."""

    def change_assembly(assembly: Assembly) -> None:
        found = (each for each in assembly.resources(kind) if stack in {None, each.stack})
        change(_declaration(next(found)))

    return change_assembly


def _declaration(resource: Resource) -> dict[str, Any]:
    declaration: dict[str, Any] = resource.declaration  # type: ignore[assignment]
    return declaration
