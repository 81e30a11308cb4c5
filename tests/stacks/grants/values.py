"""What may be in a variable: classes and objects of ours, functions, clients, texts of the environment."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from enum import Enum
from functools import cache
from typing import TypeAlias

Key: TypeAlias = str | int
FunctionNode: TypeAlias = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda
ANY_KEY, KEYS = "*", "*keys"
"""The fields of a dictionary that hold what lies under a key that is not known, and all such keys."""


class Plain(Enum):
    """`NOTHING` is any constant that counts as false; `UNKNOWN` may be anything but an object of ours."""

    NOTHING = "nothing"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Text:
    """The value of a setting of the function, or what lies in its JSON under `path`."""

    setting: str
    path: tuple[Key, ...] = ()

    def at(self, key: Key) -> Text:
        return Text(self.setting, (*self.path, key)[:3])


@dataclass(frozen=True, slots=True)
class Client:
    """A boto3 client, by the name that boto3 has for the service."""

    service: str


@dataclass(frozen=True, slots=True)
class Paginator:
    service: str
    method: str


@dataclass(frozen=True, slots=True)
class External:
    """Something that is not ours, by its dotted name."""

    name: str


@dataclass(frozen=True, slots=True)
class ModuleValue:
    name: str


@dataclass(frozen=True, slots=True, eq=False)
class Class:
    node: ast.ClassDef
    module: str


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """One function under one receiver and one set of texts among its arguments; modules are frames too."""

    node: ast.AST
    module: str
    scope: Frame | None
    receiver: Value | None
    texts: frozenset[tuple[str, Text]]


@dataclass(frozen=True, slots=True, eq=False)
class Function:
    """`scope` is where it was defined; `receiver` is what it is bound to."""

    node: FunctionNode
    module: str
    scope: Frame
    receiver: Value | None


@dataclass(frozen=True, slots=True, eq=False)
class Instance:
    """An object by where it is made; a dictionary is one without a class."""

    of: Class | None
    site: ast.AST
    frame: Frame | None
    texts: frozenset[tuple[str, Text]]


@dataclass(frozen=True, slots=True, eq=False)
class Partial:
    site: ast.AST
    frame: Frame
    function: Value


Value: TypeAlias = (
    Plain | Text | Client | Paginator | External | ModuleValue | Class | Function | Instance | Partial
)
Values: TypeAlias = AbstractSet[Value]
EMPTY: frozenset[Value] = frozenset()
UNKNOWN: frozenset[Value] = frozenset({Plain.UNKNOWN})
NOTHING: frozenset[Value] = frozenset({Plain.NOTHING})

a_class = cache(Class)
a_frame = cache(Frame)
a_function = cache(Function)
an_instance = cache(Instance)
a_partial = cache(Partial)


def texts_of(values: Values) -> frozenset[Text]:
    return frozenset(value for value in values if isinstance(value, Text))


def single_texts(named: Mapping[str, Values]) -> frozenset[tuple[str, Text]]:
    """What tells one call of a function from another: names of tables and the like, where there is one."""
    found = {name: texts_of(values) for name, values in named.items()}
    return frozenset((name, *texts) for name, texts in found.items() if len(texts) == 1)  # type: ignore[misc]


def is_known(values: Values) -> bool:
    """Whether there is more than what may be anything."""
    return any(not isinstance(value, Plain) for value in values)
