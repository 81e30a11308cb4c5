"""A function becomes a tool whose schema every provider's strict mode takes."""

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Literal

import pytest
from pydantic import BaseModel, Field
from switchboard.core.errors import UserFacing
from switchboard.core.people.address import PersonId
from switchboard.core.skills.spec import Effect, SkillDeps, Tool, ToolContext, never
from switchboard.skills import SKILLS
from switchboard.skills.tool import strict_schema, tool

from tests.examples import ADAS_PHONE

CONTEXT = ToolContext(
    turn="1",
    person=PersonId("p"),
    address=ADAS_PHONE,
    now=datetime(2026, 11, 21, 14, 5, tzinfo=UTC),
    earlier=(),
)
KEYWORDS = {"type", "description", "enum", "const", "anyOf", "items", "$ref", "$defs"}
OF_OBJECTS = {"properties", "required", "additionalProperties"}


def nodes(schema: Mapping[str, object]) -> Iterator[Mapping[str, object]]:
    """Every schema within a schema, itself included."""
    yield schema
    named = [schema.get("properties", {}), schema.get("$defs", {})]
    below = [each for group in named if isinstance(group, Mapping) for each in group.values()]
    alternatives = schema.get("anyOf", [])
    below += alternatives if isinstance(alternatives, list) else []
    below += [schema["items"]] if "items" in schema else []
    for each in below:
        assert isinstance(each, Mapping)
        yield from nodes(each)


def faults_in_strict_mode(schema: Mapping[str, object]) -> list[str]:
    """What a provider's strict mode would refuse of a tool's parameters."""
    faults = [] if schema.get("type") == "object" else ["the root is no object"]
    definitions = schema.get("$defs", {})
    assert isinstance(definitions, Mapping)
    for node in nodes(schema):
        faults += [f"{key} is not taken" for key in node if key not in KEYWORDS | OF_OBJECTS]
        if node.get("type") == "object":
            faults += [] if node.get("additionalProperties") is False else ["an object is open"]
            names = list(node.get("properties", {}))  # type: ignore[call-overload]
            faults += [] if node.get("required") == names else ["a property is not required"]
        reference = node.get("$ref")
        if reference is not None:
            faults += [] if len(node) == 1 else ["a reference has neighbours"]
            faults += [] if str(reference).removeprefix("#/$defs/") in definitions else ["a loose reference"]
    return faults


class Size(StrEnum):
    SMALL = "small"
    LARGE = "large"


class Part(BaseModel):
    """One thing of an order."""

    title: str = Field(description="What it is", min_length=1, max_length=20, pattern="^[a-z]+$")
    size: Size = Field(description="How big")
    due: date | None = None
    format: Literal["paper", "card"] = "paper"


class Order(BaseModel):
    parts: list[Part] = Field(min_length=1, max_length=5)
    main: Part = Field(description="The one that matters")
    count: int = Field(ge=1, le=9)
    note: str | None


READING = tool(Effect.READS, quotes=never)


@READING
def order(args: Order, context: ToolContext) -> str:
    """Order things.

    Only when asked.
    """
    return f"{args.count} for {context.person}"


GOOD = {
    "parts": [{"title": "pen", "size": "small", "due": None, "format": "card"}],
    "main": {"title": "pen", "size": "large", "due": "2026-11-21", "format": "card"},
    "count": 2,
    "note": None,
}


def all_tools() -> list[Tool]:
    return [order, *(each for skill in SKILLS.values() for each in skill.load(SkillDeps()).tools)]


@pytest.mark.parametrize("each", all_tools(), ids=lambda each: each.schema.name)
def test_every_schema_is_valid_in_strict_mode(each: Tool) -> None:
    assert faults_in_strict_mode(each.schema.parameters) == []


def test_every_tool_has_a_name_of_its_own_that_providers_take() -> None:
    names = [each.schema.name for each in all_tools()]
    assert len(set(names)) == len(names)
    assert all(name.replace("_", "").isalnum() and len(name) <= 64 for name in names)


def test_the_checker_itself_refuses_what_pydantic_makes() -> None:
    assert set(faults_in_strict_mode(Order.model_json_schema())) == {
        "title is not taken",
        "default is not taken",
        "format is not taken",
        "minLength is not taken",
        "maxLength is not taken",
        "pattern is not taken",
        "minItems is not taken",
        "maxItems is not taken",
        "minimum is not taken",
        "maximum is not taken",
        "an object is open",
        "a property is not required",
        "a reference has neighbours",
    }


def test_a_property_may_be_called_like_a_keyword() -> None:
    definitions = strict_schema(Order)["$defs"]
    assert isinstance(definitions, dict)
    assert list(definitions["Part"]["properties"]) == ["title", "size", "due", "format"]


def test_name_and_docstring_tell_the_model_what_the_tool_is_for() -> None:
    assert (order.schema.name, order.schema.description) == ("order", "Order things. Only when asked.")


def test_good_arguments_reach_the_function_with_the_context() -> None:
    assert order.run(json.dumps(GOOD), CONTEXT) == "2 for p"


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ("", "parts: Field required"),
        ("{", "Invalid JSON"),
        ("[]", "Input should be an object"),
        (json.dumps({**GOOD, "count": 10}), "count: Input should be less than or equal to 9"),
        (json.dumps({**GOOD, "parts": [{**GOOD["main"], "size": "huge"}]}), "parts.0.size: "),  # type: ignore[dict-item]
    ],
)
def test_bad_arguments_are_explained_to_the_model_in_a_sentence(arguments: str, told: str) -> None:
    with pytest.raises(UserFacing) as refusal:
        order.run(arguments, CONTEXT)
    message = str(refusal.value)
    assert message.startswith("order was not run: ")
    assert told in message
    assert "\n" not in message
    assert len(message) < 300


def test_a_tool_without_a_docstring_is_refused() -> None:
    def silent(args: Order, context: ToolContext) -> str:
        return ""

    with pytest.raises(TypeError, match="silent needs a docstring"):
        READING(silent)


def test_a_tool_that_takes_no_model_is_refused() -> None:
    def loose(args: str, context: ToolContext) -> str:
        """Do something."""
        return args

    with pytest.raises(TypeError, match="loose must take a pydantic model first"):
        READING(loose)  # type: ignore[type-var]


class Loose(BaseModel):
    anything: dict[str, int]


class Shape(BaseModel):
    kind: Literal["shape"]


class Line(BaseModel):
    kind: Literal["line"]


class Either(BaseModel):
    which: Shape | Line = Field(discriminator="kind")


@pytest.mark.parametrize("takes", [Loose, Either])
def test_what_a_strict_schema_cannot_say_is_refused_when_the_tool_is_made(takes: type[BaseModel]) -> None:
    with pytest.raises(TypeError, match="a strict schema cannot say"):
        strict_schema(takes)
