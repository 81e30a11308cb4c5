"""Methods of what is not an object of ours: clients, dictionaries, texts."""

from __future__ import annotations

import ast
from dataclasses import dataclass

from tests.stacks.grants.boto import Requests
from tests.stacks.grants.objects import Arguments, Objects
from tests.stacks.grants.values import (
    ANY_KEY,
    EMPTY,
    KEYS,
    NOTHING,
    UNKNOWN,
    Class,
    Client,
    Instance,
    Paginator,
    Text,
    Value,
    Values,
    a_function,
)

LOOKS = {"get", "pop", "setdefault", "items", "values", "keys", "copy", "popleft", "update", "__getitem__"}


@dataclass(frozen=True, slots=True)
class Methods:
    objects: Objects

    def has(self, value: Value, name: str) -> bool:
        """Whether this is where a method is known, rather than with the object's class."""
        match value:
            case Instance(of=Class() as kind):
                return name in LOOKS and name not in self.objects.state.sources.members(kind)
        return not isinstance(value, Class)

    def call(self, value: Value, name: str, arguments: Arguments, node: ast.Call) -> Values:
        match value:
            case Client(service=service):
                return Requests(self.objects).made(service, name, arguments, node)
            case Paginator():
                return Requests(self.objects).paged(value, arguments, node)
            case Instance():
                return self._of_dictionary(value, name, arguments, node)
            case Text():
                return self._of_text(value, name, node)
        from tests.stacks.grants.externals import Externals  # noqa: PLC0415 - each calls the other

        return Externals(self.objects).unknown(arguments, node)

    def of_parent(self, name: str, arguments: Arguments) -> Values:
        """By `super()`: the method of the nearest class that comes after the one it is called in."""
        receiver, node = self.objects.frame.receiver, self.objects.frame.node
        if not isinstance(receiver, Instance) or receiver.of is None:
            return UNKNOWN
        bases = self.objects.state.sources.bases(receiver.of)
        here = next((place for place, base in enumerate(bases) if node in base.node.body), len(bases))
        for base in bases[here + 1 :]:
            found = self.objects.state.sources.method(base, name)
            if found:
                scope = self.objects.state.module(found[0].module)
                function = a_function(found[1], found[0].module, scope, receiver)
                return self.objects.invoke(function, arguments)
        return UNKNOWN

    def under(self, value: Instance, key: ast.expr) -> Values:
        """What lies under a key; of a list of objects, the objects."""
        read = self.objects.state.read
        if isinstance(key, ast.Constant) and isinstance(key.value, str):
            held = read(self.objects.frame, value, key.value) | read(self.objects.frame, value, ANY_KEY)
            return held or UNKNOWN
        return self.held({value}) if value.of is None else {value}

    def keys(self, values: Values) -> Values:
        found: set[Value] = set(UNKNOWN)
        for value in values:
            if isinstance(value, Instance):
                found |= self.objects.state.read(self.objects.frame, value, KEYS)
        return found

    def held(self, values: Values) -> Values:
        found: set[Value] = set()
        for value in values:
            match value:
                case Instance():
                    inside = self.objects.state.fields(self.objects.frame, value)
                    found |= EMPTY.union(*(each for name, each in inside.items() if name != KEYS))
                case Text():
                    found.add(value.at(ANY_KEY))
                case _:
                    found.add(value)
        return found or UNKNOWN

    def merge(self, source: Value, into: Instance) -> None:
        """What follows ** in a dictionary, or what it is updated with."""
        match source:
            case Instance():
                for name, values in self.objects.state.fields(self.objects.frame, source).items():
                    self.objects.state.write(into, name, values)
            case Text():
                self.objects.state.write(into, ANY_KEY, {source.at(ANY_KEY)})

    def _of_dictionary(self, value: Instance, name: str, arguments: Arguments, node: ast.Call) -> Values:
        match name, node.args:
            case (("get" | "pop" | "setdefault" | "__getitem__"), [key, *_]):
                return self._taken(value, name, key, arguments)
            case (("items" | "values"), _):
                return self.held({value})
            case "keys", _:
                return self.keys({value})
            case "update", _:
                for source in arguments.everything:
                    self.merge(source, value)
                for keyword, values in arguments.keywords.items():
                    self.objects.state.write(value, keyword, values)
                return NOTHING
            case _ if name in LOOKS:
                return {value}
        return UNKNOWN

    def _taken(self, value: Instance, name: str, key: ast.expr, arguments: Arguments) -> Values:
        if name == "setdefault":
            self.objects.state.write(value, KEYS, arguments.positional[0])
            self.objects.state.write(value, ANY_KEY, arguments.positional[1])
        default = EMPTY.union(*arguments.positional[1:])
        if name == "get" and not default:
            default = NOTHING
        return self.under(value, key) | default

    def _of_text(self, value: Text, name: str, node: ast.Call) -> Values:
        match name, node.args:
            case (("get" | "pop"), [ast.Constant(value=str(key)), *_]):
                return {value.at(key)}
            case (("get" | "pop" | "items" | "values"), _):
                return {value.at(ANY_KEY)}
        return {value}
