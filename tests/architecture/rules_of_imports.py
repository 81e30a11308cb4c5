"""Who may import whom."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from tests.architecture.sources import Source

OURS = {"switchboard", "handlers", "stacks", "local", "operate", "bench", "tests"}


@dataclass(frozen=True)
class Layer:
    """`allowed` are packages that its modules may import besides the standard library and themselves.

    `rooms` narrows it to modules and folders of these names in a member of a family.
    """

    package: str
    allowed: tuple[str, ...] = ()
    rooms: tuple[str, ...] = ()


MAKING = (
    *("switchboard.core", "switchboard.adapters", "switchboard.platform", "switchboard.rest"),
    *("boto3", "botocore", "aws_lambda_powertools"),
)
"""What wiring works with, besides the room that it is in."""

LAYERS = (
    Layer("switchboard.core"),
    Layer("switchboard.channels", ("switchboard.core", "boto3", "botocore"), rooms=("outbound",)),
    Layer("switchboard.channels", ("switchboard.core", "phonenumbers"), rooms=("reach",)),
    Layer("switchboard.channels", MAKING, rooms=("wiring",)),
    Layer("switchboard.channels", ("switchboard.core", "switchboard.platform"), rooms=("handlers",)),
    Layer("switchboard.channels", ("switchboard.core",)),
    Layer("switchboard.skills", MAKING, rooms=("wiring",)),
    Layer("switchboard.skills", ("switchboard.core", "switchboard.platform"), rooms=("handlers",)),
    Layer(
        "switchboard.skills",
        ("switchboard.core", "switchboard.platform.clock", "switchboard.rest", "fastapi", "pydantic"),
        rooms=("api",),
    ),
    Layer(
        "switchboard.skills",
        ("switchboard.core", "switchboard.adapters", "boto3", "botocore", "httpx2"),
        rooms=("transcription",),
    ),
    Layer("switchboard.skills", ("switchboard.core", "switchboard.skills.tool", "pydantic")),
    Layer("switchboard.adapters", ("switchboard.core", "boto3", "botocore", "openai", "httpx2")),
    Layer(
        "switchboard.platform",
        ("switchboard.core", "switchboard.adapters", "boto3", "botocore", "aws_lambda_powertools"),
    ),
    Layer("switchboard.rest", ("switchboard.core", "fastapi", "pydantic", "starlette")),
    Layer("switchboard.api", ("switchboard.core", "switchboard.rest", "fastapi", "pydantic", "starlette")),
    Layer(
        "switchboard.runtime",
        ("switchboard", "boto3", "botocore", "aws_lambda_powertools", "mangum", "fastapi"),
    ),
    Layer("handlers", ("switchboard.runtime", "switchboard.platform", "switchboard.core")),
    Layer(
        "operate",
        (
            *("switchboard.core", "switchboard.adapters", "switchboard.skills", "boto3", "botocore"),
            *("local.cloud", "local.endpoints", "local.places"),
        ),
    ),
)
SEEN_BY_STACKS = (
    "switchboard.channels",
    "switchboard.skills",
    "switchboard.core.channels.spec",
    "switchboard.core.model.names",
    "switchboard.core.channels.policy",
    "switchboard.core.secret_labels",
    "switchboard.core.skills.spec",
)
FAMILIES = ("switchboard.channels", "switchboard.skills")


def imported(source: Source) -> Iterator[str]:
    """Full names of what a file imports when it runs; a relative import is named by its dots."""
    for node in _running(source.tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield "." * node.level + (node.module or "")


def violations(source: Source) -> list[str]:
    """What a file in `lambdas` imports although its layer may not."""
    names, layer = list(imported(source)), _layer_of(source.module)
    if layer is None:
        return [f"{source.where} belongs to no layer"] if names else []
    own = _family_member(source.module) or layer.package
    allowed = (*layer.allowed, own, *sys.stdlib_module_names)
    return [f"{source.where} imports {name}" for name in names if not _is_in(name, allowed)]


def stack_violations(source: Source) -> list[str]:
    """What a file of the stacks sees of the product beyond the specs."""
    seen = [name for name in imported(source) if _is_in(name, ("switchboard", "handlers"))]
    return [f"{source.where} imports {name}" for name in seen if name not in SEEN_BY_STACKS]


def _layer_of(module: str) -> Layer | None:
    for layer in LAYERS:
        named = not layer.rooms or module.split(".")[3:4] in [[room] for room in layer.rooms]
        if named and _is_in(module, (layer.package,)):
            return layer
    return None


def _family_member(module: str) -> str | None:
    """A channel or a skill is alone in its folder and sees no other; the family's own file sees them all."""
    parts = module.split(".")
    family = ".".join(parts[:2])
    return ".".join(parts[:3]) if family in FAMILIES else None


def _is_in(name: str, packages: Iterable[str]) -> bool:
    return any(name == package or name.startswith(f"{package}.") for package in packages)


def _running(tree: ast.AST) -> Iterator[ast.AST]:
    """Every node that runs; what only a type checker reads is left out."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.If) and ast.unparse(node.test).endswith("TYPE_CHECKING"):
            continue
        yield node
        yield from _running(node)
