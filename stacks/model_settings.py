"""Which models answer, by which provider, and what each can do."""

import json
from dataclasses import asdict, dataclass, field
from typing import Literal

from switchboard.core.model.names import listed, names_of

ProviderKind = Literal["openai", "azure", "bedrock", "compatible"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Models:
    """A provider's own names for the roles."""

    small: str = "gpt-6-luna"
    large: str = "gpt-6.1-terra"
    embedding: str = "text-embedding-3-small"


@dataclass(frozen=True, slots=True, kw_only=True)
class Capabilities:
    tools: bool = True
    strict_tools: bool = True
    reasoning_effort: str | None = "none"
    temperature: float | None = None
    stream_usage: bool = True
    schemas: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Provider:
    kind: ProviderKind
    name: str
    base_url: str | None = None
    region: str | None = None
    models: Models = field(default_factory=Models)
    capabilities: Capabilities = field(default_factory=Capabilities)


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelSettings:
    """The providers in the order they are asked, and how long one may take."""

    providers: tuple[Provider, ...]
    timeout_seconds: int = 60
    first_token_seconds: int = 20

    def to_json(self) -> str:
        return json.dumps(asdict(self), separators=(",", ":"))

    def names_to_json(self) -> str:
        """Of the models that somebody may choose by name."""
        return json.dumps(listed(names_of(self.to_json())))


OPENAI = ModelSettings(providers=(Provider(kind="openai", name="openai"),))
