"""A rule for something that AWS refuses."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from tests.stacks.assembly import Assembly
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
