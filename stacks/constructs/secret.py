"""A secret: born with a random value, which the operator replaces."""

import string
from typing import cast

import aws_cdk as cdk
from aws_cdk import aws_secretsmanager as secretsmanager
from constructs import Construct

from stacks.constructs.review import Reviewed, accept

NOT_OURS_TO_ROTATE = Reviewed(
    "AwsSolutions-SMG4",
    "The key is another provider's, whom AWS cannot ask for a new one; the runbook says how to replace it.",
)


class Secret(secretsmanager.Secret):
    def __init__(self, scope: Construct, construct_id: str, *, removal_policy: cdk.RemovalPolicy) -> None:
        letters_and_digits = secretsmanager.SecretStringGenerator(
            exclude_punctuation=True, exclude_characters=string.punctuation
        )
        super().__init__(
            scope, construct_id, generate_secret_string=letters_and_digits, removal_policy=removal_policy
        )
        accept(self, NOT_OURS_TO_ROTATE)

    @property
    def full_arn(self) -> str:
        """By attribute, since a reference is the ARN in AWS but only the name in the emulator."""
        return cast("secretsmanager.CfnSecret", self.node.default_child).attr_id
