"""A channel or a skill is one folder in each tree and one entry in the registry of its family."""

from pathlib import Path

import pytest

from tests.architecture.rules_of_members import is_shared, names_a_member
from tests.architecture.sources import parse, sources

SHARED = [source for source in sources("lambdas", "stacks", "operate", "app.py") if is_shared(source)]
THE_PAGE = "stacks.bundling.site"
"""It builds the page, whose folder is `web`."""


def test_shared_code_names_no_channel_and_no_skill() -> None:
    assert len(SHARED) > 200
    assert [each for source in SHARED if source.module != THE_PAGE for each in names_a_member(source)] == []


@pytest.mark.parametrize(
    "text",
    [
        "from switchboard.channels.sms.encoding import measure",
        "def later():\n    import switchboard.skills.calls.limits",
        'if channel == "sms":\n    pass',
        'stores = {"calls": 1}',
        'name = "switchboard.skills.tasks.api.routes"',
        'where = "skills/tasks"',
        'told = "Sent by SMS."',
        "sms_sent = 1",
        "class SmsReport:\n    pass",
    ],
)
def test_the_rule_notices(tmp_path: Path, text: str) -> None:
    path = tmp_path / "shared.py"
    path.write_text(text)
    assert names_a_member(parse(path, base=tmp_path))


@pytest.mark.parametrize(
    "text",
    [
        '"""Sent by SMS, asked on the web."""',
        "calls = [each for each in tool_calls]",
        'told = "It calls the operator."',
        "from aws_cdk import aws_stepfunctions_tasks as tasks",
    ],
)
def test_it_lets_english_and_descriptions_be(tmp_path: Path, text: str) -> None:
    path = tmp_path / "shared.py"
    path.write_text(text)
    assert names_a_member(parse(path, base=tmp_path)) == []


@pytest.mark.parametrize(
    ("module", "shared"),
    [
        ("switchboard/channels/sms/inbound.py", False),
        ("stacks/skills/calls/stack.py", False),
        ("operate/skills/calls.py", False),
        ("switchboard/channels/__init__.py", False),
        ("switchboard/core/channels/spec.py", True),
        ("stacks/skills/stack.py", True),
    ],
)
def test_a_members_own_folders_are_its_own(tmp_path: Path, module: str, shared: bool) -> None:  # noqa: FBT001 - a table
    path = tmp_path / module
    path.parent.mkdir(parents=True)
    path.write_text("")
    assert is_shared(parse(path, base=tmp_path)) is shared
