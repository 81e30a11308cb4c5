"""The house keeps its layers apart."""

from pathlib import Path

import pytest

from tests.architecture.rules_of_imports import stack_violations, violations
from tests.architecture.sources import Source, parse, sources

CODE = sources("lambdas", "operate")
STACKS = sources("stacks", "app.py")


def wrong(found: list[list[str]]) -> list[str]:
    return [each for file in found for each in file]


def test_every_file_imports_only_what_its_layer_may() -> None:
    assert wrong([violations(source) for source in CODE]) == []


def test_stacks_see_nothing_of_the_product_but_its_specs() -> None:
    assert wrong([stack_violations(source) for source in STACKS]) == []


def test_there_is_something_to_look_at() -> None:
    assert len(CODE) > 60
    assert len(STACKS) > 10


def written(tmp_path: Path, name: str, text: str) -> Source:
    path = tmp_path / name
    path.parent.mkdir(parents=True)
    path.write_text(text)
    return parse(path, base=tmp_path)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("switchboard/core/conversation/turn.py", "import boto3"),
        ("switchboard/core/conversation/turn.py", "from switchboard.adapters import topics"),
        ("switchboard/core/conversation/turn.py", "def later():\n    import pydantic"),
        ("switchboard/core/conversation/turn.py", "from . import messages"),
        ("switchboard/channels/web/inbound.py", "import boto3"),
        ("switchboard/channels/sms/outbound.py", "from switchboard.channels.web import inbound"),
        ("switchboard/channels/sms/outbound.py", "import openai"),
        ("switchboard/skills/everyday/tools.py", "from switchboard.channels import CHANNELS"),
        ("switchboard/skills/everyday/tools.py", "from switchboard.skills.tasks import tools"),
        ("switchboard/adapters/dynamo/people/people.py", "from switchboard.runtime import aws"),
        ("switchboard/adapters/topics.py", "import fastapi"),
        ("switchboard/api/app.py", "import boto3"),
        ("switchboard/platform/aws.py", "from stacks import settings"),
        ("switchboard/new/thing.py", "import json"),
        ("handlers/api.py", "from switchboard.adapters import cognito"),
        ("handlers/api.py", "import boto3"),
        ("handlers/api.py", "from stacks import settings"),
        ("operate/show.py", "from switchboard.runtime import aws"),
        ("operate/show.py", "from local.laptop import Laptop"),
    ],
)
def test_the_rule_notices_an_import_that_is_not_allowed(tmp_path: Path, name: str, text: str) -> None:
    assert violations(written(tmp_path, name, text)) != []


@pytest.mark.parametrize(
    ("name", "text"),
    [
        (
            "switchboard/core/conversation/turn.py",
            "import json\nfrom switchboard.core.people.address import Address",
        ),
        (
            "switchboard/core/conversation/turn.py",
            "if TYPE_CHECKING:\n    from mypy_boto3_sns import SNSClient",
        ),
        ("switchboard/channels/__init__.py", "from switchboard.channels.web import SPEC"),
        ("switchboard/channels/sms/outbound.py", "import boto3\nfrom botocore.config import Config"),
        ("switchboard/skills/everyday/tools.py", "import pydantic\nfrom switchboard.skills.tool import tool"),
        ("switchboard/platform/aws.py", "from switchboard.adapters.topics import TurnsTopic"),
        ("handlers/api.py", "from switchboard.platform.config import load"),
        (
            "operate/show.py",
            "from local.places import OURS\nfrom switchboard.adapters.topics import TurnsTopic",
        ),
    ],
)
def test_the_rule_lets_pass_what_is_allowed(tmp_path: Path, name: str, text: str) -> None:
    assert violations(written(tmp_path, name, text)) == []


@pytest.mark.parametrize(
    "text",
    [
        "from switchboard.channels.web import outbound",
        "import switchboard.core.conversation.worker",
        "from handlers import api",
        "from switchboard.skills.everyday import tools",
    ],
)
def test_the_rule_notices_a_stack_that_looks_inside(tmp_path: Path, text: str) -> None:
    assert stack_violations(written(tmp_path, "stacks/assistant.py", text)) != []
