"""What a skill owns in AWS: a table if it keeps records, and whatever its folder here adds."""

from collections.abc import Mapping, Sequence

import aws_cdk as cdk
from aws_cdk import aws_dynamodb as dynamodb
from aws_cdk import aws_s3 as s3
from constructs import Construct
from switchboard.core.skills.spec import SkillSpec
from switchboard.skills import SKILLS

from stacks.constructs import access
from stacks.constructs.access import Link
from stacks.constructs.table import table
from stacks.foundation import FoundationStack
from stacks.members import part_of
from stacks.settings import Settings

SINGLE_RECORDS = ("GetItem", "Query", "PutItem", "DeleteItem")


class SkillStack(cdk.Stack):
    """`records` is the skill's table; `files` its bucket, where it has one that browsers open by links.

    `chat`, `jobs` and `rest` are what the core's functions are given of it, by the skill's own names: where
    turns are answered, where data is exported, erased and merged, and behind the REST API.
    """

    files: s3.Bucket | None = None

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        settings: Settings,
        foundation: FoundationStack,
        stack_name: str,
    ) -> None:
        super().__init__(scope, construct_id, stack_name=stack_name)
        self.settings, self.base = settings, foundation
        self.records: dynamodb.TableV2 = table(self, "Records", settings)

    def chat(self) -> Sequence[Link]:
        return (access.table(self.records, "records", *SINGLE_RECORDS),)

    def jobs(self) -> Sequence[Link]:
        return (access.table(self.records, "records", *SINGLE_RECORDS),)

    def rest(self) -> Sequence[Link]:
        return (access.table(self.records, "records", *SINGLE_RECORDS),)


def skill_stacks(
    app: cdk.App, *, settings: Settings, foundation: FoundationStack
) -> Mapping[str, SkillStack]:
    """By the skill's name, each that keeps something."""
    made = {}
    for spec in SKILLS.values():
        if spec.keeps:
            noun = spec.name.title()
            made[spec.name] = _kind(spec)(
                app, noun, settings=settings, foundation=foundation, stack_name=settings.stack_name(noun)
            )
    return made


def _kind(spec: SkillSpec) -> type[SkillStack]:
    own = part_of("skills", spec.name, "stack")
    return own.OwnStack if own else SkillStack
