"""IAM: a changed policy is not known everywhere at once, so what is uploaded anew must not change one."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from tests.stacks.assembly import Assembly
from tests.stacks.refusals.refusal import Refusal

EVENTUALLY = (
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot.html"
    "#troubleshoot_general_eventual-consistency"
)
HASH = re.compile(r"[0-9a-f]{64}")
"""Of an asset: CDK names what it uploads by the SHA-256 of what is in it."""


def no_policy_names_an_asset_by_its_hash(assembly: Assembly) -> Iterator[str]:
    for resource in assembly.resources():
        for document in _documents(resource.properties):
            if HASH.search(json.dumps(document)):
                yield f"{resource} changes its policy whenever what is uploaded changes"


def _documents(value: object) -> Iterator[Mapping[str, Any]]:
    """Everything that has statements, wherever a type keeps its policies."""
    if isinstance(value, list):
        for item in value:
            yield from _documents(item)
    if isinstance(value, dict):
        if "Statement" in value:
            yield value
        for item in value.values():
            yield from _documents(item)


def _name_the_archive(assembly: Assembly) -> None:
    policies = assembly.resources("AWS::IAM::Policy")
    (mine,) = (each for each in policies if each.id.startswith("UploadRoleDefaultPolicy"))
    statements = mine.properties["PolicyDocument"]["Statement"]
    (read,) = (each for each in statements if each["Action"] == "s3:GetObject")
    read["Resource"] = f"arn:aws:s3:::cdk-hnb659fds-assets-111122223333-us-east-1/{'c6' * 32}.zip"


RULES = (Refusal(no_policy_names_an_asset_by_its_hash, EVENTUALLY, _name_the_archive),)
