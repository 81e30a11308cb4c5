"""Calling and looking into what is ours: functions get frames, classes get objects, attributes are found."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from tests.stacks.grants.source import decorators, is_property
from tests.stacks.grants.state import RESULT, State
from tests.stacks.grants.values import (
    ANY_KEY,
    EMPTY,
    UNKNOWN,
    Class,
    Client,
    Frame,
    Function,
    FunctionNode,
    Instance,
    Value,
    Values,
    a_frame,
    a_function,
    an_instance,
    is_known,
    single_texts,
)


@dataclass(frozen=True, slots=True)
class Arguments:
    """`spread` is in what follows a *, `mappings` are what follows **; `anything` fills every parameter left.

    They are `complete` when something is known of each, at least that it may be anything.
    """

    positional: Sequence[Values] = ()
    keywords: Mapping[str, Values] = field(default_factory=dict)
    spread: Values = EMPTY
    mappings: Values = EMPTY
    anything: Values = EMPTY
    complete: bool = True

    @property
    def everything(self) -> Values:
        return EMPTY.union(*self.positional, *self.keywords.values(), self.spread, self.mappings)


@dataclass(frozen=True, slots=True)
class Objects:
    """On behalf of a frame, whose work is done again when what it read here changes."""

    state: State
    frame: Frame

    def given(self, arguments: Arguments, name: str, place: int | None) -> Values:
        """What a parameter gets; nothing at all when it is left to its default."""
        found = set(arguments.keywords.get(name, EMPTY))
        if place is not None and place < len(arguments.positional):
            found |= arguments.positional[place]
        elif place is not None:
            found |= arguments.spread
        for mapping in arguments.mappings:
            found |= self._under(mapping, name)
        return found

    def invoke(self, function: Function, arguments: Arguments) -> Values:
        bound = dict(self._bound(function, arguments))
        frame = a_frame(
            function.node, function.module, function.scope, function.receiver, single_texts(bound)
        )
        for name, values in bound.items():
            self.state.write(frame, name, values)
        self._rest(function.node, frame, arguments, set(bound))
        self.state.reach(frame)
        found = self.state.read(self.frame, frame, RESULT)
        returns = getattr(function.node, "returns", None)
        return self.state.types.let_in(function.module, returns, found)

    def make(self, of: Class, arguments: Arguments, site: ast.AST) -> Values:
        self.state.module(of.module)
        fields = self.state.sources.fields(of)
        init = self.state.sources.method(of, "__init__")
        names = _parameters(init[1])[1:] if init else list(fields)
        taken = {
            name: self.given(arguments, name, place) or arguments.anything & UNKNOWN
            for place, name in enumerate(names)
        }
        made = an_instance(of, site, None, single_texts(taken))
        self.state.note(made, of)
        for name, (base, declared) in fields.items():
            default = self.state.read(self.frame, base, name)
            given = (taken.get(name) if not init else None) or default
            let_in = self.state.types.let_in(base.module, declared.annotation, given)
            self.state.write(made, name, let_in)
        for name in ("__init__", "__post_init__"):
            self.method(made, name, arguments if name == "__init__" else Arguments())
        return {made}

    def method(self, of: Instance, name: str, arguments: Arguments) -> Values:
        """What a method of an object returns; nothing when it has none of that name."""
        found = self._method(of, name)
        return self.invoke(found, arguments) if found else EMPTY

    def attribute(self, value: Value, name: str) -> Values:
        """Of an object or a class of ours."""
        if isinstance(value, Class):
            return self._of_class(value, name) or UNKNOWN
        if not isinstance(value, Instance) or value.of is None:
            return UNKNOWN
        found = self._field(value, name) | self._of_object(value, name)
        return found or self._by_name(value) or UNKNOWN

    def allowed(self, module: str, annotation: ast.expr | None) -> Values:
        """What an annotation lets in: a client at once, objects of ours as the last resort."""
        kinds = self.state.sources.meaning(module, annotation)
        clients = {kind for kind in kinds if isinstance(kind, Client)}
        classes = frozenset(kind for kind in kinds if isinstance(kind, Class))
        if clients or not classes or not self.state.last_resort:
            return clients
        return self.state.made(self.frame, classes)

    def _under(self, mapping: Value, name: str) -> Values:
        if not isinstance(mapping, Instance):
            return EMPTY
        held = self.state.read(self.frame, mapping, name)
        return held | self.state.read(self.frame, mapping, ANY_KEY)

    def _bound(self, function: Function, arguments: Arguments) -> Iterator[tuple[str, Values]]:
        listed = [*function.node.args.posonlyargs, *function.node.args.args]
        if function.receiver is not None:
            yield listed[0].arg, {function.receiver}
            listed = listed[1:]
        for place, each in enumerate(listed):
            yield each.arg, self._taken(function, arguments, each, place)
        for each in function.node.args.kwonlyargs:
            yield each.arg, self._taken(function, arguments, each, None)

    def _taken(self, function: Function, arguments: Arguments, of: ast.arg, place: int | None) -> Values:
        found = self.given(arguments, of.arg, place) or arguments.anything
        found = found or self.state.read(self.frame, function.node, of.arg)
        return self.state.types.let_in(function.module, of.annotation, found)

    def _rest(self, node: FunctionNode, frame: Frame, arguments: Arguments, bound: set[str]) -> None:
        if node.args.vararg:
            count = len(_parameters(node)) - (frame.receiver is not None)
            more = EMPTY.union(*arguments.positional[count:], arguments.spread, arguments.anything)
            self.state.write(frame, node.args.vararg.arg, more or UNKNOWN)
        if node.args.kwarg:
            named = {name: values for name, values in arguments.keywords.items() if name not in bound}
            for mapping in arguments.mappings:
                if isinstance(mapping, Instance):
                    inside = self.state.fields(self.frame, mapping)
                    named |= {name: values for name, values in inside.items() if name not in bound}
            made = self.state.dictionary(node.args.kwarg, frame, named)
            self.state.write(frame, node.args.kwarg.arg, {made})

    def _field(self, of: Instance, name: str) -> Values:
        held = self.state.read(self.frame, of, name)
        declared = self.state.sources.fields(of.of).get(name) if of.of else None
        if declared is None or is_known(held):
            return held
        return held | self.allowed(declared[0].module, declared[1].annotation)

    def _of_object(self, of: Instance, name: str) -> Values:
        if of.of is None or name in self.state.sources.fields(of.of):
            return EMPTY
        found = self._method(of, name)
        if found is None:
            return self._of_class(of.of, name)
        return self.invoke(found, Arguments()) if is_property(found.node) else {found}

    def _of_class(self, of: Class, name: str) -> Values:
        self.state.module(of.module)
        found = self.state.sources.method(of, name)
        if found:
            receiver = of if "classmethod" in decorators(found[1]) else None
            return {a_function(found[1], found[0].module, self._scope(found[0]), receiver)}
        bases = self.state.sources.bases(of)
        return EMPTY.union(*(self.state.read(self.frame, base, name) for base in bases))

    def _by_name(self, of: Instance) -> Values:
        return self.method(of, "__getattr__", Arguments(anything=UNKNOWN))

    def _method(self, of: Instance, name: str) -> Function | None:
        found = self.state.sources.method(of.of, name) if of.of else None
        if found is None or of.of is None:
            return None
        base, node = found
        named = set(decorators(node))
        receiver: Value | None = of.of if "classmethod" in named else of
        return a_function(node, base.module, self._scope(base), None if "staticmethod" in named else receiver)

    def _scope(self, of: Class) -> Frame:
        return self.state.scopes.get(of) or self.state.module(of.module)


def _parameters(node: FunctionNode) -> list[str]:
    return [each.arg for each in (*node.args.posonlyargs, *node.args.args)]
