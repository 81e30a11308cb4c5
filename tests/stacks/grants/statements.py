"""Running what stands in a function, a module or a class, every way it may go."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from dataclasses import dataclass

from tests.stacks.grants.expressions import Expressions
from tests.stacks.grants.externals import TRANSPARENT
from tests.stacks.grants.names import applied
from tests.stacks.grants.objects import Arguments
from tests.stacks.grants.state import RESULT, State
from tests.stacks.grants.values import (
    EMPTY,
    NOTHING,
    UNKNOWN,
    Class,
    External,
    Frame,
    Instance,
    ModuleValue,
    Values,
    a_class,
    a_function,
)


@dataclass(frozen=True, slots=True)
class Statements:
    state: State
    frame: Frame

    def all(self) -> None:
        node = self.frame.node
        if isinstance(node, ast.Lambda):
            self.state.write(self.frame, RESULT, self._expressions.value(node.body))
            return
        if not self.run(node.body):  # type: ignore[attr-defined]  # a module's or a function's
            self.state.write(self.frame, RESULT, NOTHING)

    def run(self, body: Sequence[ast.stmt]) -> bool:
        """Whether what follows is surely not reached."""
        return any(self._ends(each) for each in body)

    @property
    def _expressions(self) -> Expressions:
        return Expressions(self.state, self.frame)

    def _ends(self, node: ast.stmt) -> bool:
        special = getattr(self, f"_{type(node).__name__.lower()}", None)
        if special:
            return bool(special(node))
        for each in ast.iter_child_nodes(node):
            if isinstance(each, ast.expr):
                self._expressions.value(each)
        return isinstance(node, ast.Raise | ast.Continue | ast.Break)

    def _return(self, node: ast.Return) -> bool:
        self.state.write(self.frame, RESULT, self._expressions.value(node.value))
        return True

    def _assign(self, node: ast.Assign) -> None:
        for target in node.targets:
            self._expressions.unpack(target, node.value)

    def _annassign(self, node: ast.AnnAssign) -> None:
        if node.value:
            allowed = self._expressions.objects.allowed(self.frame.module, node.annotation)
            self._expressions.assign(node.target, self._expressions.value(node.value) | allowed)

    def _augassign(self, node: ast.AugAssign) -> None:
        values = self._expressions.value(node.value)
        self._expressions.assign(node.target, values)
        if isinstance(node.op, ast.BitOr) and isinstance(node.target, ast.Name):
            self._merge(node.target, values)

    def _merge(self, target: ast.Name, values: Values) -> None:
        """`fields |= more`: the dictionary itself is changed."""
        into = self._expressions.value(ast.Name(target.id, ast.Load()))
        for each in into:
            for source in values:
                if isinstance(each, Instance) and each.of is None:
                    self._expressions.methods.merge(source, each)

    def _if(self, node: ast.If) -> bool:
        ways = self._expressions.truth(node.test)
        bodies = [body for holds, body in ((True, node.body), (False, node.orelse)) if holds in ways]
        ended = [self.run(body) for body in bodies]
        return bool(ended) and all(ended)

    def _while(self, node: ast.While) -> None:
        if True in self._expressions.truth(node.test):
            self.run(node.body)
        self.run(node.orelse)

    def _for(self, node: ast.For | ast.AsyncFor) -> None:
        self._expressions.iterate(node.target, node.iter)
        self.run(node.body)
        self.run(node.orelse)

    _asyncfor = _for

    def _with(self, node: ast.With | ast.AsyncWith) -> bool:
        for each in node.items:
            entered = self._entered(self._expressions.value(each.context_expr))
            if each.optional_vars:
                self._expressions.assign(each.optional_vars, entered)
        self.run(node.body)
        return False

    _asyncwith = _with

    def _entered(self, values: Values) -> Values:
        objects = self._expressions.objects
        for each in values:
            if isinstance(each, Instance):
                objects.method(each, "__exit__", Arguments())
        entered = (
            objects.method(each, "__enter__", Arguments()) if isinstance(each, Instance) else EMPTY
            for each in values
        )
        return EMPTY.union(*entered) or values

    def _try(self, node: ast.Try) -> bool:
        """What is raised may be raised anywhere: every part may run."""
        ended = self.run(node.body)
        ended = self.run(node.orelse) or ended
        others = []
        for handler in node.handlers:
            self._expressions.value(handler.type)
            if handler.name:
                self.state.write(self.frame, handler.name, UNKNOWN)
            others.append(self.run(handler.body))
        return self.run(node.finalbody) or (ended and all(others))

    def _match(self, node: ast.Match) -> None:
        subject = self._expressions.value(node.subject)
        for case in node.cases:
            for each in ast.walk(case.pattern):
                name = getattr(each, "name", None)
                if isinstance(name, str):
                    self.state.write(self.frame, name, subject)
            if case.guard:
                self._expressions.value(case.guard)
            self.run(case.body)

    def _import(self, node: ast.Import) -> None:
        for each in node.names:
            bound = each.name if each.asname else each.name.partition(".")[0]
            self.state.write(self.frame, each.asname or bound, self._module(each.name, bound))

    def _module(self, name: str, bound: str) -> Values:
        if name in self.state.sources.trees:
            self.state.module(name)
            return {ModuleValue(bound)}
        return {External(bound)}

    def _importfrom(self, node: ast.ImportFrom) -> None:
        for each in node.names:
            found = self._expressions.imported(node.module or "", each.name)
            self.state.write(self.frame, each.asname or each.name, found)

    def _functiondef(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> None:
        self._expressions.defaults(node)
        self._annotations(node)
        made: Values = {a_function(node, self.frame.module, self.frame, None)}
        self.state.write(self.frame, node.name, self._decorated(node, made))

    _asyncfunctiondef = _functiondef

    def _annotations(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> None:
        """Those that say how a parameter is made are worked out when the function is defined."""
        for each in (*node.args.args, *node.args.kwonlyargs):
            if isinstance(each.annotation, ast.Subscript):
                self._expressions.value(each.annotation)

    def _decorated(self, node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef, made: Values) -> Values:
        for each in reversed(node.decorator_list):
            if self._only_marks(each):
                continue
            made = EMPTY.union(
                *(
                    self._expressions.call(decorator, Arguments([made]), applied(each))
                    for decorator in self._expressions.value(each)
                )
            )
        return made

    def _only_marks(self, decorator: ast.expr) -> bool:
        """Whether it calls nothing of what it decorates now, as a cache or a dataclass."""
        named = self._expressions.value(decorator.func if isinstance(decorator, ast.Call) else decorator)
        return all(isinstance(each, External) and each.name in TRANSPARENT for each in named)

    def _classdef(self, node: ast.ClassDef) -> None:
        """Its fields and methods are the class's own; the methods see what is around the class."""
        of = a_class(node, self.frame.module)
        self.state.scopes[of] = self.frame
        for each in node.body:
            self._inside(of, each)
        made = self._decorated(node, {of}) if node.decorator_list else EMPTY
        self.state.write(self.frame, node.name, {of} | made)

    def _inside(self, of: Class, node: ast.stmt) -> None:
        match node:
            case ast.FunctionDef() | ast.AsyncFunctionDef():
                self._expressions.defaults(node)
                self._annotations(node)
                self._decorated(node, {a_function(node, self.frame.module, self.frame, None)})
            case ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value):
                self.state.write(of, name, self._expressions.value(value))
            case ast.Assign(targets=[ast.Name(id=name)], value=value):
                self.state.write(of, name, self._expressions.value(value))
