"""What a role may ask of Bedrock: the models of the settings, and a profile's model through it alone."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from stacks.handlers import name_of
from stacks.model_access import INVOKE
from stacks.model_settings import Models, ModelSettings, Provider
from tests.stacks.assembly import settings_of, synthesize
from tests.stacks.rules import our_functions

WHO_ASKS = {"converse", "calls.analyze", "calls.finish"}


def _granted(small: str, large: str) -> dict[str, list[dict[str, Any]]]:
    """What is allowed of Bedrock, by the handler that is allowed it."""
    models = Models(small=small, large=large)
    provider = Provider(kind="bedrock", name="aws", region="eu-west-1", models=models)
    settings = replace(settings_of("dev"), audit=False, model=ModelSettings(providers=(provider,)))
    found: dict[str, list[dict[str, Any]]] = {}
    of = synthesize(settings)
    for function in our_functions(of):
        (role,) = of.named_in(function.stack, function.properties["Role"])
        for policy in of.resources("AWS::IAM::Policy"):
            if role in of.named_in(policy.stack, policy.properties["Roles"]):
                said = list(_of_bedrock(policy.properties["PolicyDocument"]["Statement"]))
                if said:
                    found[name_of(function.properties["Handler"])] = said
    return found


def _of_bedrock(statements: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    yield from (each for each in statements if each["Action"] == [*INVOKE])


def _arn(region: str, account: object, tail: str) -> dict[str, Any]:
    parts = ["arn:", {"Ref": "AWS::Partition"}, f":bedrock:{region}:", account, f":{tail}"]
    joined = [f":bedrock:{region}::{tail}"] if account == "" else parts[2:]
    return {"Fn::Join": ["", [*parts[:2], *joined]]}


def test_a_model_is_allowed_in_its_region_alone() -> None:
    granted = _granted("openai.gpt-oss-20b-1:0", "openai.gpt-oss-20b-1:0")
    assert granted.keys() == WHO_ASKS
    for statements in granted.values():
        assert statements == [
            {
                "Action": [*INVOKE],
                "Effect": "Allow",
                "Resource": _arn("eu-west-1", "", "foundation-model/openai.gpt-oss-20b-1:0"),
            }
        ]


@pytest.mark.parametrize("geography", ["us", "eu", "jp", "apac", "global", "us-gov"])
def test_a_profile_is_allowed_with_its_model_and_the_model_through_it_alone(geography: str) -> None:
    name = f"{geography}.openai.gpt-oss-20b-1:0"
    granted = _granted(name, name)
    assert granted.keys() == WHO_ASKS
    profile = _arn("eu-west-1", {"Ref": "AWS::AccountId"}, f"inference-profile/{name}")
    for statements in granted.values():
        assert statements == [
            {"Action": [*INVOKE], "Effect": "Allow", "Resource": profile},
            {
                "Action": [*INVOKE],
                "Condition": {"ArnEquals": {"bedrock:InferenceProfileArn": profile}},
                "Effect": "Allow",
                "Resource": _arn("*", "", "foundation-model/openai.gpt-oss-20b-1:0"),
            },
        ]
