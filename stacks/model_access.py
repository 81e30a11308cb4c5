"""The permissions that follow from the model settings: Bedrock goes by role, the others by key."""

from collections.abc import Iterator

import aws_cdk as cdk

from stacks.constructs.link import Grant
from stacks.model_settings import ModelSettings, Provider

INVOKE = ("bedrock:InvokeModel", "bedrock:InvokeModelWithResponseStream")


def model_access(stack: cdk.Stack, model: ModelSettings) -> list[Grant]:
    """What `converse` may call; empty when no provider is Bedrock."""
    arns = sorted({arn for each in model.providers if each.kind == "bedrock" for arn in _arns(stack, each)})
    return [Grant(INVOKE, tuple(arns))] if arns else []


def _arns(stack: cdk.Stack, provider: Provider) -> Iterator[str]:
    region = provider.region or stack.region
    for name in (provider.models.small, provider.models.large):
        yield stack.format_arn(
            service="bedrock", region=region, account="", resource="foundation-model", resource_name=name
        )
