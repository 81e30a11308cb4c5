"""What CloudFormation would replace or delete when one template of a stack follows another.

Properties that make a new resource are `createOnlyProperties` of its type's schema, which cfn-lint brings:
https://docs.aws.amazon.com/cloudformation-cli/latest/userguide/resource-type-schema.html
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from cfnlint.schema import PROVIDER_SCHEMA_MANAGER  # type: ignore[import-untyped]

from tests.stacks.assembly import Assembly, Place, Resource

REGION = "us-east-1"
SMS = tuple(f"AWS::SMSVOICE::{noun}" for noun in ("PhoneNumber", "Pool", "ConfigurationSet"))
STATEFUL = {
    *("AWS::DynamoDB::GlobalTable", "AWS::S3::Bucket", "AWS::SecretsManager::Secret", "AWS::KMS::Key"),
    *("AWS::Cognito::UserPool", "AWS::Cognito::UserPoolClient", "AWS::Cognito::UserPoolGroup"),
    *("AWS::SQS::Queue", "AWS::SNS::Topic", "AWS::Scheduler::ScheduleGroup", "AWS::Logs::LogGroup"),
    *("AWS::ApiGatewayV2::Api", "AWS::ApiGatewayV2::Stage", "AWS::CloudFront::Distribution"),
    *("AWS::StepFunctions::StateMachine", "AWS::SMSVOICE::ProtectConfiguration", *SMS),
}
"""What holds something, or has an address that somebody knows."""
DOCUMENTED: Mapping[str, tuple[str, ...]] = {
    "AWS::Cognito::UserPool": ("UsernameAttributes", "AliasAttributes", "UsernameConfiguration"),
}
"""What a pool keeps from its creation on although its schema does not say so:
https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-attributes.html
"""


def lost(before: Assembly, after: Assembly) -> dict[str, str]:
    """The stateful resources that would not be in place afterwards, and why."""
    gone = replaced(before, after)
    return {
        str(each): gone[each.stack, each.id]
        for each in before.resources(*STATEFUL)
        if (each.stack, each.id) in gone
    }


def replaced(before: Assembly, after: Assembly) -> dict[Place, str]:
    """Every resource that is deleted or made anew. A reference to one that is made anew is another value."""
    old, new = _by_place(before), _by_place(after)
    found = dict.fromkeys(old.keys() - new.keys(), "is gone")
    found |= {
        place: f"becomes {new[place].type}"
        for place in old.keys() & new.keys()
        if old[place].type != new[place].type
    }
    while more := dict(_made_anew(old, new, after, found)):
        found |= more
    return found


def create_only(kind: str) -> list[tuple[str, ...]]:
    """The paths of properties that a resource of this type cannot change."""
    if kind.startswith("Custom::"):
        return [("ServiceToken",)]
    schema = PROVIDER_SCHEMA_MANAGER.get_resource_schema(REGION, kind).schema
    pointers = [
        pointer
        for keyword in ("createOnlyProperties", "conditionalCreateOnlyProperties")
        for pointer in schema.get(keyword) or ()
    ]
    named = [tuple(pointer.removeprefix("/properties/").split("/")) for pointer in pointers]
    return [*named, *((name,) for name in DOCUMENTED.get(kind, ()))]


def _made_anew(
    old: Mapping[Place, Resource],
    new: Mapping[Place, Resource],
    after: Assembly,
    found: Mapping[Place, str],
) -> Iterator[tuple[Place, str]]:
    for place in old.keys() & new.keys() - found.keys():
        for path in create_only(new[place].type):
            then, now = (_values(each.properties, path) for each in (old[place], new[place]))
            if then != now or after.named_in(place[0], now) & found.keys():
                yield place, f"has another {'.'.join(path)}"


def _by_place(assembly: Assembly) -> dict[Place, Resource]:
    return {(each.stack, each.id): each for each in assembly.resources()}


def _values(found: Any, path: Sequence[str]) -> list[Any]:  # noqa: ANN401 - a template is JSON
    """What is at a path; `*` is each item of a list."""
    if not path:
        return [found]
    step, *rest = path
    if step == "*":
        return [value for item in found or () for value in _values(item, rest)]
    return _values(found[step], rest) if isinstance(found, Mapping) and step in found else []
