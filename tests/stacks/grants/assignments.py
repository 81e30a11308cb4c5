"""Names and what they stand for: which frame a name is of, and what an assignment puts where."""

from __future__ import annotations

import ast
from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass

from tests.stacks.grants.methods import Methods
from tests.stacks.grants.names import bound_in
from tests.stacks.grants.objects import Arguments, Objects
from tests.stacks.grants.state import State
from tests.stacks.grants.values import (
    ANY_KEY,
    KEYS,
    UNKNOWN,
    Frame,
    Instance,
    Text,
    Value,
    Values,
)


@dataclass(frozen=True, slots=True)
class Assignments(ABC):
    """In one frame."""

    state: State
    frame: Frame

    @abstractmethod
    def value(self, node: ast.expr | None) -> Values:
        """What an expression may be."""

    @property
    def objects(self) -> Objects:
        return Objects(self.state, self.frame)

    @property
    def methods(self) -> Methods:
        return Methods(self.objects)

    def assign(self, target: ast.expr, values: Values) -> None:
        match target:
            case ast.Name(id=name):
                self.state.write(self.owner(name) or self.frame, name, values)
            case ast.Attribute(value=inner, attr=name):
                for owner in self.objects_in(inner):
                    self.state.write(owner, name, values)
            case ast.Subscript(value=inner, slice=key):
                for owner in self.objects_in(inner):
                    self.put(owner, key, values)
            case ast.Tuple(elts=targets) | ast.List(elts=targets):
                for place, each in enumerate(targets):
                    self.assign(each, {_element(value, place) for value in values})
            case ast.Starred(value=inner):
                self.assign(inner, values)

    def objects_in(self, node: ast.expr) -> Iterator[Instance]:
        return (each for each in self.value(node) if isinstance(each, Instance))

    def unpack(self, target: ast.expr, node: ast.expr) -> None:
        """One by one where both sides are written out."""
        match target, node:
            case ast.Tuple(elts=targets), ast.Tuple(elts=elements) if len(targets) == len(elements):
                for one, element in zip(targets, elements, strict=True):
                    self.unpack(one, element)
            case _:
                self.assign(target, self.value(node))

    def iterate(self, target: ast.expr, node: ast.expr) -> None:
        match target, node:
            case ast.Tuple(elts=[key, held]), ast.Call(func=ast.Attribute(value=inner, attr="items")):
                self.assign(key, self.methods.keys(self.value(inner)))
                self.assign(held, self.methods.held(self.value(inner)))
            case _:
                self.assign(target, self.elements(self.value(node)))

    def elements(self, values: Values) -> Values:
        """A list is as good as what is in it, so a dictionary may be in one, or give its keys."""
        found: set[Value] = set()
        for value in values:
            match value:
                case Instance(of=None):
                    found |= {value, *UNKNOWN, *self.state.read(self.frame, value, KEYS)}
                case Instance():
                    found |= self.objects.method(value, "__iter__", Arguments()) or {value}
                case Text():
                    found.add(value.at(ANY_KEY))
                case _:
                    found.add(value)
        return found

    def put(self, owner: Instance, key: ast.expr, values: Values) -> None:
        if isinstance(key, ast.Constant):
            self.state.write(owner, str(key.value), values)
            return
        self.state.write(owner, KEYS, self.value(key))
        self.state.write(owner, ANY_KEY, values)

    def owner(self, name: str) -> Frame | None:
        """The frame that a name is a variable of."""
        for frame in _outward(self.frame):
            if name in bound_in(frame.node):
                return frame
        return None


def _outward(frame: Frame | None) -> Iterator[Frame]:
    while frame:
        yield frame
        frame = frame.scope


def _element(value: Value, place: int) -> Value:
    return value.at(place) if isinstance(value, Text) else value
