"""A rule for something that AWS refuses."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from tests.stacks.assembly import Assembly, Resource
from tests.stacks.breaking import BreakAssembly

Rule = Callable[[Assembly], Iterator[str]]


@dataclass(frozen=True, slots=True)
class Refusal:
    """`rule` yields a sentence for each finding; `document` is where AWS says so; `breaks` makes one finding.

    `breaks` gets a copy of the prod stage that it may change, and the rule must then find something.
    """

    rule: Rule
    document: str
    breaks: BreakAssembly

    def __str__(self) -> str:
        return self.rule.__name__


def out_of_range(resource: Resource, ranges: Mapping[str, tuple[int, int]]) -> Iterator[str]:
    """`ranges` are the least and the most by the property's path, "A/B"; what is not set is not looked at."""
    for path, (least, most) in ranges.items():
        value: object = resource.properties
        for name in path.split("/"):
            value = value.get(name) if isinstance(value, dict) else None
        if isinstance(value, int) and not least <= value <= most:
            yield f"{resource} has {path} {value}, which is not from {least} to {most}"
