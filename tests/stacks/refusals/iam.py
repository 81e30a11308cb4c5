"""IAM: sizes of policies, and whether actions, resources and conditions belong together."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping

from tests.stacks.assembly import Assembly, Place
from tests.stacks.breaking import BreakAssembly, first, put
from tests.stacks.policies import IDENTITY, RESOURCE, TRUST, Finding, policies
from tests.stacks.policies import findings as linted
from tests.stacks.refusals.refusal import Refusal

QUOTAS = "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html"
ACTIONS = (
    "https://docs.aws.amazon.com/service-authorization/latest/reference/"
    "reference_policies_actions-resources-contextkeys.html"
)
GRAMMAR = "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html"

POLICY = "AWS::IAM::Policy"
MANAGED = "AWS::IAM::ManagedPolicy"
ROLE = "AWS::IAM::Role"
LARGEST_INLINE = 10_240
LARGEST_MANAGED = 6_144
LARGEST_TRUST = 2_048
MOST_MANAGED = 10

ANSWERED: Mapping[Finding, str] = {
    Finding("RESOURCE_MISMATCH", ("states:SendTaskFailure", "states:SendTaskSuccess")): (
        "The linter knows only *; IAM checks the machine's ARN "
        "(https://docs.aws.amazon.com/step-functions/latest/dg/concept-create-iam-advanced.html)."
    ),
    Finding("RESOURCE_MISMATCH", ("bedrock:InvokeModel", "bedrock:InvokeModelWithResponseStream")): (
        "The linter splits an ARN at every colon, and Bedrock's names of models have one."
    ),
    Finding("RESOURCE_MISMATCH", ("transcribe:StartTranscriptionJob",)): (
        "AWS's list has no resource for it, while its denials name transcription-job/…: docs/aws-not-run.md."
    ),
}
"""Findings that were looked into, and why each is none."""
EVERYTHING_OF_ITSELF = {
    "RESOURCE_STAR": "In a key's policy * is that key.",
    "RESOURCE_MISMATCH": "A bucket refuses every action in plain text, also those that are of no bucket.",
    "RESOURCE_POLICY_PRIVILEGE_ESCALATION": "It empties the bucket in the end; nobody has its role.",
}
"""What the linter says of policies of resources, because it takes them for somebody's."""


def inline_policies_are_small(assembly: Assembly) -> Iterator[str]:
    """All of a role together; white space does not count."""
    sizes: Counter[Place] = Counter()
    for policy in policies(assembly):
        if policy.kind == IDENTITY and policy.owner.type != MANAGED:
            roles = assembly.named_in(policy.owner.stack, policy.owner.properties.get("Roles", []))
            for role in roles or {(policy.owner.stack, policy.owner.id)}:
                sizes[role] += _size(policy.document)
    yield from (
        f"{'/'.join(role)} has {size} characters of policies"
        for role, size in sizes.items()
        if size > LARGEST_INLINE
    )


def other_policies_are_small(assembly: Assembly) -> Iterator[str]:
    for policy in policies(assembly):
        most = LARGEST_TRUST if policy.kind == TRUST else LARGEST_MANAGED
        if (policy.kind == TRUST or policy.owner.type == MANAGED) and _size(policy.document) > most:
            yield f"{policy.owner} has a {policy.kind} policy of {_size(policy.document)} characters"
    for role in assembly.resources(ROLE):
        if len(role.properties.get("ManagedPolicyArns", [])) > MOST_MANAGED:
            yield f"{role} has more managed policies than a role may"


def roles_are_trusted_to_somebody(assembly: Assembly) -> Iterator[str]:
    for policy in policies(assembly):
        if policy.kind != TRUST:
            continue
        for statement in policy.document["Statement"]:
            if (
                "Resource" in statement
                or not statement.get("Principal")
                or statement["Action"] != "sts:AssumeRole"
            ):
                yield f"{policy.owner} has a trust policy with a resource, or for nobody"


def statements_are_told_apart(assembly: Assembly) -> Iterator[str]:
    for policy in policies(assembly):
        sids = [each["Sid"] for each in policy.document["Statement"] if each.get("Sid")]
        if len(sids) > len(set(sids)):
            yield f"{policy.owner} has two statements of one name"
        if policy.kind == IDENTITY and any(not sid.isalnum() for sid in sids):
            yield f"{policy.owner} has a statement whose name is not of letters and digits"


def the_linter_finds_nothing(assembly: Assembly) -> Iterator[str]:
    """Actions exist, and resources and conditions are such as the action has."""
    for policy in policies(assembly):
        for finding in sorted(linted(policy)):
            of_itself = policy.kind == RESOURCE and finding.issue in EVERYTHING_OF_ITSELF
            if not of_itself and finding not in ANSWERED:
                yield f"{policy.owner}: {finding.issue} {', '.join(finding.about)}"


def _size(document: object) -> int:
    return len("".join(json.dumps(document, separators=(",", ":")).split()))


def _allowing(action: str, *resources: str) -> BreakAssembly:
    statement = {"Effect": "Allow", "Action": action, "Resource": list(resources)}
    return first(POLICY, put("Properties", "PolicyDocument", "Statement", to=[statement]))


QUEUE = "arn:aws:sqs:us-east-1:111122223333:queue"
RULES = (
    Refusal(inline_policies_are_small, QUOTAS, _allowing("sqs:SendMessage", *([QUEUE] * 300))),
    Refusal(
        other_policies_are_small,
        QUOTAS,
        first(
            ROLE,
            put(
                *("Properties", "AssumeRolePolicyDocument", "Statement", 0, "Principal"),
                to={"Service": ["lambda.amazonaws.com"] * 100},
            ),
        ),
    ),
    Refusal(
        roles_are_trusted_to_somebody,
        GRAMMAR,
        first(ROLE, put("Properties", "AssumeRolePolicyDocument", "Statement", 0, "Resource", to="*")),
    ),
    Refusal(
        statements_are_told_apart,
        GRAMMAR,
        first(POLICY, put("Properties", "PolicyDocument", "Statement", 0, "Sid", to="may look")),
    ),
    Refusal(the_linter_finds_nothing, ACTIONS, _allowing("sqs:SendMessages", QUEUE)),
    Refusal(the_linter_finds_nothing, ACTIONS, _allowing("sns:Publish", QUEUE)),
)
