"""What a function's role may do, and what its environment names, in a synthesized stage."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from stacks.handlers import name_of
from tests.stacks.assembly import Assembly, Place, Resource
from tests.stacks.grants.values import ANY_KEY, Key, Text
from tests.stacks.rules import our_functions

ANYTHING: Place = ("", "*")
INDEX = re.compile(r"/index/([A-Za-z0-9_.-]+)")
MARK = re.compile(r"<([0-9]+)>")
Grant = tuple[str, Place]


@dataclass(frozen=True, slots=True)
class Worker:
    """A function of ours in a stage."""

    of: Assembly
    function: Resource

    @property
    def module(self) -> str:
        return str(self.function.properties["Handler"]).removesuffix(".handler")

    @property
    def name(self) -> str:
        return name_of(self.module)

    @property
    def place(self) -> Place:
        return (self.function.stack, self.function.id)

    @property
    def variables(self) -> Mapping[str, Any]:
        found: Mapping[str, Any] = self.function.properties["Environment"]["Variables"]
        return found

    @property
    def settings(self) -> Mapping[str, str]:
        """What the environment says in so many words, by the names of the settings."""
        return {name.lower(): value for name, value in self.variables.items() if isinstance(value, str)}

    def grants(self) -> set[Grant]:
        """Each action with each resource that it is allowed on."""
        (role,) = self.of.named_in(self.function.stack, self.function.properties["Role"])
        return {
            (action, place)
            for policy in self.of.resources("AWS::IAM::Policy")
            if role in self.of.named_in(policy.stack, policy.properties["Roles"])
            for statement in policy.properties["PolicyDocument"]["Statement"]
            for action in _listed(statement["Action"])
            for resource in _listed(statement["Resource"])
            for place in self._places(policy.stack, resource)
        }

    def named(self, text: Text, index: str) -> set[Place]:
        """The resources that a variable of the environment names, or that its JSON does under a path."""
        value = self.variables.get(text.setting.upper())
        found = self._under(value, text.path) if text.path else self._referred(value)
        return {_indexed(place, index) for place in found}

    def _places(self, stack: str, resource: object) -> set[Place]:
        found = re.findall(INDEX, json.dumps(resource))
        named = {place for place in self.of.named_in(stack, resource) if not place[1].startswith("AWS::")}
        return {_indexed(place, found[0] if found else "") for place in named or {ANYTHING}}

    def _referred(self, value: object) -> set[Place]:
        return self.of.named_in(self.function.stack, value)

    def _under(self, value: object, path: tuple[Key, ...]) -> set[Place]:
        """References are put into the text as <number>, so that it is JSON again."""
        pieces = value["Fn::Join"][1] if isinstance(value, dict) else [value]
        references = [piece for piece in pieces if not isinstance(piece, str)]
        marks = (f"<{number}>" for number in range(len(references)))
        text = "".join(piece if isinstance(piece, str) else next(marks) for piece in pieces)
        said = " ".join(map(str, _walk(json.loads(text), path)))
        return set().union(*(self._referred(references[int(each)]) for each in MARK.findall(said)))


def workers(of: Assembly) -> Iterator[Worker]:
    for function in our_functions(of):
        yield Worker(of, function)


def _listed(value: object) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _indexed(place: Place, index: str) -> Place:
    return (place[0], f"{place[1]}/{index}") if index else place


def _walk(value: object, path: tuple[Key, ...]) -> Iterator[object]:
    if not path:
        yield value
        return
    first, rest = path[0], path[1:]
    inside = value if isinstance(value, dict) else dict(enumerate(value)) if isinstance(value, list) else {}
    for key, held in inside.items():
        if first in (ANY_KEY, key):
            yield from _walk(held, rest)
