"""Checks requests against botocore's own model of the operation, more strictly than its client does."""

import re
from collections.abc import Iterator, Mapping
from functools import cache

import botocore.session
from botocore.model import (
    ListShape,
    MapShape,
    OperationModel,
    ServiceModel,
    Shape,
    StringShape,
    StructureShape,
)

from local.world.carrier.errors import CarrierError, FieldFault, invalid

TYPES: Mapping[str, type | tuple[type, ...]] = {
    "structure": dict,
    "map": dict,
    "list": list,
    "string": str,
    "boolean": bool,
    "integer": int,
}


@cache
def service_model() -> ServiceModel:
    return botocore.session.Session().get_service_model("pinpoint-sms-voice-v2")


def operation(name: str) -> OperationModel:
    if name not in service_model().operation_names:
        raise CarrierError("UnknownOperationException", f"There is no operation {name!r}.")
    return service_model().operation_model(name)


def require_valid(name: str, request: object) -> Mapping[str, object]:
    """Raises a ValidationException that names every field at fault."""
    shape = operation(name).input_shape
    if shape is None or not isinstance(request, dict):
        raise CarrierError("SerializationException", "The request is not a JSON object.")
    if faults := list(faults_of(shape, request, "")):
        told = "; ".join(f"{fault.name}: {fault.message}" for fault in faults)
        reason = "MISSING_PARAMETER" if faults[0].message == "is required" else "FIELD_VALIDATION_FAILED"
        raise invalid(reason, told, *faults)
    return request


def faults_of(shape: Shape, value: object, path: str) -> Iterator[FieldFault]:
    expected = TYPES[shape.type_name]
    if not isinstance(value, expected) or (isinstance(value, bool) and shape.type_name != "boolean"):
        yield FieldFault(path, f"must be a {shape.type_name}")
        return
    yield from bound_faults(shape, value, path)
    if isinstance(shape, StructureShape) and isinstance(value, dict):
        yield from structure_faults(shape, value, path)
    elif isinstance(shape, ListShape) and isinstance(value, list):
        for index, item in enumerate(value):
            yield from faults_of(shape.member, item, f"{path}[{index}]")
    elif isinstance(shape, MapShape) and isinstance(value, dict):
        for key, item in value.items():
            yield from faults_of(shape.key, key, f"{path} key")
            yield from faults_of(shape.value, item, f"{path}.{key}")


def structure_faults(shape: StructureShape, value: Mapping[str, object], path: str) -> Iterator[FieldFault]:
    prefix = f"{path}." if path else ""
    for name in shape.required_members:
        if name not in value:
            yield FieldFault(f"{prefix}{name}", "is required")
    for name, member in value.items():
        if name not in shape.members:
            yield FieldFault(f"{prefix}{name}", "is not a parameter of this operation")
        elif member is not None:
            yield from faults_of(shape.members[name], member, f"{prefix}{name}")


def bound_faults(shape: Shape, value: object, path: str) -> Iterator[FieldFault]:
    size = value if isinstance(value, int) else len(value) if isinstance(value, str | list | dict) else 0
    least, most = shape.metadata.get("min"), shape.metadata.get("max")
    if least is not None and size < least:
        yield FieldFault(path, f"must be at least {least}, is {size}")
    if most is not None and size > most:
        yield FieldFault(path, f"must be at most {most}, is {size}")
    if isinstance(shape, StringShape) and isinstance(value, str):
        yield from text_faults(shape, value, path)


def text_faults(shape: StringShape, value: str, path: str) -> Iterator[FieldFault]:
    if shape.enum and value not in shape.enum:
        yield FieldFault(path, f"must be one of {', '.join(shape.enum)}")
    pattern = shape.metadata.get("pattern")
    if pattern and not re.fullmatch(pattern, value):
        yield FieldFault(path, f"must match {pattern}")
