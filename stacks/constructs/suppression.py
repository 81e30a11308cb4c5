"""Findings of rule packs and checkov that a reviewer accepted: each beside its construct, with the reason."""

from typing import NamedTuple, cast

import aws_cdk as cdk
from constructs import IConstruct

CHECKOV = "CKV_"


class Reviewed(NamedTuple):
    """`finding` is the rule's id as the pack prints it, with what it objects to in brackets.

    `also` are further ids of the same finding. Those that begin with CKV_ are checkov's (`make audit`).
    """

    finding: str
    reason: str
    also: tuple[str, ...] = ()


def accept(construct: IConstruct, *reviewed: Reviewed) -> None:
    for each in reviewed:
        for finding in (each.finding, *each.also):
            tell = _skip if finding.startswith(CHECKOV) else _acknowledge
            tell(construct, finding, each.reason)


def _acknowledge(construct: IConstruct, finding: str, reason: str) -> None:
    cdk.Validations.of(construct).acknowledge(cdk.Acknowledgment(id=finding, reason=reason))


def _skip(construct: IConstruct, finding: str, reason: str) -> None:
    """Checkov reads the template, so it finds the answer in the resource's metadata."""
    resource = cast("cdk.CfnResource", construct.node.default_child)
    told = resource.get_metadata("checkov") or {"skip": []}
    resource.add_metadata("checkov", {"skip": [*told["skip"], {"id": finding, "comment": reason}]})
