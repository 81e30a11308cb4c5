"""Which providers to ask, in which order and how long to wait: one JSON text, written by the stacks."""

import json
import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Final, Literal, TypeVar, cast, get_args
from urllib.parse import urlsplit

from switchboard.core.model.types import Role

Kind = Literal["openai", "azure", "bedrock", "compatible"]

_LONGEST_SECONDS: Final = 900.0
_Value = TypeVar("_Value")


class BadSettings(ValueError):
    """Says which setting is wrong, and what would be right."""


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What a provider's models take; `reasoning_effort` and `temperature` are sent only when given.

    `schemas`: do they write JSON by a schema; otherwise they are asked for it in words.
    """

    tools: bool = True
    strict_tools: bool = True
    stream_usage: bool = True
    schemas: bool = True
    reasoning_effort: str | None = None
    temperature: float | None = None


@dataclass(frozen=True, slots=True)
class Models:
    """The provider's model names by role; without `embedding` it is not asked for vectors."""

    small: str
    large: str
    embedding: str | None = None

    def of(self, role: Role) -> str | None:
        return cast("str | None", getattr(self, role.value))


@dataclass(frozen=True, slots=True)
class Provider:
    """`base_url` is for azure and compatible, `region` for bedrock (role credentials, no key)."""

    kind: Kind
    name: str
    models: Models
    base_url: str | None = None
    region: str | None = None
    capabilities: Capabilities = Capabilities()


@dataclass(frozen=True, slots=True)
class ModelSettings:
    """The providers in the order they are asked; seconds for a whole answer and for its first token."""

    providers: tuple[Provider, ...]
    timeout_seconds: float = 60.0
    first_token_seconds: float = 20.0


def to_json(settings: ModelSettings) -> str:
    return json.dumps(asdict(settings))


def from_json(text: str) -> ModelSettings:
    """Errors: BadSettings."""
    try:
        value = json.loads(text)
    except ValueError:
        raise BadSettings("the model settings are not JSON") from None
    fields = _Fields(value, "model", {"providers", "timeout_seconds", "first_token_seconds"})
    first = fields.seconds("first_token_seconds", default=20.0)
    whole = fields.seconds("timeout_seconds", default=60.0)
    if first > whole:
        raise BadSettings("model.first_token_seconds must not exceed model.timeout_seconds")
    return ModelSettings(_providers(fields.take("providers", list)), whole, first)


class _Fields:
    """An object of the settings, read by name and type; `at` is where it stands."""

    def __init__(self, value: object, at: str, known: set[str]) -> None:
        if not isinstance(value, dict):
            raise BadSettings(f"{at} must be an object")
        unknown = sorted(set(value) - known)
        if unknown:
            raise BadSettings(f"{at} has no setting {unknown[0]!r}; there are {', '.join(sorted(known))}")
        self._value: Mapping[str, object] = value
        self._at = at

    def take(self, key: str, kind: type[_Value]) -> _Value:
        value = self._value.get(key)
        if not isinstance(value, kind):
            raise BadSettings(f"{self._at}.{key} must be given, as {kind.__name__}")
        return value

    def text(self, key: str) -> str:
        value = self.take(key, str)
        if not value:
            raise BadSettings(f"{self._at}.{key} must not be empty")
        return value

    def maybe(self, key: str) -> str | None:
        return None if self._value.get(key) is None else self.text(key)

    def flag(self, key: str) -> bool:
        return self.take(key, bool) if key in self._value else True

    def number(self, key: str) -> float | None:
        value = self._value.get(key)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
            raise BadSettings(f"{self._at}.{key} must be a number")
        return float(value)

    def seconds(self, key: str, *, default: float) -> float:
        value = self.number(key)
        if value is None:
            return default
        if not 0 < value <= _LONGEST_SECONDS:
            raise BadSettings(f"{self._at}.{key} must be over 0 and at most {_LONGEST_SECONDS:g} seconds")
        return value

    def at(self, key: str) -> str:
        return f"{self._at}.{key}"

    def get(self, key: str) -> object:
        return self._value.get(key)


def _providers(values: list[object]) -> tuple[Provider, ...]:
    providers = tuple(_provider(value, f"model.providers[{n}]") for n, value in enumerate(values))
    if not providers:
        raise BadSettings("model.providers must name at least one provider")
    if len({provider.name for provider in providers}) < len(providers):
        raise BadSettings("model.providers must have a name each of its own")
    return providers


def _provider(value: object, at: str) -> Provider:
    fields = _Fields(value, at, {"kind", "name", "models", "base_url", "region", "capabilities"})
    kind = fields.text("kind")
    if kind not in get_args(Kind):
        raise BadSettings(f"{at}.kind must be one of {', '.join(get_args(Kind))}")
    provider = Provider(
        kind=cast("Kind", kind),
        name=fields.text("name"),
        models=_models(fields),
        base_url=fields.maybe("base_url"),
        region=fields.maybe("region"),
        capabilities=_capabilities(fields.get("capabilities"), fields.at("capabilities")),
    )
    _check_place(provider, at)
    return provider


def _check_place(provider: Provider, at: str) -> None:
    needs_url = provider.kind in ("azure", "compatible")
    needs_region = provider.kind == "bedrock"
    if needs_url != (provider.base_url is not None):
        raise BadSettings(f"{at}.base_url is for azure and compatible, and they need it")
    if needs_region != (provider.region is not None):
        raise BadSettings(f"{at}.region is for bedrock, and it needs it")
    url = urlsplit(provider.base_url or "https://provider")
    secure = url.scheme == "https" or (url.scheme == "http" and provider.kind == "compatible")
    if not (secure and url.hostname):
        raise BadSettings(f"{at}.base_url must be an https address (http only for compatible)")


def _models(provider: _Fields) -> Models:
    fields = _Fields(provider.get("models"), provider.at("models"), {"small", "large", "embedding"})
    return Models(fields.text("small"), fields.text("large"), fields.maybe("embedding"))


def _capabilities(value: object, at: str) -> Capabilities:
    known = {"tools", "strict_tools", "stream_usage", "schemas", "reasoning_effort", "temperature"}
    fields = _Fields({} if value is None else value, at, known)
    return Capabilities(
        tools=fields.flag("tools"),
        strict_tools=fields.flag("strict_tools"),
        stream_usage=fields.flag("stream_usage"),
        schemas=fields.flag("schemas"),
        reasoning_effort=fields.maybe("reasoning_effort"),
        temperature=fields.number("temperature"),
    )
