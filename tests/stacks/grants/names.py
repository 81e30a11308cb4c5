"""Names that are variables of a function or a module, and calls that are not written as such."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache

INNER = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda, ast.ClassDef)


@cache
def bound_in(node: ast.AST) -> frozenset[str]:
    return frozenset(_bound(node)) - frozenset(_elsewhere(node))


@cache
def applied(node: ast.expr) -> ast.Call:
    """The call that a decorator is: one and the same each time, so that what it makes is, too."""
    return ast.copy_location(ast.Call(node, [], []), node)


def _bound(node: ast.AST) -> Iterator[str]:
    arguments = getattr(node, "args", None)
    if isinstance(arguments, ast.arguments):
        yield from _parameters(arguments)
    for each in _own(node):
        match each:
            case ast.Name(id=name, ctx=ast.Store()):
                yield name
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
                yield name
            case ast.Import(names=names) | ast.ImportFrom(names=names):
                yield from ((alias.asname or alias.name).partition(".")[0] for alias in names)
            case (
                ast.ExceptHandler(name=str(name))
                | ast.MatchAs(name=str(name))
                | ast.MatchStar(name=str(name))
            ):
                yield name


def _own(node: ast.AST) -> Iterator[ast.AST]:
    """What is in a function but not in those that are defined in it."""
    left = [node]
    while left:
        inside = list(ast.iter_child_nodes(left.pop()))
        yield from inside
        left.extend(each for each in inside if not isinstance(each, INNER))


def _parameters(arguments: ast.arguments) -> Iterator[str]:
    every = (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)
    yield from (each.arg for each in (*every, arguments.vararg, arguments.kwarg) if each)


def _elsewhere(node: ast.AST) -> Iterator[str]:
    for each in _own(node):
        if isinstance(each, ast.Global | ast.Nonlocal):
            yield from each.names
