"""The permissions that follow from the model settings: Bedrock goes by role, the others by key.

A name such as `us.openai.gpt-oss-120b-1:0` is an inference profile: it is asked for in one region, and takes
the model in whichever region it chooses, from a list that is AWS's and grows. The role may use the model
anywhere, but only through this profile:
https://docs.aws.amazon.com/bedrock/latest/userguide/geographic-cross-region-inference.html
https://docs.aws.amazon.com/bedrock/latest/userguide/global-cross-region-inference.html
"""

import re
from collections.abc import Iterator

import aws_cdk as cdk
from aws_cdk import aws_iam as iam

from stacks.constructs.function import Function
from stacks.constructs.suppression import Reviewed, accept
from stacks.model_settings import ModelSettings, Provider

INVOKE = ("bedrock:InvokeModel", "bedrock:InvokeModelWithResponseStream")
PROFILE = re.compile(r"(?:[a-z]{2}|apac|global|us-gov)\.(?P<model>.+)")
"""A geography and the model; names of models begin with who made them."""
ANYWHERE = "*"


def allow_models(function: Function, model: ModelSettings) -> None:
    """Lets a function ask what is Bedrock's among the providers."""
    stack = cdk.Stack.of(function)
    for provider in model.providers:
        if provider.kind == "bedrock":
            for name in sorted({provider.models.small, provider.models.large}):
                for statement in _statements(stack, provider.region or stack.region, name):
                    function.allow(statement)
    accept(function.role, *_reviewed(model.providers))


def _statements(stack: cdk.Stack, region: str, name: str) -> Iterator[iam.PolicyStatement]:
    profile = PROFILE.fullmatch(name)
    if profile is None:
        yield iam.PolicyStatement(actions=[*INVOKE], resources=[_model(stack, region, name)])
        return
    arn = stack.format_arn(service="bedrock", region=region, resource="inference-profile", resource_name=name)
    yield iam.PolicyStatement(actions=[*INVOKE], resources=[arn])
    yield iam.PolicyStatement(
        actions=[*INVOKE],
        resources=[_model(stack, ANYWHERE, profile["model"])],
        conditions={"ArnEquals": {"bedrock:InferenceProfileArn": arn}},
    )


def _model(stack: cdk.Stack, region: str, name: str) -> str:
    return stack.format_arn(
        service="bedrock", region=region, account="", resource="foundation-model", resource_name=name
    )


def _reviewed(providers: tuple[Provider, ...]) -> Iterator[Reviewed]:
    named = {name for each in providers for name in (each.models.small, each.models.large)}
    for profile in filter(None, map(PROFILE.fullmatch, sorted(named))):
        yield Reviewed(
            "AwsSolutions-IAM5[Resource::"
            f"arn:<AWS::Partition>:bedrock:{ANYWHERE}::foundation-model/{profile['model']}]",
            "A profile takes the model in a region that it chooses; the condition admits this profile alone.",
        )
