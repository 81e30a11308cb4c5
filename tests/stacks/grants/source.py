"""The modules of a project as syntax trees, and what their names and annotations mean."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from botocore.session import Session

from tests.stacks.grants.values import Class, Client, FunctionNode, a_class

PROPERTIES = {"property", "cached_property"}
STUBS = "mypy_boto3_"
METHODS = (ast.FunctionDef, ast.AsyncFunctionDef)


@dataclass(frozen=True, slots=True, eq=False)
class Sources:
    """Modules by their dotted names; a package is named without `__init__`."""

    trees: Mapping[str, ast.Module]
    names: dict[str, Mapping[str, ast.AST]] = field(default_factory=dict)

    def names_of(self, module: str) -> Mapping[str, ast.AST]:
        """What is defined or imported at the top of a module, for a type checker as well."""
        if module not in self.names:
            self.names[module] = dict(_named(self.trees[module].body))
        return self.names[module]

    def within(self, prefix: str) -> list[str]:
        return sorted(name for name in self.trees if name.startswith(prefix))

    def written_out(self) -> list[str]:
        """The modules whose full name is a text somewhere in the sources."""
        nodes = (node for tree in self.trees.values() for node in ast.walk(tree))
        texts = {
            node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)
        }
        return sorted(texts & self.trees.keys())

    def meaning(  # noqa: PLR0911 - one for each form of an annotation
        self, module: str, annotation: ast.expr | None
    ) -> list[Class | Client]:
        """The classes of ours and the clients that an annotation names, as values or within a collection."""
        match annotation:
            case ast.Constant(value=str(text)):
                return self.meaning(module, ast.parse(text, mode="eval").body)
            case ast.Name(id=name):
                return self.named(module, name)
            case ast.BinOp(left=left, right=right):
                return [*self.meaning(module, left), *self.meaning(module, right)]
            case ast.Tuple(elts=elements):
                return [each for element in elements for each in self.meaning(module, element)]
            case ast.Subscript(value=ast.Name(id="Annotated"), slice=ast.Tuple(elts=[kind, *_])):
                return self.meaning(module, kind)
            case ast.Subscript(value=ast.Name(id="Callable" | "type" | "Literal")):
                return []
            case ast.Subscript(value=outer, slice=inner):
                return [*self.meaning(module, outer), *self.meaning(module, inner)]
        return []

    def named(self, module: str, name: str) -> list[Class | Client]:
        match self.names_of(module).get(name):
            case ast.ClassDef() as node:
                return [a_class(node, module)]
            case ast.ImportFrom(module=str(origin)) as node:
                return self._imported(origin, _original(node, name))
            case ast.Assign(value=value):
                return self.meaning(module, value)
        return []

    def bases(self, of: Class) -> Sequence[Class]:
        """The class itself and those it inherits from, nearest first."""
        return _bases(self, of)

    def method(self, of: Class, name: str) -> tuple[Class, FunctionNode] | None:
        return _methods(self, of).get(name)

    def fields(self, of: Class) -> Mapping[str, tuple[Class, ast.AnnAssign]]:
        """Declared fields by name, in the order in which a dataclass takes them."""
        return _fields(self, of)

    def members(self, of: Class) -> frozenset[str]:
        return _members(self, of)

    def fits(self, of: Class, kind: Class) -> bool:
        """Whether an object of one class may stand where the other is asked for."""
        return kind in self.bases(of) or (_is_protocol(kind) and self.members(kind) <= self.members(of))

    def _imported(self, origin: str, name: str) -> list[Class | Client]:
        if origin.startswith(STUBS) and name.endswith("Client"):
            return [Client(service_of(origin))]
        return self.named(origin, name) if origin in self.trees else []


@cache
def service_of(stubs: str) -> str:
    """The service that a package of type stubs is for. Errors: ValueError."""
    name = stubs.removeprefix(STUBS).replace("_", "-")
    if name not in services():
        raise ValueError(f"no service is called {name}")
    return name


@cache
def services() -> frozenset[str]:
    return frozenset(Session().get_available_services())


def read(root: Path, *packages: str) -> Sources:
    """The packages below a folder."""
    files = (path for package in packages for path in sorted((root / package).rglob("*.py")))
    return parse({_dotted(path.relative_to(root)): path.read_text() for path in files})


def parse(texts: Mapping[str, str]) -> Sources:
    return Sources({name: ast.parse(text, filename=name) for name, text in texts.items()})


def is_property(node: ast.AST) -> bool:
    return any(name in PROPERTIES for name in decorators(node))


def decorators(node: ast.AST) -> Iterator[str]:
    for each in getattr(node, "decorator_list", ()):
        named = each.func if isinstance(each, ast.Call) else each
        yield named.attr if isinstance(named, ast.Attribute) else getattr(named, "id", "")


def _dotted(path: Path) -> str:
    return ".".join(path.with_suffix("").parts).removesuffix(".__init__")


def _named(body: Sequence[ast.stmt]) -> Iterator[tuple[str, ast.AST]]:
    for node in body:
        match node:
            case ast.ClassDef(name=name) | ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                yield name, node
            case ast.ImportFrom(names=names):
                yield from ((each.asname or each.name, node) for each in names)
            case ast.Assign(targets=[ast.Name(id=name)]):
                yield name, node
            case ast.If(body=inner):
                yield from _named(inner)


def _original(node: ast.ImportFrom, name: str) -> str:
    return next(each.name for each in node.names if (each.asname or each.name) == name)


@cache
def _bases(sources: Sources, of: Class) -> Sequence[Class]:
    inherited = [
        base
        for node in of.node.bases
        for found in sources.meaning(of.module, node)
        if isinstance(found, Class)
        for base in sources.bases(found)
    ]
    return tuple(dict.fromkeys((of, *inherited)))


@cache
def _methods(sources: Sources, of: Class) -> Mapping[str, tuple[Class, FunctionNode]]:
    return {
        node.name: (base, node)
        for base in reversed(sources.bases(of))
        for node in base.node.body
        if isinstance(node, METHODS)
    }


@cache
def _fields(sources: Sources, of: Class) -> Mapping[str, tuple[Class, ast.AnnAssign]]:
    return {
        node.target.id: (base, node)
        for base in reversed(sources.bases(of))
        for node in base.node.body
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name)
    }


@cache
def _members(sources: Sources, of: Class) -> frozenset[str]:
    return frozenset(name for base in sources.bases(of) for name in _named_in(base.node))


def _is_protocol(of: Class) -> bool:
    return any(isinstance(base, ast.Name) and base.id == "Protocol" for base in of.node.bases)


def _named_in(node: ast.ClassDef) -> Iterator[str]:
    for each in ast.walk(node):
        match each:
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                yield name
            case ast.AnnAssign(target=ast.Name(id=name)) | ast.Assign(targets=[ast.Name(id=name)]):
                yield name
            case ast.Attribute(value=ast.Name(id="self"), attr=name, ctx=ast.Store()):
                yield name
