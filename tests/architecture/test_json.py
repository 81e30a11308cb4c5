"""JSON from outside is read in one way, which makes its texts whole; json.loads is for what we wrote."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.sources import Source, parse, sources

HOME = "switchboard.core.well_formed"
OURS = {
    "switchboard.adapters.cognito": "the claims of a token that the user pool has made",
    "switchboard.adapters.model.api_keys": "the secret",
    "switchboard.adapters.model.settings": "the environment",
    "switchboard.adapters.schedules": "a schedule of ours",
    "switchboard.rest.well_formed": "a body, to look for halves and no more",
    "switchboard.core.model.names": "the environment",
    "switchboard.skills.calls.wiring.personal_data": "what we put into the bucket",
    "switchboard.skills.calls.wiring.deps": "the environment",
    "switchboard.skills.calls.wiring.transcribers": "the environment",
    "switchboard.platform.skills": "the environment",
    "switchboard.platform.spend_limits": "the environment",
    "switchboard.runtime.operator_repairs": "the environment",
    "switchboard.skills.calls.wiring.rest": "the environment",
    "switchboard.skills.calls.api.views": "what we put into the bucket",
    "switchboard.runtime.rest_app": "the environment",
    "switchboard.runtime.toolboxes": "the environment",
    "switchboard.skills.calls.domain.insights": "what we put into the bucket",
    "switchboard.skills.calls.profiles.profile": "a schema that we have kept",
    "switchboard.skills.calls.workflow.analyze": "what we put into the bucket",
    "switchboard.skills.calls.workflow.context": "why a machine of ours failed, compared with what we know",
    "switchboard.skills.calls.domain.transcript": "what we put into the bucket",
}


def loads(source: Source) -> Iterator[str]:
    """Where JSON is read by the standard library or by a client of HTTP."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Attribute) and ast.unparse(node) in {"json.loads", "response.json"}:
            yield f"{source.module}:{node.lineno}"
        if isinstance(node, ast.ImportFrom) and node.module == "json":
            yield f"{source.module}:{node.lineno}"


def readers() -> set[str]:
    return {source.module for source in sources("lambdas") if next(loads(source), "")}


def test_what_comes_from_outside_is_read_in_one_way() -> None:
    assert readers() - {HOME, *OURS} == set()


def test_whatever_is_said_to_read_what_is_ours_does() -> None:
    assert OURS.keys() - readers() == set()


@pytest.mark.parametrize(
    "text", ["import json\n\njson.loads(body)", "from json import loads", "told = response.json()"]
)
def test_another_way_is_noticed(tmp_path: Path, text: str) -> None:
    path = tmp_path / "webhook.py"
    path.write_text(text)
    assert list(loads(parse(path, base=tmp_path))) != []
