"""What deletion protection covers, and that a first deployment goes without it.

A protected thing is deleted by nobody, so that rolling back the deployment that made it fails as well:
https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/WorkingWithTables.Basics.html
https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_DeleteUserPool.html
"""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from stacks.unusable_settings import UnusableSettings
from tests.stacks.assembly import Assembly, Resource, settings_of
from tests.stacks.variants import assembled

FIRST = "prod deployed for the first time"
PROTECTED = {"AWS::DynamoDB::GlobalTable", "AWS::Cognito::UserPool"}


def _switches(resource: Resource) -> list[object]:
    """Tables are protected replica by replica."""
    places = [resource.properties, *resource.properties.get("Replicas", [])]
    return [value for each in places for name, value in each.items() if name.startswith("DeletionProtection")]


def _protected(assembly: Assembly) -> Iterator[Resource]:
    for resource in assembly.resources(*PROTECTED):
        if not {False, "INACTIVE"} & set(_switches(resource)) and _switches(resource):
            yield resource


def test_prod_protects_every_table_and_the_accounts() -> None:
    prod = assembled("prod")
    assert list(_protected(prod)) == list(prod.resources(*PROTECTED)) != []


@pytest.mark.parametrize("variant", [FIRST, "dev"])
def test_nothing_that_a_first_deployment_makes_is_protected(variant: str) -> None:
    assert list(_protected(assembled(variant))) == []


def test_what_is_given_up_is_not_protected() -> None:
    with pytest.raises(UnusableSettings):
        replace(settings_of("prod"), retain_data=False)
