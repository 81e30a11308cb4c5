"""Which stacks a stage has, and what each gives to the next."""

import aws_cdk as cdk
from cdk_nag import AwsSolutionsChecks, ServerlessChecks
from switchboard.channels import CHANNELS
from switchboard.core.channels.policy import check
from switchboard.skills import SKILLS

from stacks.assistant import AssistantStack
from stacks.foundation import FoundationStack
from stacks.jobs import JobsStack
from stacks.settings import Settings
from stacks.site import SiteStack
from stacks.skills.stack import skill_stacks


def build(app: cdk.App, settings: Settings) -> None:
    check({name: spec.policy for name, spec in CHANNELS.items()}, SKILLS)
    foundation = FoundationStack(
        app, "Foundation", settings=settings, stack_name=settings.stack_name("Foundation")
    )
    skills = skill_stacks(app, settings=settings, foundation=foundation)
    jobs = JobsStack(
        app,
        "Errands",
        settings=settings,
        foundation=foundation,
        skills=skills,
        stack_name=settings.stack_name("Errands"),
    )
    AssistantStack(
        app,
        "Assistant",
        settings=settings,
        foundation=foundation,
        jobs=jobs,
        skills=skills,
        stack_name=settings.stack_name("Assistant"),
    )
    SiteStack(
        app,
        "Site",
        settings=settings,
        foundation=foundation,
        files=[skill.files for skill in skills.values() if skill.files],
        stack_name=settings.stack_name("Site"),
    )
    if settings.audit:
        cdk.Validations.of(app).add_plugins(
            AwsSolutionsChecks(app, verbose=True), ServerlessChecks(app, verbose=True)
        )
