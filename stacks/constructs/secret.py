"""The secret: one for the deployment, with a version for each value that the operator puts in."""

import string
from collections.abc import Mapping
from typing import cast

from aws_cdk import aws_secretsmanager as secretsmanager
from constructs import Construct
from switchboard.core.secret_labels import SecretLabel

from stacks.constructs.suppression import Reviewed, accept
from stacks.settings import Settings

NOT_OURS_TO_ROTATE = Reviewed(
    "AwsSolutions-SMG4",
    "The keys are other providers', whom AWS cannot ask for new ones; the runbook says how to replace them.",
)


class Secret(secretsmanager.Secret):
    """A role reads one label and no other (docs/decisions/0015).

    What it is created with is random, and what the CDN shows to the gateway. Without it the first value that
    is put in would be given the label AWSCURRENT besides its own.
    """

    def __init__(self, scope: Construct, construct_id: str, *, settings: Settings) -> None:
        letters_and_digits = secretsmanager.SecretStringGenerator(
            exclude_punctuation=True, exclude_characters=string.punctuation
        )
        super().__init__(
            scope,
            construct_id,
            generate_secret_string=letters_and_digits,
            removal_policy=settings.removal_policy,
        )
        self._emulated = settings.emulator is not None
        accept(self, NOT_OURS_TO_ROTATE)

    @property
    def full_arn(self) -> str:
        """By attribute, since a reference is the ARN in AWS but only the name in the emulator."""
        return cast("secretsmanager.CfnSecret", self.node.default_child).attr_id

    @property
    def shown_by_cdn(self) -> str:
        """Filled in by CloudFormation as it deploys, so that no template holds it."""
        return f"{{{{resolve:secretsmanager:{self.full_arn}:SecretString::{SecretLabel.CDN}}}}}"

    def only(self, label: SecretLabel) -> Mapping[str, Mapping[str, str]]:
        """The condition that a grant to read takes; the emulator does not know which label is asked for."""
        if self._emulated:
            return {}
        return {"ForAnyValue:StringEquals": {"secretsmanager:VersionStage": label.value}}
