"""A function's configuration: one frozen dataclass, read from the environment once."""

import os
from collections.abc import Mapping
from dataclasses import MISSING, fields
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

T = TypeVar("T", bound="DataclassInstance")


class Unconfigured(RuntimeError):
    """Names the settings that are missing, and nothing else."""


def load(kind: type[T], environment: Mapping[str, str] = os.environ) -> T:
    """`people_table: str` is read from PEOPLE_TABLE. Errors: Unconfigured."""
    names = {field.name: field.name.upper() for field in fields(kind)}
    required = {field.name for field in fields(kind) if field.default is MISSING}
    missing = sorted(names[name] for name in required if names[name] not in environment)
    if missing:
        raise Unconfigured(f"the environment lacks {', '.join(missing)}")
    return kind(**{name: environment[env] for name, env in names.items() if env in environment})
