"""Findings of the rule packs that a reviewer accepted: each beside its construct, with the reason."""

from typing import NamedTuple

import aws_cdk as cdk
from constructs import IConstruct


class Reviewed(NamedTuple):
    """`finding` is the rule's id as the pack prints it, with what it objects to in brackets."""

    finding: str
    reason: str


def accept(construct: IConstruct, *reviewed: Reviewed) -> None:
    for finding, reason in reviewed:
        cdk.Validations.of(construct).acknowledge(cdk.Acknowledgment(id=finding, reason=reason))
