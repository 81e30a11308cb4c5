"""What a change of a property means, from the schemas of CloudFormation that cfn-lint brings along."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from cfnlint.schema.manager import PROVIDER_SCHEMA_MANAGER  # type: ignore[import-untyped]

from tests.stacks.assembly import Assembly

REGION = "us-east-1"


@cache
def create_only(kind: str) -> frozenset[str]:
    """The names of properties whose change replaces a resource of this type."""
    schema = PROVIDER_SCHEMA_MANAGER.get_resource_schema(REGION, kind).schema
    return frozenset(pointer.split("/")[2] for pointer in schema.get("createOnlyProperties", ()))


def types_in(region: str) -> frozenset[str]:
    """The resource types that a region has."""
    return frozenset(PROVIDER_SCHEMA_MANAGER.get_resource_types(region))


def differs(old: Mapping[str, Any], new: Mapping[str, Any]) -> bool:
    """Whether CloudFormation would make another resource in the place of the old one."""
    if old["Type"] != new["Type"]:
        return True
    before, after = old.get("Properties", {}), new.get("Properties", {})
    return any(before.get(name) != after.get(name) for name in create_only(old["Type"]))


def replaced(stack: str, value: object, *, old: Assembly, new: Assembly) -> str:
    """The resource of this stack that `value` refers to, if the new template would replace it."""
    for place, name in sorted(old.named_in(stack, value)):
        before, after = (each.templates[place]["Resources"] for each in (old, new))
        if name in after and differs(before[name], after[name]):
            return name
    return ""
