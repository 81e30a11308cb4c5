"""CloudFormation: quotas of a template, and what stacks give to each other."""

import json
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter

from tests.stacks.assembly import Assembly, Place
from tests.stacks.refusals.refusal import Refusal

QUOTAS = "https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html"
EXPORTS = "https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-stack-exports.html"
RESOURCES = "https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/resources-section-structure.html"
PARAMETERS = (
    "https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/parameters-section-structure.html"
)
DEPENDS_ON = "https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-attribute-dependson.html"
MOST_RESOURCES = 500
MOST_OUTPUTS = 200
LARGEST_BODY = 1_000_000
LONGEST_ID = 255
EMPTIER = "Custom::S3AutoDeleteObjects"


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


def exports_are_unique(assembly: Assembly) -> Iterator[str]:
    """In an account and region, hence over all stacks of a stage."""
    seen: set[str] = set()
    for stack, name in _exports(assembly):
        if name in seen:
            yield f"{stack} exports {name}, which is taken"
        seen.add(name)


def what_is_imported_is_exported(assembly: Assembly) -> Iterator[str]:
    exported = {name for _, name in _exports(assembly)}
    for stack, template in assembly.templates.items():
        for name in sorted(set(_imported(template)) - exported):
            yield f"{stack} imports {name}, which nobody exports"


def stacks_stand_on_each_other_in_one_order(assembly: Assembly) -> Iterator[str]:
    """The order in which they are deployed, and the other way round deleted."""
    owners = {name: stack for stack, name in _exports(assembly)}
    needed = {
        stack: {owners[name] for name in _imported(template) if name in owners}
        for stack, template in assembly.templates.items()
    }
    try:
        tuple(TopologicalSorter(needed).static_order())
    except CycleError as error:
        yield f"stacks need each other: {error.args[1]}"


def nothing_has_to_be_given(assembly: Assembly) -> Iterator[str]:
    """`cdk deploy` asks nobody: a parameter without a default would stop it."""
    for stack, template in assembly.templates.items():
        for name, parameter in template.get("Parameters", {}).items():
            if "Default" not in parameter:
                yield f"{stack} has to be given {name}"


def logical_ids_are_letters_and_digits(assembly: Assembly) -> Iterator[str]:
    for stack, template in assembly.templates.items():
        for name in (*template["Resources"], *template.get("Outputs", {})):
            if not (name.isascii() and name.isalnum() and len(name) <= LONGEST_ID):
                yield f"{stack} calls something {name}"


def buckets_are_emptied_before_their_policy_goes(assembly: Assembly) -> Iterator[str]:
    """What empties them is let in by the policy, and is deleted before whatever it depends on."""
    letting_in = {
        place: (policy.stack, policy.id)
        for policy in assembly.resources("AWS::S3::BucketPolicy")
        for place in assembly.named_in(policy.stack, policy.properties["Bucket"])
    }
    for emptier in assembly.resources(EMPTIER):
        waits_for: set[Place] = {(emptier.stack, name) for name in emptier.declaration.get("DependsOn", [])}
        for bucket in assembly.named_in(emptier.stack, emptier.properties["BucketName"]):
            if letting_in.get(bucket) not in waits_for:
                yield f"{emptier} may outlive the policy that lets it in"


def _exports(assembly: Assembly) -> Iterator[tuple[str, str]]:
    for stack, template in assembly.templates.items():
        for output in template.get("Outputs", {}).values():
            if "Export" in output:
                yield stack, output["Export"]["Name"]


def _imported(value: object) -> Iterator[str]:
    if isinstance(value, list):
        for each in value:
            yield from _imported(each)
    elif isinstance(value, dict):
        for key, each in value.items():
            if key == "Fn::ImportValue":
                yield each
            else:
                yield from _imported(each)


def _export_the_same_twice(assembly: Assembly) -> None:
    outputs = assembly.templates["Foundation"]["Outputs"]
    outputs["Again"] = next(each for each in outputs.values() if "Export" in each)


def _forget_the_exports(assembly: Assembly) -> None:
    assembly.templates["Foundation"]["Outputs"].clear()


def _need_each_other(assembly: Assembly) -> None:
    (_, name), *_ = (each for each in _exports(assembly) if each[0] == "Calls")
    assembly.templates["Foundation"]["Resources"]["Loop"] = {
        "Type": "AWS::SNS::Topic",
        "Properties": {"DisplayName": {"Fn::ImportValue": name}},
    }


def _ask_for_an_address(assembly: Assembly) -> None:
    assembly.templates["Foundation"]["Parameters"]["Address"] = {"Type": "String"}


def _call_it_with_a_hyphen(assembly: Assembly) -> None:
    assembly.templates["Foundation"]["Resources"]["a-topic"] = {"Type": "AWS::SNS::Topic"}


def _empty_without_waiting(assembly: Assembly) -> None:
    bucket = next(assembly.resources("AWS::S3::Bucket"))
    assembly.templates[bucket.stack]["Resources"]["Emptier"] = {
        "Type": EMPTIER,
        "Properties": {"BucketName": {"Ref": bucket.id}},
    }


RULES = (
    Refusal(templates_keep_the_quotas, QUOTAS, _many_resources),
    Refusal(exports_are_unique, EXPORTS, _export_the_same_twice),
    Refusal(what_is_imported_is_exported, EXPORTS, _forget_the_exports),
    Refusal(stacks_stand_on_each_other_in_one_order, EXPORTS, _need_each_other),
    Refusal(nothing_has_to_be_given, PARAMETERS, _ask_for_an_address),
    Refusal(logical_ids_are_letters_and_digits, RESOURCES, _call_it_with_a_hyphen),
    Refusal(buckets_are_emptied_before_their_policy_goes, DEPENDS_ON, _empty_without_waiting),
)
