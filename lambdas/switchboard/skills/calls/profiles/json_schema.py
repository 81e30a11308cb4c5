"""JSON schemas in the strict subset that providers enforce: is one valid, and does a value fit it."""

import json
import math
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, Final

Schema = Mapping[str, Any]

MOST_BYTES: Final = 30_000
DEEPEST: Final = 8
MOST_NODES: Final = 2_000
FAULTS_TOLD: Final = 5
_KEYWORDS: Final = frozenset({"type", "description", "enum", "const", "anyOf", "items", "$ref", "title"})
_OF_OBJECTS: Final = frozenset({"properties", "required", "additionalProperties"})
_TYPES: Final = frozenset({"object", "array", "string", "number", "integer", "boolean", "null"})
_KINDS: Final = {"object": dict, "array": list, "string": str, "boolean": bool, "null": type(None)}
_LOCAL: Final = "#/$defs/"


def faults(schema: object) -> list[str]:
    """What keeps a schema from being used, a few at most: strict, an object, not recursive, not huge."""
    if not isinstance(schema, Mapping) or schema.get("type") != "object":
        return ["the schema must be of an object"]
    try:
        size = len(json.dumps(schema, allow_nan=False))
    except (TypeError, ValueError, RecursionError):
        return ["the schema must be JSON"]
    if size > MOST_BYTES:
        return [f"the schema must not be longer than {MOST_BYTES} characters"]
    definitions = schema.get("$defs", {})
    if not isinstance(definitions, Mapping):
        return ["$defs must be an object"]
    root = {key: value for key, value in schema.items() if key != "$defs"}
    seen = list(islice(_faults(root, "schema", definitions, DEEPEST), MOST_NODES))
    if len(seen) == MOST_NODES:
        return ["the schema has too many parts"]
    return [fault for fault in seen if fault][:FAULTS_TOLD]


def resolved(schema: Schema) -> dict[str, Any]:
    """The same schema, with what `$defs` names put in its places."""
    definitions = schema.get("$defs", {})
    return {key: _resolved(value, definitions) for key, value in schema.items() if key != "$defs"}


def only(schema: Schema, names: Sequence[str]) -> dict[str, Any]:
    """A schema of an object with some of the properties; `schema` is resolved."""
    properties = {name: each for name, each in schema["properties"].items() if name in names}
    return {**schema, "properties": properties, "required": list(properties), "additionalProperties": False}


def misfits(value: object, schema: Schema) -> list[str]:
    """Where a value does not fit a resolved schema, a few at most, in terms of the schema alone."""
    return list(islice(_misfits(value, schema, "answer"), FAULTS_TOLD))


def _faults(node: object, at: str, definitions: Schema, depth: int) -> Iterator[str]:
    """What is wrong with each part, and "" for having been there, so that a visit can be bounded."""
    yield ""
    if not isinstance(node, Mapping):
        yield f"{at} must be a schema"
    elif depth < 0:
        yield f"{at} is nested too deeply, or in itself"
    elif "$ref" in node:
        yield from _reference_faults(node, at, definitions, depth)
    else:
        unknown = sorted(map(str, node.keys() - _KEYWORDS - _OF_OBJECTS))
        yield from (f"{at} cannot say {key}" for key in unknown)
        yield from _type_faults(node, at)
        yield from _object_faults(node, at)
        yield from _choice_faults(node, at)
        for name, below in _below(node):
            yield from _faults(below, f"{at}.{name}", definitions, depth - 1)


def _reference_faults(node: Schema, at: str, definitions: Schema, depth: int) -> Iterator[str]:
    name = str(node["$ref"]).removeprefix(_LOCAL)
    if len(node) > 1:
        yield f"{at} has something beside $ref"
    elif name not in definitions:
        yield f"{at} refers to nothing in $defs"
    else:
        yield from _faults(definitions[name], at, definitions, depth - 1)


