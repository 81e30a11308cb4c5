"""Every policy of a template with sample ARNs, and what a public linter (parliament) says of it."""

import json
import sys
import warnings
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

from tests.stacks.assembly import Assembly, Resource
from tests.stacks.resolving import resolved

IDENTITY, TRUST, RESOURCE = "identity", "trust", "resource"
IDENTITY_TYPES = {"AWS::IAM::Policy", "AWS::IAM::ManagedPolicy", "AWS::IAM::RolePolicy"}
DOCUMENTS = ("PolicyDocument", "KeyPolicy", "ResourcePolicy")
TRUSTED = "AssumeRolePolicyDocument"

Document = Mapping[str, Any]


class Policy(NamedTuple):
    owner: Resource
    kind: str
    document: Document


class Finding(NamedTuple):
    """`about` is the actions it is about, or what it says where it is about none."""

    issue: str
    about: tuple[str, ...]


def policies(assembly: Assembly) -> Iterator[Policy]:
    for resource in assembly.resources():
        properties = resolved(assembly, resource)
        if TRUSTED in properties:
            yield Policy(resource, TRUST, properties[TRUSTED])
        for inline in properties.get("Policies", []) if resource.type == "AWS::IAM::Role" else []:
            yield Policy(resource, IDENTITY, inline["PolicyDocument"])
        for name in DOCUMENTS:
            if isinstance(properties.get(name), dict):
                kind = IDENTITY if resource.type in IDENTITY_TYPES else RESOURCE
                yield Policy(resource, kind, properties[name])


def findings(policy: Policy) -> frozenset[Finding]:
    """The linter knows no trust policies: they are read as if somebody were given leave to take the role."""
    document = policy.document
    if policy.kind == TRUST:
        statements = [_as_identity(each) for each in document["Statement"]]
        document = {**document, "Statement": statements}
    return _linted(json.dumps(document, sort_keys=True))


def _as_identity(statement: Document) -> Document:
    own = {name: value for name, value in statement.items() if name != "Principal"}
    return {**own, "Resource": "arn:aws:iam::111122223333:role/one"}


@cache
def _linted(document: str) -> frozenset[Finding]:
    said = _parliament().analyze_policy_string(document).findings
    return frozenset(Finding(each.issue, _about(each.detail)) for each in said)


def _about(detail: object) -> tuple[str, ...]:
    if not isinstance(detail, list):
        return (str(detail),)
    return tuple(sorted({each["action"] if isinstance(each, dict) else str(each) for each in detail}))


@cache
def _parliament() -> ModuleType:
    """It asks what setuptools no longer has, for the place of its own data and for nothing else."""
    spec = find_spec("parliament")
    assert spec is not None
    assert spec.origin is not None
    home = Path(spec.origin).parent
    former = ModuleType("pkg_resources")
    former.resource_filename = lambda _, name: str(home / name)  # type: ignore[attr-defined]
    sys.modules["pkg_resources"] = former
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = import_module("parliament")
    del sys.modules["pkg_resources"]
    return found
