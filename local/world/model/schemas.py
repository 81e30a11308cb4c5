"""Answers that fit a schema: what the grammar finds in a call, in the shape that was asked for."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from local.world.model.calls import Sentence, data_of, found_for, sentences, summary
from local.world.model.reply import Reply, say

Schema = Mapping[str, Any]


def answer_of(text: str, schema: Schema) -> Reply | None:
    """None for what is no call: a grammar has nothing to say of anything else."""
    data = data_of(text)
    if data is None:
        return None
    properties = schema.get("properties", {})
    if findings := parts_of(data):
        return written({name: condensed(name, findings) for name in properties})
    said = sentences(data)
    return written({name: value(name, kind, said) for name, kind in properties.items()})


def written(values: Mapping[str, object]) -> Reply:
    return say(json.dumps(values))


def parts_of(data: str) -> Sequence[Mapping[str, Any]]:
    """What was found in the parts of a long call, when it is that which is to be made one."""
    try:
        found = json.loads(data)
    except ValueError:
        return ()
    return found if isinstance(found, list) else ()


def condensed(name: str, findings: Sequence[Mapping[str, Any]]) -> object:
    """The first and the last of texts; of anything else the first."""
    first, last = findings[0].get(name), findings[-1].get(name)
    return f"{first} Later: {last}" if isinstance(first, str) else first


def value(name: str, schema: Schema, said: Sequence[Sentence]) -> object:
    match kind_of(schema):
        case "array":
            return listed(name, schema.get("items", {}), said)
        case "object":
            return {inner: value(inner, each, said) for inner, each in schema.get("properties", {}).items()}
        case "string":
            return bare(schema) if "enum" in schema or "null" in types_of(schema) else summary(said)
    return bare(schema)


def listed(name: str, item: Schema, said: Sequence[Sentence]) -> list[object]:
    found = found_for(name, said)
    if kind_of(item) != "object":
        return [fitting(each["quote"], item) for each in found]
    fields = item.get("properties", {})
    return [{field: fitting(each.get(field), kind) for field, kind in fields.items()} for each in found]


def fitting(known: object, schema: Schema) -> object:
    """What is known if it fits, else what says nothing."""
    if known is None or ("enum" in schema and known not in schema["enum"]):
        return bare(schema)
    fits = {"string": str, "integer": int, "number": int | float, "boolean": bool}.get(kind_of(schema))
    return known if fits and isinstance(known, fits) else bare(schema)


def bare(schema: Schema) -> object:
    if "enum" in schema:
        return schema["enum"][0]
    if "null" in types_of(schema):
        return None
    return {"string": "", "integer": 0, "number": 0, "boolean": False, "array": [], "object": {}}.get(
        kind_of(schema)
    )


def kind_of(schema: Schema) -> str:
    return next((each for each in types_of(schema) if each != "null"), "null")


def types_of(schema: Schema) -> Sequence[str]:
    found = schema.get("type", "null")
    return found if isinstance(found, list) else [str(found)]