def _type_faults(node: Schema, at: str) -> Iterator[str]:
    names = _types(node)
    if not names and not node.keys() & {"anyOf", "enum", "const"}:
        yield f"{at} needs a type"
    if not all(isinstance(name, str) and name in _TYPES for name in names):
        yield f"{at} has a type that does not exist"
    if "array" in names and "items" not in node:
        yield f"{at} needs items"


def _object_faults(node: Schema, at: str) -> Iterator[str]:
    if "object" not in _types(node):
        return
    properties = node.get("properties")
    if not isinstance(properties, Mapping) or not properties:
        yield f"{at} needs properties"
        return
    required = node.get("required")
    if not isinstance(required, list) or sorted(map(str, required)) != sorted(properties):
        yield f"{at} must require every property"
    if node.get("additionalProperties") is not False:
        yield f"{at} must set additionalProperties to false"


def _choice_faults(node: Schema, at: str) -> Iterator[str]:
    for key in ("enum", "anyOf"):
        if key in node and not (isinstance(node[key], list) and node[key]):
            yield f"{at}.{key} must be a list of something"


def _below(node: Schema) -> Iterator[tuple[str, object]]:
    properties, choices = node.get("properties"), node.get("anyOf")
    if isinstance(properties, Mapping):
        yield from ((str(name), below) for name, below in properties.items())
    if isinstance(choices, list):
        yield from ((f"anyOf[{number}]", below) for number, below in enumerate(choices))
    if "items" in node:
        yield "items", node["items"]


def _types(node: Schema) -> Sequence[Any]:
    named = node.get("type", [])
    return named if isinstance(named, list) else [named]


def _resolved(node: Any, definitions: Schema) -> Any:  # noqa: ANN401 - any part of a schema
    if isinstance(node, list):
        return [_resolved(each, definitions) for each in node]
    if not isinstance(node, Mapping):
        return node
    if isinstance(node.get("$ref"), str):
        return _resolved(definitions[node["$ref"].removeprefix(_LOCAL)], definitions)
    return {key: _resolved(each, definitions) for key, each in node.items()}


def _misfits(value: object, schema: Schema, at: str) -> Iterator[str]:
    if "anyOf" in schema and not any(_fits(value, each) for each in schema["anyOf"]):
        yield f"{at} fits none of the choices"
    if "enum" in schema and not any(_same(value, each) for each in schema["enum"]):
        yield f"{at} is not one of {json.dumps(schema['enum'], ensure_ascii=False)}"
    if "const" in schema and not _same(value, schema["const"]):
        yield f"{at} is not {json.dumps(schema['const'], ensure_ascii=False)}"
    names = _types(schema)
    if names and not any(_is(value, name) for name in names):
        yield f"{at} is not of type {' or '.join(names)}"
    elif isinstance(value, dict) and "properties" in schema:
        yield from _misfits_of_object(value, schema, at)
    elif isinstance(value, list) and "items" in schema:
        for number, each in enumerate(value):
            yield from _misfits(each, schema["items"], f"{at}[{number}]")


def _misfits_of_object(value: Mapping[str, Any], schema: Schema, at: str) -> Iterator[str]:
    properties = schema["properties"]
    yield from (f"{at}.{name} is missing" for name in properties if name not in value)
    if value.keys() - properties.keys():
        yield f"{at} has a property that the schema does not know"
    for name, below in properties.items():
        if name in value:
            yield from _misfits(value[name], below, f"{at}.{name}")


def _fits(value: object, schema: Schema) -> bool:
    return next(_misfits(value, schema, ""), None) is None


def _same(value: object, wanted: object) -> bool:
    return value == wanted and isinstance(value, bool) == isinstance(wanted, bool)


def _is(value: object, name: str) -> bool:
    if name in _KINDS:
        return isinstance(value, _KINDS[name])
    if isinstance(value, float):
        return math.isfinite(value) and (name == "number" or value.is_integer())
    return isinstance(value, int) and not isinstance(value, bool)
