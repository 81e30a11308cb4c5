"""One provider, ready to be asked."""

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Protocol

from openai import OpenAI

from switchboard.adapters.model.circuit_breaker import Breaker
from switchboard.adapters.model.payload import Payload, payload
from switchboard.adapters.model.settings import Provider
from switchboard.adapters.model.stream_parser import completion_of, vectors_of
from switchboard.adapters.model.stream_thread import Chunks
from switchboard.core.errors import ModelRefused
from switchboard.core.model.types import Completion, Request, Role


class Keys(Protocol):
    """The providers' keys by name; `forget` when one was refused. Errors: ModelUnavailable."""

    def __call__(self, provider: str) -> str: ...
    def forget(self) -> None: ...


class Endpoint:
    """Errors of every request: failures.FAILURES."""

    def __init__(
        self, provider: Provider, *, client: Callable[[Provider], OpenAI], keys: Keys, breaker: Breaker
    ) -> None:
        self.name = provider.name
        self.keys = keys
        self.breaker = breaker
        self._provider = provider
        self._make_client = client

    def model(self, role: Role) -> str:
        """Errors: ModelRefused, when the provider has no such model."""
        name = self._provider.models.of(role)
        if name is None:
            raise ModelRefused(f"{self.name} has no {role.value} model")
        return name

    def answers(self, request: Request) -> str:
        """The model that answers a request. Errors: ModelRefused, when the provider has none."""
        return request.model or self.model(request.role)

    def open(self, request: Request) -> Chunks:
        completions = self._client.chat.completions
        made = self._payload(request)
        if self._provider.capabilities.stream_usage:
            return completions.create(**made, stream=True, stream_options={"include_usage": True})
        return completions.create(**made, stream=True)

    def complete(self, request: Request, *, seconds: float) -> Completion:
        answer = self._client.chat.completions.create(**self._payload(request), timeout=seconds)
        return completion_of(answer, self.answers(request))

    def embed(self, texts: Sequence[str], *, seconds: float) -> list[list[float]]:
        model = self.model(Role.EMBEDDING)
        answer = self._client.embeddings.create(
            model=model, input=list(texts), encoding_format="float", timeout=seconds
        )
        return vectors_of(answer, count=len(texts))

    @cached_property
    def _client(self) -> OpenAI:
        return self._make_client(self._provider)

    def _payload(self, request: Request) -> Payload:
        model = self.answers(request)
        return payload(request, model=model, capabilities=self._provider.capabilities)
