"""What cfn-lint says of templates, in every region that Switchboard is checked for."""

import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from stacks.regions import REGIONS
from tests.stacks.assembly import Assembly

CFN_LINT = Path(sys.executable).with_name("cfn-lint")
REDUNDANT_DEPENDS_ON = "W3005"
FUNCTION = "AWS::Lambda::Function"

Template = Mapping[str, Any]


def lint(*files: Path, regions: tuple[str, ...] = REGIONS) -> str:
    command = [str(CFN_LINT), "--ignore-checks", REDUNDANT_DEPENDS_ON, "--regions", *regions, "--template"]
    command += map(str, files)
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout  # noqa: S603 - our own files


def what_differs(variant: Assembly, stage: Assembly) -> Iterator[tuple[str, Template]]:
    """By stack: the resources that are not as in the stage, and what those refer to.

    cfn-lint takes a second or two a template, and judges each resource by itself and its references.
    """
    for stack, template in variant.templates.items():
        resources, known = template["Resources"], _without_texts(stage.templates[stack]["Resources"])
        changed = {name for name, each in _without_texts(resources).items() if known.get(name) != each}
        if changed:
            kept = _with_references(variant, stack, changed)
            yield stack, {"Resources": {name: resources[name] for name in sorted(kept)}}


def _with_references(assembly: Assembly, stack: str, names: set[str]) -> set[str]:
    resources = assembly.templates[stack]["Resources"]
    kept: set[str] = set()
    while new := names - kept:
        kept |= new
        named = assembly.named_in(stack, [resources[name] for name in new])
        after = {each for name in new for each in _listed(resources[name].get("DependsOn", []))}
        names = after | {name for place, name in named if place == stack and name in resources}
    return kept


def _without_texts(resources: Template) -> Template:
    """What an environment says is mere text to cfn-lint."""
    return {name: _without_text(each) for name, each in resources.items()}


def _without_text(resource: Template) -> Template:
    properties = resource.get("Properties", {})
    if resource["Type"] != FUNCTION or "Environment" not in properties:
        return resource
    variables = properties["Environment"]["Variables"]
    told = {name: "" if isinstance(value, str) else value for name, value in variables.items()}
    return {**resource, "Properties": {**properties, "Environment": {"Variables": told}}}


def _listed(value: object) -> list[Any]:
    return value if isinstance(value, list) else [value]
