"""JSON from outside is read in one way, which makes its texts whole; json.loads is for what we wrote."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.sources import Source, parse, sources

HOME = "switchboard.core.well_formed"
OURS = {
    "switchboard.adapters.cognito": "the claims of a token that the user pool has made",
    "switchboard.adapters.model.key": "the secret",
    "switchboard.adapters.model.settings": "the environment",
    "switchboard.adapters.wakeups": "a schedule of ours",
    "switchboard.api.well_formed": "a body, to look for halves and no more",
    "switchboard.core.model_names": "the environment",
    "switchboard.runtime.call_files": "what we put into the bucket",
    "switchboard.runtime.calls": "the environment",
    "switchboard.runtime.calls_transcriber": "the environment",
    "switchboard.runtime.limits": "the environment",
    "switchboard.runtime.operating": "the environment",
    "switchboard.runtime.own_data_errands": "the environment",
    "switchboard.runtime.rest_call_desks": "the environment",
    "switchboard.runtime.rest_call_views": "what we put into the bucket",
    "switchboard.runtime.serving": "the environment",
    "switchboard.runtime.skills": "the environment",
    "switchboard.skills.calls.insights": "what we put into the bucket",
    "switchboard.skills.calls.profiles": "a schema that we have kept",
    "switchboard.skills.calls.reading": "what we put into the bucket",
    "switchboard.skills.calls.steps": "why a machine of ours failed, compared with what we know",
    "switchboard.skills.calls.transcript": "what we put into the bucket",
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
