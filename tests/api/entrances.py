"""Every entrance by which somebody says something, and what it takes: requests, tools, commands."""

from collections.abc import Iterator, Mapping
from typing import Any, cast

from switchboard.api.openapi import described
from switchboard.core.linking.commands import house as link_commands
from switchboard.core.personal_data.erasure_requests import forget_command
from switchboard.core.personal_data.export_requests import export_command
from switchboard.core.skills.spec import Command, SkillDeps, Toolbox
from switchboard.core.spend.usage_texts import usage_command
from switchboard.skills import SKILLS
from switchboard.skills.tool import TypedTool

from tests.fakes.desk import AMPLE
from tests.fakes.records import FakeRecords
from tests.skills.calls.fakes import FakeBlobs

Limits = Mapping[str, Any]
Node = Mapping[str, Any]
SAID = (
    *("type", "enum", "const", "pattern", "minLength", "maxLength", "minItems", "maxItems", "maxProperties"),
    *("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"),
)
NOBODY = cast("Any", None)
"""A command's limits are known without what it works on."""


def requests() -> dict[str, Limits]:
    """By route and name: `POST /tasks sentence`. What is in a list ends in `[]`, behind any name in `{}`."""
    document = described(SKILLS)
    found: dict[str, Limits] = {}
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            at = f"{method.upper()} {path}"
            for given in operation.get("parameters", ()):
                found |= limits(given["schema"], f"{at} {given['name']}", document)
            body = operation.get("requestBody")
            if body:
                found |= limits(body["content"]["application/json"]["schema"], at, document)
    return found


def tools() -> dict[str, Limits]:
    """By tool and argument: `add_task sentence`."""
    found: dict[str, Limits] = {}
    for box in _boxes():
        for tool in box.tools:
            assert isinstance(tool, TypedTool)
            schema = tool.takes.model_json_schema()
            found |= limits(schema, tool.schema.name, schema)
    return found


def commands() -> dict[str, Limits]:
    """By word: `/add`."""
    house: dict[str, Command] = {
        **link_commands(NOBODY, NOBODY),
        "usage": usage_command(AMPLE, NOBODY),
        "export": export_command(NOBODY, NOBODY),
        "forget": forget_command(NOBODY, NOBODY),
    }
    known = [*house.items(), *(each for box in _boxes() for each in box.commands.items())]
    return {f"/{word}": {"type": "string", "maxLength": command.longest} for word, command in known}


def limits(node: Node, at: str, document: Node) -> dict[str, Limits]:
    """What each value in a schema may be, but for null, which says nothing."""
    node = _resolved(node, document)
    if "anyOf" in node:
        named = [each for each in node["anyOf"] if each.get("type") != "null"]
        return dict(pair for each in named for pair in limits(each, at, document).items())
    if "properties" in node:
        below = [(f"{at} {name}", each) for name, each in node["properties"].items()]
        return dict(pair for name, each in below for pair in limits(each, name, document).items())
    found: dict[str, Limits] = {at: {key: node[key] for key in SAID if key in node}}
    for suffix, each in _inside(node):
        found |= limits(each, f"{at} {suffix}", document)
    return found


def _inside(node: Node) -> Iterator[tuple[str, Node]]:
    if node.get("type") == "array":
        yield "[]", node["items"]
    if isinstance(node.get("additionalProperties"), dict):
        yield "{}", node["additionalProperties"]
    if isinstance(node.get("propertyNames"), dict):
        yield "{name}", {"type": "string", **node["propertyNames"]}


def _resolved(node: Node, document: Node) -> Node:
    while "$ref" in node:
        found: Any = document
        for part in node["$ref"].removeprefix("#/").split("/"):
            found = found[part]
        node = found
    return node


def _boxes() -> list[Toolbox]:
    means = SkillDeps(records=FakeRecords(), blobs=FakeBlobs())
    return [spec.load(means) for spec in SKILLS.values()]
