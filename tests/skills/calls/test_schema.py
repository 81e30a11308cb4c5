"""Schemas are strict, and answers are held to them."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from switchboard.skills.calls.profiles import json_schema
from switchboard.skills.calls.profiles.builtin import STANDARD
from switchboard.skills.calls.profiles.json_schema import faults, misfits, only, resolved

from tests.skills.calls.examples import INTEGER, TEXT, closed

ITEM = closed(task=TEXT, due={"type": ["string", "null"]})
NAMED = {**closed(items={"type": "array", "items": {"$ref": "#/$defs/Item"}}), "$defs": {"Item": ITEM}}


def bomb() -> dict[str, Any]:
    """Each definition holds the next one many times."""
    many = {f"D{n}": closed(**{f"p{m}": {"$ref": f"#/$defs/D{n + 1}"} for m in range(9)}) for n in range(6)}
    return {**closed(a={"$ref": "#/$defs/D0"}), "$defs": {**many, "D6": TEXT}}


@pytest.mark.parametrize(
    ("broken", "told"),
    [
        ([], "must be of an object"),
        ({"type": "array", "items": TEXT}, "must be of an object"),
        (closed(a=object()), "must be JSON"),
        (closed(a={"enum": ["x" * json_schema.MOST_BYTES]}), "longer than"),
        ({"type": "object"}, "needs properties"),
        ({**closed(a=TEXT), "required": []}, "require every property"),
        ({**closed(a=TEXT), "required": "a"}, "require every property"),
        ({**closed(a=TEXT), "additionalProperties": True}, "additionalProperties"),
        (closed(a={"type": "text"}), "a type that does not exist"),
        (closed(a={"type": [[]]}), "a type that does not exist"),
        (closed(a={}), "needs a type"),
        (closed(a={"type": "string", "minLength": 2}), "cannot say minLength"),
        (closed(a={"type": "array"}), "needs items"),
        (closed(a={"anyOf": []}), "list of something"),
        (closed(a="string"), "must be a schema"),
        (closed(a={"$ref": "#/$defs/Gone"}), "refers to nothing"),
        ({**closed(a={"$ref": "#/$defs/A", "type": "string"}), "$defs": {"A": TEXT}}, "beside $ref"),
        ({**closed(a={"$ref": "#/$defs/A"}), "$defs": {"A": closed(a={"$ref": "#/$defs/A"})}}, "in itself"),
        ({**closed(a=TEXT), "$defs": []}, r"\$defs must be an object"),
        (bomb(), "too many parts"),
    ],
)
def test_a_schema_that_no_provider_would_enforce_is_refused(broken: object, told: str) -> None:
    (first, *_rest) = faults(broken)
    assert told.replace("\\", "") in " ".join([first, *_rest])


@pytest.mark.parametrize("good", [closed(a=TEXT), NAMED, STANDARD.schema])
def test_a_strict_schema_is_taken(good: dict[str, Any]) -> None:
    assert faults(good) == []


def test_definitions_are_put_in_their_places() -> None:
    assert resolved(NAMED) == closed(items={"type": "array", "items": ITEM})


def test_a_part_of_a_schema_is_as_strict_as_the_whole() -> None:
    part = only(closed(a=TEXT, b=INTEGER), ["b"])
    assert part == closed(b=INTEGER)
    assert faults(part) == []


CHOICE = closed(
    kind={"type": "string", "enum": ["x", "y"]},
    fixed={"const": 1},
    count=INTEGER,
    share={"type": "number"},
    sure={"type": "boolean"},
    either={"anyOf": [TEXT, {"type": "null"}]},
    many={"type": "array", "items": closed(a=INTEGER)},
)
GOOD = {
    "kind": "x",
    "fixed": 1,
    "count": 2,
    "share": 0.5,
    "sure": True,
    "either": None,
    "many": [{"a": 1}],
}


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"kind": "z"}, 'answer.kind is not one of ["x", "y"]'),
        ({"kind": 1}, "answer.kind is not of type string"),
        ({"fixed": True}, "answer.fixed is not 1"),
        ({"count": 2.5}, "answer.count is not of type integer"),
        ({"count": True}, "answer.count is not of type integer"),
        ({"share": "0.5"}, "answer.share is not of type number"),
        ({"share": float("inf")}, "answer.share is not of type number"),
        ({"sure": 1}, "answer.sure is not of type boolean"),
        ({"either": 3}, "answer.either fits none of the choices"),
        ({"many": {}}, "answer.many is not of type array"),
        ({"many": [{"a": "1"}]}, "answer.many[0].a is not of type integer"),
        ({"many": [{}]}, "answer.many[0].a is missing"),
        ({"more": 1}, "answer has a property that the schema does not know"),
    ],
)
def test_a_value_that_does_not_fit_is_told_why(changed: dict[str, object], told: str) -> None:
    assert told in misfits({**GOOD, **changed}, CHOICE)


@pytest.mark.parametrize("changed", [{}, {"count": 3.0}, {"share": 2}, {"either": "x"}, {"many": []}])
def test_a_value_that_fits_is_taken(changed: dict[str, object]) -> None:
    assert misfits({**GOOD, **changed}, CHOICE) == []


def test_what_does_not_fit_is_told_in_few_words() -> None:
    many = {**GOOD, "many": [{"a": "secret"}] * 100}
    assert len(misfits(many, CHOICE)) == json_schema.FAULTS_TOLD
    assert "secret" not in " ".join(misfits(many, CHOICE))


LEAVES = st.sampled_from([TEXT, INTEGER, {"type": "boolean"}, {"type": ["string", "null"]}])
NAMES = st.text("abc", min_size=1, max_size=3)


def grown(below: st.SearchStrategy[dict[str, Any]]) -> st.SearchStrategy[dict[str, Any]]:
    arrays = below.map(lambda each: {"type": "array", "items": each})
    objects = st.dictionaries(NAMES, below, min_size=1, max_size=3).map(lambda found: closed(**found))
    return arrays | objects


SCHEMAS = st.dictionaries(NAMES, st.recursive(LEAVES, grown, max_leaves=6), min_size=1, max_size=3).map(
    lambda found: closed(**found)
)


def example(node: dict[str, Any]) -> Any:  # noqa: ANN401 - any JSON
    match node["type"]:
        case "object":
            return {name: example(each) for name, each in node["properties"].items()}
        case "array":
            return [example(node["items"])]
        case "string" | ["string", "null"]:
            return "x"
    return 1 if node["type"] == "integer" else True


@given(SCHEMAS)
def test_what_is_made_by_a_schema_fits_it_and_nothing_else_does(made: dict[str, Any]) -> None:
    assert faults(made) == []
    value = example(made)
    assert misfits(value, made) == []
    assert misfits([value], made) != []
    assert misfits({**value, "new": 1}, made) != []
    assert misfits(dict(list(value.items())[1:]), made) != []


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda below: st.lists(below, max_size=3) | st.dictionaries(st.text(max_size=8), below, max_size=4),
    max_leaves=10,
)


@given(JSON)
def test_no_json_breaks_the_checks(value: object) -> None:
    assert isinstance(faults(value), list)
    assert isinstance(faults(closed(a=value)), list)
    assert misfits(value, CHOICE) != []
