"""What a skill that keeps records owns: a table of its own, in a stack of its own."""

import aws_cdk as cdk
from constructs import Construct

from stacks.constructs.table import table
from stacks.settings import Settings


class SkillStack(cdk.Stack):
    def __init__(self, scope: Construct, construct_id: str, *, settings: Settings, stack_name: str) -> None:
        super().__init__(scope, construct_id, stack_name=stack_name)
        self.records = table(self, "Records", settings)
