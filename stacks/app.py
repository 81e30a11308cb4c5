"""Which stacks a stage has, and what each gives to the next."""

import aws_cdk as cdk
from aws_cdk import aws_dynamodb as dynamodb
from cdk_nag import AwsSolutionsChecks, ServerlessChecks
from switchboard.channels import CHANNELS
from switchboard.core.channels.policy import check
from switchboard.skills import SKILLS

from stacks.assistant import AssistantStack
from stacks.calls import CallsStack
from stacks.errands import ErrandsStack
from stacks.foundation import FoundationStack
from stacks.settings import Settings
from stacks.site import SiteStack
from stacks.skill import SkillStack


def build(app: cdk.App, settings: Settings) -> None:
    check({name: spec.policy for name, spec in CHANNELS.items()}, SKILLS)
    foundation = FoundationStack(
        app, "Foundation", settings=settings, stack_name=_name(settings, "Foundation")
    )
    calls = CallsStack(
        app, "Calls", settings=settings, foundation=foundation, stack_name=_name(settings, "Calls")
    )
    own = {"calls": calls.records}
    records = {
        name: own.get(name) or _records(app, settings, name) for name, spec in SKILLS.items() if spec.keeps
    }
    errands = ErrandsStack(
        app,
        "Errands",
        settings=settings,
        foundation=foundation,
        records=records,
        recordings=calls.recordings,
        stack_name=_name(settings, "Errands"),
    )
    AssistantStack(
        app,
        "Assistant",
        settings=settings,
        foundation=foundation,
        errands=errands,
        records=records,
        calls=calls,
        stack_name=_name(settings, "Assistant"),
    )
    SiteStack(
        app,
        "Site",
        settings=settings,
        foundation=foundation,
        recordings=calls.recordings,
        stack_name=_name(settings, "Site"),
    )
    if settings.audit:
        cdk.Validations.of(app).add_plugins(
            AwsSolutionsChecks(app, verbose=True), ServerlessChecks(app, verbose=True)
        )


def _records(app: cdk.App, settings: Settings, skill: str) -> dynamodb.TableV2:
    noun = skill.title()
    return SkillStack(app, noun, settings=settings, stack_name=_name(settings, noun)).records


def _name(settings: Settings, noun: str) -> str:
    return f"Switchboard-{settings.stage}-{noun}"
