"""What an annotation keeps out: the project is typed throughout, so a `str` is never one of our objects."""

from __future__ import annotations

import ast
from dataclasses import dataclass, field
from typing import Final

from tests.stacks.grants.source import Sources
from tests.stacks.grants.values import (
    UNKNOWN,
    Class,
    Client,
    Instance,
    Plain,
    Text,
    Value,
    Values,
)

SCALARS: Final = frozenset(
    {
        *("str", "int", "float", "bool", "bytes", "None", "date", "datetime", "time", "timedelta"),
        *("Decimal", "ZoneInfo", "Literal", "StrEnum", "Enum"),
    }
)
COLLECTIONS: Final = frozenset(
    {
        *("list", "tuple", "set", "frozenset", "Sequence", "Iterable", "Iterator", "Collection"),
        *("AbstractSet", "Final", "ClassVar", "Optional"),
    }
)
"""They are as good as what is in them."""


@dataclass(frozen=True, slots=True)
class Kind:
    """`open_` lets everything in; else texts where `plain`, and objects that fit one of `classes`."""

    classes: frozenset[Class] = frozenset()
    clients: frozenset[Client] = frozenset()
    open_: bool = False

    def __or__(self, other: Kind) -> Kind:
        return Kind(
            self.classes | other.classes, self.clients | other.clients, open_=self.open_ or other.open_
        )


OPEN, SCALAR = Kind(open_=True), Kind()


@dataclass(frozen=True, slots=True, eq=False)
class Types:
    sources: Sources
    known: dict[tuple[str, ast.expr], Kind] = field(default_factory=dict)
    fitting: dict[tuple[Class, Class], bool] = field(default_factory=dict)

    def kind(self, module: str, annotation: ast.expr | None) -> Kind:
        if annotation is None:
            return OPEN
        place = (module, annotation)
        if place not in self.known:
            self.known[place] = OPEN  # of one that is defined by itself
            self.known[place] = self._kind(module, annotation)
        return self.known[place]

    def let_in(self, module: str, annotation: ast.expr | None, values: Values) -> Values:
        """What cannot be there is taken for something unknown."""
        kind = self.kind(module, annotation)
        if kind.open_:
            return values
        kept = {each for each in values if isinstance(each, Plain) or self._admits(kind, each)}
        return kept if len(kept) == len(values) else kept | UNKNOWN

    def fits(self, of: Class, kinds: frozenset[Class]) -> bool:
        return any(self._fits(of, kind) for kind in kinds)

    def _admits(self, kind: Kind, value: Value) -> bool:
        match value:
            case Plain() | Text():
                return True
            case Client():
                return value in kind.clients
            case Instance(of=Class() as of):
                return self.fits(of, kind.classes)
        return False

    def _fits(self, of: Class, kind: Class) -> bool:
        place = (of, kind)
        if place not in self.fitting:
            self.fitting[place] = self.sources.fits(of, kind)
        return self.fitting[place]

    def _kind(self, module: str, annotation: ast.expr) -> Kind:  # noqa: PLR0911 - one for each form
        match annotation:
            case ast.Constant(value=str(text)):
                return self._kind(module, ast.parse(text, mode="eval").body)
            case ast.Constant(value=None):
                return SCALAR
            case ast.Name(id=name):
                return self._named(module, name)
            case ast.BinOp(left=left, right=right):
                return self.kind(module, left) | self.kind(module, right)
            case ast.Subscript(value=ast.Name(id="Annotated"), slice=ast.Tuple(elts=[inner, *_])):
                return self.kind(module, inner)
            case ast.Subscript(value=ast.Name(id="Literal")):
                return SCALAR
            case ast.Subscript(value=ast.Name(id=name), slice=inner) if name in COLLECTIONS:
                return self._every(module, inner)
        return OPEN

    def _every(self, module: str, inner: ast.expr) -> Kind:
        parts = inner.elts if isinstance(inner, ast.Tuple) else [inner]
        kinds = [self.kind(module, each) for each in parts if not _is_dots(each)]
        joined = Kind()
        for each in kinds:
            joined |= each
        return joined

    def _named(self, module: str, name: str) -> Kind:
        match self.sources.names_of(module).get(name):
            case ast.ImportFrom(module=str(origin), names=names) if origin in self.sources.trees:
                original = next(each.name for each in names if (each.asname or each.name) == name)
                return self._named(origin, original)
            case ast.Assign(value=ast.Call(func=ast.Name(id="NewType"), args=[_, inner])):
                return self.kind(module, inner)
            case ast.Assign(value=value):
                return self.kind(module, value)
        found = self.sources.named(module, name)
        if found:
            return self._of_ours(found[0])
        return SCALAR if name in SCALARS else OPEN

    def _of_ours(self, found: Class | Client) -> Kind:
        if isinstance(found, Client):
            return Kind(clients=frozenset({found}))
        return OPEN if self._may_be_a_function(found) else Kind(frozenset({found}))

    def _may_be_a_function(self, of: Class) -> bool:
        """Protocols that are called, and dictionaries with a type."""
        named = {
            each.id
            for base in self.sources.bases(of)
            for each in base.node.bases
            if isinstance(each, ast.Name)
        }
        return "TypedDict" in named or "__call__" in self.sources.members(of)


def _is_dots(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is ...
