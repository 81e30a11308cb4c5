"""A deployment after a change of settings is one that CloudFormation accepts, whatever was deployed before.

CDK deploys the stack that exports before the one that imports. So what a deployed stack imports must
still be exported, with the same value, by the new template that comes before its own:
https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-importvalue.html
What is refused of numbers and pools: docs/number.md.
"""

from collections.abc import Iterator, Mapping
from itertools import permutations
from typing import Any

import pytest

from tests.stacks.assembly import Assembly, Resource
from tests.stacks.schemas import replaced
from tests.stacks.variants import IN_AWS, assembled, settings_named

NUMBER = "AWS::SMSVOICE::PhoneNumber"
POOL = "AWS::SMSVOICE::Pool"
CHANGES = [
    (old, new)
    for old, new in permutations(IN_AWS, 2)
    if settings_named(old).stage == settings_named(new).stage
]


def _imports(value: object) -> Iterator[str]:
    if isinstance(value, list):
        for item in value:
            yield from _imports(item)
    if isinstance(value, dict):
        if isinstance(name := value.get("Fn::ImportValue"), str):
            yield name
        for item in value.values():
            yield from _imports(item)


def _exports(template: Mapping[str, Any]) -> dict[str, Any]:
    outputs = template.get("Outputs", {}).values()
    return {each["Export"]["Name"]: each["Value"] for each in outputs if "Export" in each}


def _refused(old: Assembly, new: Assembly) -> Iterator[str]:
    """What the new templates would take from under the deployed stacks that import it."""
    deployed = {name: stack for stack, template in old.templates.items() for name in _imports(template)}
    for stack, template in old.templates.items():
        if stack not in new.templates:
            yield f"{stack} would be left behind, deployed"
            continue
        kept = _exports(new.templates[stack])
        for name, value in _exports(template).items():
            if name in deployed and kept.get(name) != value:
                yield f"{deployed[name]} imports {name}, which {stack} would no longer export as it was"
            if name in deployed and (changed := replaced(stack, value, old=old, new=new)):
                yield f"{deployed[name]} imports {name} of {changed}, which would be replaced"


@pytest.mark.parametrize(("old", "new"), CHANGES)
def test_no_deployed_stack_loses_what_it_imports(old: str, new: str) -> None:
    assert list(_refused(assembled(old), assembled(new))) == []


def _in_both(kind: str, old: str, new: str) -> Iterator[tuple[Resource, Resource]]:
    after = {str(each): each for each in assembled(new).resources(kind)}
    for before in assembled(old).resources(kind):
        if str(before) in after:
            yield before, after[str(before)]


@pytest.mark.parametrize(("old", "new"), CHANGES)
def test_a_number_in_a_pool_is_never_changed(old: str, new: str) -> None:
    """UpdatePhoneNumber is refused for a number that is in a pool."""
    for before, after in _in_both(NUMBER, old, new):
        assert before.declaration == after.declaration


@pytest.mark.parametrize(("old", "new"), CHANGES)
def test_a_pool_keeps_its_number(old: str, new: str) -> None:
    """AssociateOriginationIdentity refuses a number that is not set up as the pool already is."""
    for before, after in _in_both(POOL, old, new):
        assert before.properties["OriginationIdentities"] == after.properties["OriginationIdentities"]


@pytest.mark.parametrize(("old", "new"), CHANGES)
def test_no_number_is_put_into_a_second_pool(old: str, new: str) -> None:
    """CreatePool refuses a number of another pool, and the old pool goes after the new one is there."""
    pooled = {each.id: each.properties["OriginationIdentities"] for each in assembled(old).resources(POOL)}
    for pool in assembled(new).resources(POOL):
        if pool.id not in pooled:
            assert pool.properties["OriginationIdentities"] not in pooled.values()
