"""CloudFormation: quotas of a template."""

import json
from collections.abc import Iterator

from tests.stacks.assembly import Assembly
from tests.stacks.refusals.refusal import Refusal

QUOTAS = "https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html"
MOST_RESOURCES = 500
MOST_OUTPUTS = 200
LARGEST_BODY = 1_000_000


def templates_keep_the_quotas(assembly: Assembly) -> Iterator[str]:
    for stack, template in assembly.templates.items():
        if len(template["Resources"]) > MOST_RESOURCES:
            yield f"{stack} has {len(template['Resources'])} resources"
        if len(template.get("Outputs", {})) > MOST_OUTPUTS:
            yield f"{stack} has {len(template['Outputs'])} outputs"
        if len(json.dumps(template)) > LARGEST_BODY:
            yield f"{stack} is larger than a template in a bucket may be"


def _many_resources(assembly: Assembly) -> None:
    assembly.templates["Assistant"]["Resources"].update(
        {f"Topic{number}": {"Type": "AWS::SNS::Topic"} for number in range(MOST_RESOURCES)}
    )


RULES = (Refusal(templates_keep_the_quotas, QUOTAS, _many_resources),)
