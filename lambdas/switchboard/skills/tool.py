"""Tools as typed functions: the signature gives the schema, the docstring tells the model what it is for."""

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final, Generic, Protocol, TypeVar, cast, get_type_hints

from pydantic import BaseModel, ValidationError

from switchboard.core.errors import UserFacing
from switchboard.core.model.types import ToolSchema
from switchboard.core.skills.spec import Effect, Quotes, ToolContext

Arguments = TypeVar("Arguments", bound=BaseModel)
Function = Callable[[Arguments, ToolContext], str]

_STRUCTURE: Final = frozenset({"type", "enum", "const", "description"})
_CHECKED_HERE: Final = frozenset(
    {"title", "default", "examples", "format", "pattern", "minLength", "maxLength", "uniqueItems"}
    | {"minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "minItems", "maxItems"}
)
_FAULTS_TOLD: Final = 3


@dataclass(frozen=True, slots=True)
class TypedTool(Generic[Arguments]):
    """A core.skill.Tool made of a function."""

    schema: ToolSchema
    takes: type[Arguments]
    function: Callable[[Arguments, ToolContext], str]
    effect: Effect
    quotes: Quotes

    def run(self, arguments: str, context: ToolContext) -> str:
        """Errors: UserFacing, when the arguments are not what the schema asks for."""
        try:
            parsed = self.takes.model_validate_json(arguments or "{}")
        except ValidationError as error:
            raise UserFacing(f"{self.schema.name} was not run: {_faults(error)}.") from None
        return self.function(parsed, context)


class _Make(Protocol):
    def __call__(self, function: Function[Arguments], /) -> TypedTool[Arguments]: ...


def tool(effect: Effect, *, quotes: Quotes) -> _Make:
    """Make a tool of a function `(arguments: a pydantic model, context) -> text for the model`.

    Each says what it does and whether somebody else's words are in what it returns.
    """

    def make(function: Function[Arguments], /) -> TypedTool[Arguments]:
        return _made(function, effect, quotes)

    return make


def _made(function: Function[Arguments], effect: Effect, quotes: Quotes) -> TypedTool[Arguments]:
    takes = _model_of(function)
    description = " ".join((inspect.getdoc(function) or "").split())
    if not description:
        raise TypeError(f"{function.__name__} needs a docstring: it is what the model reads")
    schema = ToolSchema(function.__name__, description, strict_schema(takes))
    return TypedTool(schema, takes, function, effect, quotes)


def _model_of(function: Callable[[Arguments, ToolContext], str]) -> type[Arguments]:
    first, *_ = get_type_hints(function).values()
    if not (isinstance(first, type) and issubclass(first, BaseModel)):
        raise TypeError(f"{function.__name__} must take a pydantic model first")
    return cast("type[Arguments]", first)


def _faults(error: ValidationError) -> str:
    faults = error.errors(include_url=False, include_context=False, include_input=False)[:_FAULTS_TOLD]
    return "; ".join(": ".join(filter(None, (_where(fault["loc"]), fault["msg"]))) for fault in faults)


def _where(location: tuple[int | str, ...]) -> str:
    return ".".join(map(str, location))


def strict_schema(takes: type[BaseModel]) -> Mapping[str, object]:
    """The model's JSON schema in the subset that every provider's strict mode takes.

    Every property is required and no other is allowed. Bounds and formats are left to pydantic, which
    checks them when the tool is called. Errors: TypeError for what the subset cannot say.
    """
    schema = takes.model_json_schema()
    definitions = schema.pop("$defs", {})
    strict = _strict(schema)
    if definitions:
        strict["$defs"] = {name: _strict(each) for name, each in definitions.items()}
    return strict


def _strict(node: Mapping[str, object]) -> dict[str, object]:
    if "$ref" in node:
        return {"$ref": node["$ref"]}  # strict mode takes no neighbours beside a reference
    strict: dict[str, object] = {}
    for key, value in node.items():
        if key in _STRUCTURE:
            strict[key] = value
        elif key == "items" and isinstance(value, Mapping):
            strict[key] = _strict(value)
        elif key == "anyOf" and isinstance(value, list):
            strict[key] = [_strict(each) for each in value]
        elif key not in _CHECKED_HERE | {"properties", "required"}:
            raise TypeError(f"a strict schema cannot say {key}")
    return strict | _closed(node) if node.get("type") == "object" else strict


def _closed(node: Mapping[str, object]) -> dict[str, object]:
    properties = node.get("properties", {})
    if not isinstance(properties, Mapping):
        raise TypeError("an object needs named properties")
    return {
        "properties": {name: _strict(each) for name, each in properties.items()},
        "required": list(properties),
        "additionalProperties": False,
    }
