"""What MiniStack's CloudFormation drops without a word, set by hand after the deployment: all of it is here.

Values come from the synthesized templates, so that nothing is said twice.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from local.cloud import CLIENT, LocalAws

Properties = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Deployed:
    """A resource as its template has it, with the id it was given."""

    kind: str
    physical_id: str
    properties: Properties


def mend(aws: LocalAws, assembly: Path) -> int:
    """Returns how many resources were mended."""
    return sum(MENDS[found.kind](aws, found) for found in deployed(aws, assembly) if found.kind in MENDS)


def cors(aws: LocalAws, api: Deployed) -> bool:
    """Stored under names that MiniStack's gateway does not read, so that every preflight is denied."""
    wanted = api.properties.get("CorsConfiguration")
    if wanted is None:
        return False
    client = aws.session().client("apigatewayv2", endpoint_url=aws.url, config=CLIENT)
    client.update_api(ApiId=api.physical_id, CorsConfiguration=wanted)
    return True


def reserved_concurrency(aws: LocalAws, function: Deployed) -> bool:
    wanted = function.properties.get("ReservedConcurrentExecutions")
    if wanted is None:
        return False
    client = aws.session().client("lambda", endpoint_url=aws.url, config=CLIENT)
    client.put_function_concurrency(FunctionName=function.physical_id, ReservedConcurrentExecutions=wanted)
    return True


MENDS: Mapping[str, Callable[[LocalAws, Deployed], bool]] = {
    "AWS::ApiGatewayV2::Api": cors,
    "AWS::Lambda::Function": reserved_concurrency,
}


def deployed(aws: LocalAws, assembly: Path) -> Iterator[Deployed]:
    client = aws.session().client("cloudformation", endpoint_url=aws.url, config=CLIENT)
    for stack, template in templates(assembly):
        found = client.describe_stack_resources(StackName=stack)["StackResources"]
        ids = {resource["LogicalResourceId"]: resource.get("PhysicalResourceId", "") for resource in found}
        for name, resource in template["Resources"].items():
            yield Deployed(resource["Type"], ids.get(name, ""), resource.get("Properties", {}))


def templates(assembly: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    manifest = json.loads((assembly / "manifest.json").read_text())
    for artifact in manifest["artifacts"].values():
        if artifact["type"] == "aws:cloudformation:stack":
            file = assembly / artifact["properties"]["templateFile"]
            yield artifact["properties"]["stackName"], json.loads(file.read_text())
