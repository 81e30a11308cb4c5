"""Which model answers: the world's fixed grammar, or a real one that the environment names."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

OPENAI = "https://api.openai.com"


@dataclass(frozen=True, slots=True)
class RealModel:
    """`context` is what the stacks are told; the key goes into the secret and nowhere else."""

    context: Mapping[str, str]
    key: str | None = field(repr=False)

    @property
    def base_url(self) -> str:
        return self.context["model_base_url"]


def real_model(environment: Mapping[str, str]) -> RealModel | None:
    """From MODEL_BASE_URL, MODEL_SMALL, MODEL_LARGE, MODEL_EMBEDDING and OPENAI_API_KEY."""
    key = environment.get("OPENAI_API_KEY")
    base = environment.get("MODEL_BASE_URL") or (OPENAI if key else "")
    if not base:
        return None
    names = ("model_small", "model_large", "model_embedding")
    given = {name: environment.get(name.upper(), "") for name in names}
    chosen = {name: value for name, value in given.items() if value}
    return RealModel({"model_base_url": versioned(base), **chosen}, key)


def versioned(base: str) -> str:
    """The protocol's root: /v1 unless the address has a path of its own."""
    base = base.rstrip("/")
    return base if urlsplit(base).path else f"{base}/v1"
