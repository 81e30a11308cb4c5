"""What an expression may be."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from dataclasses import dataclass

from tests.stacks.grants.assignments import Assignments
from tests.stacks.grants.externals import Externals, is_loader
from tests.stacks.grants.names import applied
from tests.stacks.grants.objects import Arguments
from tests.stacks.grants.state import RESULT
from tests.stacks.grants.truth import BOTH, compared, either, inverted, of_kind, truth
from tests.stacks.grants.values import (
    ANY_KEY,
    EMPTY,
    NOTHING,
    UNKNOWN,
    Client,
    External,
    Frame,
    Function,
    Instance,
    ModuleValue,
    Text,
    Value,
    Values,
    a_function,
    is_known,
)

ADDS = {"append", "extend", "add", "insert", "appendleft", "update"}


@dataclass(frozen=True, slots=True)
class Expressions(Assignments):
    """Evaluating one again finds at least what it found before."""

    def value(self, node: ast.expr | None) -> Values:
        if node is None:
            return NOTHING
        special = getattr(self, f"_{type(node).__name__.lower()}", None)
        return special(node) if special else self._parts(node)

    def truth(self, node: ast.expr) -> frozenset[bool]:  # noqa: PLR0911 - one for each form
        """How a condition may come out; empty as long as nothing of it is known."""
        match node:
            case ast.Name(id="TYPE_CHECKING"):
                return frozenset({False})
            case ast.UnaryOp(op=ast.Not(), operand=inner):
                return inverted(self.truth(inner))
            case ast.BoolOp(op=op, values=values):
                return either([self.truth(each) for each in values], any_of=isinstance(op, ast.Or))
            case ast.Compare(left=left, ops=[ast.Eq()], comparators=[ast.Constant(value=str(said))]):
                return compared(self.state, self.value(left), said)
            case ast.Call(func=ast.Name(id="isinstance"), args=[one, kinds]):
                return of_kind(self.state, self.value(one), self.value(kinds))
            case ast.Name() | ast.Attribute() | ast.Subscript():
                return truth(self.state, self.value(node))
        self.value(node)
        return BOTH

    def _parts(self, node: ast.AST) -> Values:
        """Whatever is not special lets through what it is made of."""
        parts = [each for each in ast.iter_child_nodes(node) if isinstance(each, ast.expr)]
        return EMPTY.union(*map(self.value, parts)) if parts else UNKNOWN

    def _constant(self, node: ast.Constant) -> Values:
        return UNKNOWN if node.value else NOTHING

    def _name(self, node: ast.Name) -> Values:
        owner = self.owner(node.id)
        if owner is None:
            return {External(f"builtins.{node.id}")}
        found = self.state.read(self.frame, owner, node.id)
        if is_known(found) and owner is not self.frame:
            return found
        return found | self._annotated(owner, node.id, found)

    def _annotated(self, owner: Frame, name: str, found: Values) -> Values:
        arguments = getattr(owner.node, "args", None)
        for each in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs) if arguments else ():
            if each.arg == name and not is_known(found):
                return self.objects.allowed(owner.module, each.annotation)
        return EMPTY

    def _attribute(self, node: ast.Attribute) -> Values:
        found = (self._member(value, node) for value in self.value(node.value))
        return EMPTY.union(*found)

    def _member(self, value: Value, node: ast.Attribute) -> Values:
        match value:
            case ModuleValue(name=name):
                return self.imported(name, node.attr)
            case External(name=name):
                return {External(f"{name}.{node.attr}")}
            case Client():
                return self.methods.call(value, node.attr, Arguments(), applied(node))
        return self.objects.attribute(value, node.attr)

    def imported(self, module: str, name: str) -> Values:
        """A name of a module, which is thereby run."""
        whole = f"{module}.{name}"
        if whole in self.state.sources.trees:
            self.state.module(whole)
            return {ModuleValue(whole)}
        if module not in self.state.sources.trees:
            return {External(whole)}
        return self.state.read(self.frame, self.state.module(module), name)

    def _subscript(self, node: ast.Subscript) -> Values:
        key = self.value(node.slice)
        found: set[Value] = set()
        for value in self.value(node.value):
            match value, node.slice:
                case (Text(), ast.Constant(value=str() | int() as at)):
                    found.add(value.at(at))
                case (Text(), _):
                    found.add(value.at(ANY_KEY))
                case (Instance(), _):
                    found |= self.methods.under(value, node.slice)
                case (External(name="typing.Annotated"), ast.Tuple(elts=[_, ast.Call(args=[], keywords=[])])):
                    found |= Externals(self.objects).unknown(Arguments([key]), node)
                case (External(), _):
                    found |= {value, *key}
                case _:
                    found.add(value)
        return found

    def _call(self, node: ast.Call) -> Values:
        arguments = self._arguments(node)
        if not (arguments.complete or self.state.last_resort):
            return EMPTY
        match node.func:
            case ast.Attribute(value=ast.Call(func=ast.Name(id="super")), attr=name):
                return self.methods.of_parent(name, arguments)
            case ast.Attribute(value=inner, attr=name):
                receivers = self.value(inner)
                if name in ADDS and not any(isinstance(each, Instance) and each.of for each in receivers):
                    self._add(inner, arguments)
                found = (self._through(each, name, arguments, node) for each in receivers)
                return EMPTY.union(*found)
        return EMPTY.union(*(self.call(each, arguments, node) for each in self.value(node.func)))

    def _through(self, value: Value, name: str, arguments: Arguments, node: ast.Call) -> Values:
        if isinstance(value, ModuleValue | External):
            attribute = ast.copy_location(ast.Attribute(node.func, name, ast.Load()), node)
            found = self._member(value, attribute)
            return EMPTY.union(*(self.call(each, arguments, node) for each in found))
        if not self.methods.has(value, name):
            found = self.objects.attribute(value, name)
            return EMPTY.union(*(self.call(each, arguments, node) for each in found))
        return self.methods.call(value, name, arguments, node)

    def call(self, callee: Value, arguments: Arguments, node: ast.Call) -> Values:
        match callee:
            case External():
                return Externals(self.objects).call(callee.name, arguments, node)
            case Function() if is_loader(callee):
                return Externals(self.objects).loaded(arguments, node)
        return Externals(self.objects).called(callee, arguments, node)

    def _add(self, target: ast.expr, arguments: Arguments) -> None:
        if isinstance(target, ast.Name | ast.Attribute | ast.Subscript):
            self.assign(target, arguments.everything)

    def _arguments(self, node: ast.Call) -> Arguments:
        positional = [self.value(each) for each in node.args if not isinstance(each, ast.Starred)]
        spread = [self.value(each) for each in node.args if isinstance(each, ast.Starred)]
        keywords = {each.arg: self.value(each.value) for each in node.keywords if each.arg}
        mappings = [self.value(each.value) for each in node.keywords if each.arg is None]
        return Arguments(
            positional,
            keywords,
            EMPTY.union(*spread),
            EMPTY.union(*mappings),
            complete=all((*positional, *spread, *keywords.values(), *mappings)),
        )

    def _binop(self, node: ast.BinOp) -> Values:
        """Dictionaries are joined by |, and lists by +."""
        left, right = self.value(node.left), self.value(node.right)
        return left | right if (left and right) or self.state.last_resort else EMPTY

    def _lambda(self, node: ast.Lambda) -> Values:
        self.defaults(node)
        return {a_function(node, self.frame.module, self.frame, None)}

    def defaults(self, node: ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda) -> None:
        names = [each.arg for each in (*node.args.posonlyargs, *node.args.args)]
        for name, default in zip(reversed(names), reversed(node.args.defaults), strict=False):
            self.state.write(node, name, self.value(default))
        for each, given in zip(node.args.kwonlyargs, node.args.kw_defaults, strict=True):
            if given:
                self.state.write(node, each.arg, self.value(given))

    def _ifexp(self, node: ast.IfExp) -> Values:
        ways = self.truth(node.test)
        taken = [way for holds, way in ((True, node.body), (False, node.orelse)) if holds in ways]
        return EMPTY.union(*map(self.value, taken))

    def _boolop(self, node: ast.BoolOp) -> Values:
        """Left to right, as far as it may come."""
        found: set[Value] = set()
        goes_on = isinstance(node.op, ast.And)
        for each in node.values:
            found |= self.value(each)
            if goes_on not in self.truth(each):
                break
        return found

    def _dict(self, node: ast.Dict) -> Values:
        made = self.state.dictionary(node, self.frame, {})
        for key, value in zip(node.keys, node.values, strict=True):
            if key is not None:
                self.put(made, key, self.value(value))
                continue
            for source in self.value(value):
                self.methods.merge(source, made)
        return {made}

    def _dictcomp(self, node: ast.DictComp) -> Values:
        self._generators(node.generators)
        made = self.state.dictionary(node, self.frame, {})
        self.put(made, node.key, self.value(node.value))
        return {made}

    def _listcomp(self, node: ast.ListComp | ast.SetComp | ast.GeneratorExp) -> Values:
        self._generators(node.generators)
        return self.value(node.elt)

    _setcomp = _generatorexp = _listcomp

    def _generators(self, generators: Sequence[ast.comprehension]) -> None:
        for each in generators:
            self.iterate(each.target, each.iter)
            for condition in each.ifs:
                self.value(condition)

    def _namedexpr(self, node: ast.NamedExpr) -> Values:
        found = self.value(node.value)
        self.assign(node.target, found)
        return found

    def _starred(self, node: ast.Starred) -> Values:
        return self.elements(self.value(node.value))

    def _joinedstr(self, node: ast.JoinedStr) -> Values:
        self._parts(node)
        return UNKNOWN

    def _compare(self, node: ast.Compare) -> Values:
        self._parts(node)
        return UNKNOWN

    def _yield(self, node: ast.Yield) -> Values:
        self.state.write(self.frame, RESULT, self.value(node.value))
        return UNKNOWN

    def _yieldfrom(self, node: ast.YieldFrom) -> Values:
        self.state.write(self.frame, RESULT, self.elements(self.value(node.value)))
        return UNKNOWN
