"""Calling what is not ours: the standard library's, boto3's, a web framework's."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from typing import Final

from tests.stacks.grants.boto import Undecidable
from tests.stacks.grants.objects import Arguments, Objects
from tests.stacks.grants.values import (
    EMPTY,
    UNKNOWN,
    Class,
    Client,
    External,
    Function,
    Instance,
    ModuleValue,
    Partial,
    Text,
    Value,
    Values,
    a_partial,
    an_instance,
)

TRANSPARENT: Final = frozenset(
    {
        *("functools.cache", "functools.lru_cache", "functools.wraps", "contextlib.contextmanager"),
        *("dataclasses.dataclass", "dataclasses.asdict", "builtins.property", "functools.cached_property"),
        *("builtins.staticmethod", "builtins.classmethod", "typing.runtime_checkable", "json.loads"),
        *("builtins.list", "builtins.tuple", "builtins.set", "builtins.frozenset", "builtins.dict"),
    }
)
"""They hand over what they are given, and call nothing of it now."""
BLIND: Final = frozenset(f"builtins.{name}" for name in ("isinstance", "issubclass", "type", "len", "print"))


LOADER: Final = ("switchboard.platform.config", "load")
"""It makes a configuration of the environment, field by field."""


@dataclass(frozen=True, slots=True)
class Externals:
    objects: Objects

    def call(self, name: str, arguments: Arguments, node: ast.Call) -> Values:
        self.objects.state.invoked.add(name)
        special = SPECIAL.get(name)
        if special:
            return special(self, arguments, node)
        if name in BLIND:
            return UNKNOWN
        if name in TRANSPARENT:
            return self._with_keywords(arguments, node)
        return self.unknown(arguments, node)

    def called(self, callee: Value, arguments: Arguments, node: ast.AST) -> Values:
        """What is ours, or nobody knows what."""
        match callee:
            case Function():
                return self.objects.invoke(callee, arguments)
            case Class():
                return self.objects.make(callee, arguments, node)
            case Partial():
                return self.called(callee.function, self._completed(callee, arguments), node)
            case Instance() if callee.of:
                return self.objects.method(callee, "__call__", arguments) or UNKNOWN
        return self.unknown(arguments, node)

    def unknown(self, arguments: Arguments, node: ast.AST) -> Values:
        """Whoever is given functions may call them, with whatever else it is given."""
        given = arguments.everything
        results = [self._escaped(each, given, arguments, node) for each in given]
        ours = {each for each in given if not isinstance(each, Text | External)}
        return ours.union(UNKNOWN, *results)

    def loaded(self, arguments: Arguments, node: ast.AST) -> Values:
        """The configuration: one text for each setting."""
        kinds = [each for each in arguments.positional[0] if isinstance(each, Class)]
        return {self._configuration(kind, node) for kind in kinds}

    def client(self, arguments: Arguments, node: ast.Call) -> Values:
        match node.args:
            case [ast.Constant(value=str(service)), *_]:
                return {Client(service)}
        raise Undecidable(ast.unparse(node))

    def cast(self, arguments: Arguments, node: ast.Call) -> Values:
        allowed = self.objects.allowed(self.objects.frame.module, node.args[0])
        if any(isinstance(each, Client) for each in allowed):
            return allowed
        return arguments.positional[1] | allowed

    def partial(self, arguments: Arguments, node: ast.Call) -> Values:
        made = {a_partial(node, self.objects.frame, each) for each in arguments.positional[0]}
        for each in made:
            for place, values in enumerate(arguments.positional[1:]):
                self.objects.state.write(each, str(place), values)
            for name, values in arguments.keywords.items():
                self.objects.state.write(each, name, values)
        return made

    def replaced(self, arguments: Arguments, node: ast.Call) -> Values:
        for each in arguments.positional[0]:
            for name, values in arguments.keywords.items():
                if isinstance(each, Instance):
                    self.objects.state.write(each, name, values)
        return arguments.positional[0]

    def imported(self, arguments: Arguments, node: ast.Call) -> Values:
        """Every module that the name may be of: one that begins so, or else one that is written out."""
        sources = self.objects.state.sources
        match node.args:
            case [ast.JoinedStr(values=[ast.Constant(value=str(prefix)), *_])] if prefix:
                names = sources.within(prefix)
            case _:
                names = sources.written_out()
        return {ModuleValue(name) for name in names if self.objects.state.module(name)}

    def got(self, arguments: Arguments, node: ast.Call) -> Values:
        """By `getattr`. Errors: Undecidable, of a client."""
        match node.args:
            case [_, ast.Constant(value=str(name)), *_]:
                return EMPTY.union(*(self.objects.attribute(each, name) for each in arguments.positional[0]))
        if any(isinstance(each, Client) for each in arguments.positional[0]):
            raise Undecidable(ast.unparse(node))
        return UNKNOWN

    def _with_keywords(self, arguments: Arguments, node: ast.AST) -> Values:
        given = arguments.everything
        if not arguments.keywords:
            return given or UNKNOWN
        made = self.objects.state.dictionary(node, self.objects.frame, arguments.keywords)
        return given | {made}

    def _escaped(self, value: Value, given: Values, arguments: Arguments, node: ast.AST) -> Values:
        anything = Arguments(anything=(given - {value}) | UNKNOWN)
        match value:
            case Function() | Partial():
                return self.called(value, anything, node)
            case Class():
                known = Arguments(keywords=arguments.keywords, anything=UNKNOWN)
                return self._used(self.objects.make(value, known, node), anything)
            case Instance():
                return self._used({value}, anything)
        return EMPTY

    def _used(self, values: Values, anything: Arguments) -> Values:
        for each in values:
            if isinstance(each, Instance):
                self.objects.method(each, "__call__", anything)
        return values

    def _completed(self, partial: Partial, arguments: Arguments) -> Arguments:
        held = {
            name: self.objects.state.read(self.objects.frame, partial, name)
            for owner, name in list(self.objects.state.values)
            if owner is partial
        }
        first = [held.pop(str(place)) for place in range(len(held)) if str(place) in held]
        return Arguments(
            [*first, *arguments.positional],
            {**held, **arguments.keywords},
            arguments.spread,
            arguments.mappings,
            arguments.anything,
        )

    def _configuration(self, kind: Class, node: ast.AST) -> Instance:
        made = an_instance(kind, node, None, frozenset())
        for name in self.objects.state.sources.fields(kind):
            self.objects.state.write(made, name, {Text(name)})
        return made


SPECIAL: Final = {
    "boto3.client": Externals.client,
    "typing.cast": Externals.cast,
    "functools.partial": Externals.partial,
    "dataclasses.replace": Externals.replaced,
    "importlib.import_module": Externals.imported,
    "builtins.getattr": Externals.got,
}


def is_loader(function: Function) -> bool:
    return (function.module, getattr(function.node, "name", "")) == LOADER
