"""core.model.Model on providers in order: the first that works answers."""

import threading
import time
from collections.abc import Callable, Sequence
from functools import partial
from typing import TypeVar

import httpx2

from switchboard.adapters.model.circuit_breaker import Breaker
from switchboard.adapters.model.client import make_client
from switchboard.adapters.model.endpoint import Endpoint, Keys
from switchboard.adapters.model.errors import FAILURES
from switchboard.adapters.model.failover import TRIES, Attempts
from switchboard.adapters.model.response import Answer
from switchboard.adapters.model.settings import ModelSettings
from switchboard.core.errors import ModelRefused
from switchboard.core.model.types import Completion, Request, Role

_Result = TypeVar("_Result")


class OpenAIModel:
    """Keep one for the life of the process: it holds the connections and what was learnt of the providers.

    Each provider is asked so many `tries` at most, where that may help.
    """

    def __init__(
        self,
        settings: ModelSettings,
        keys: Keys,
        *,
        tries: int = TRIES,
        clock: Callable[[], float] = time.monotonic,
        http_client: httpx2.Client | None = None,
    ) -> None:
        self._settings = settings
        self._clock = clock
        self._tries = tries
        client = partial(make_client, settings=settings, key=keys, http_client=http_client)
        self._endpoints = [
            Endpoint(provider, client=client, keys=keys, breaker=Breaker(clock))
            for provider in settings.providers
        ]
        self._embedders = [
            endpoint
            for endpoint, provider in zip(self._endpoints, settings.providers, strict=True)
            if provider.models.of(Role.EMBEDDING)
        ]

    def stream(self, request: Request) -> Answer:
        begin = partial(self._attempts, self._endpoints)
        return Answer(request, begin=begin, first_token_seconds=self._settings.first_token_seconds)

    def complete(self, request: Request) -> Completion:
        return self._first(self._endpoints, lambda one, seconds: one.complete(request, seconds=seconds))

    def embed(self, texts: Sequence[str]) -> list[list[float]]:
        if not self._embedders:
            raise ModelRefused("no provider has an embedding model")
        return self._first(self._embedders, lambda one, seconds: one.embed(texts, seconds=seconds))

    def _attempts(self, endpoints: Sequence[Endpoint], wait: Callable[[float], object]) -> Attempts:
        return Attempts(
            endpoints,
            seconds=self._settings.timeout_seconds,
            clock=self._clock,
            wait=wait,
            tries=self._tries,
        )

    def _first(self, endpoints: Sequence[Endpoint], ask: Callable[[Endpoint, float], _Result]) -> _Result:
        attempts = self._attempts(endpoints, threading.Event().wait)
        for endpoint in attempts:
            try:
                result = ask(endpoint, attempts.seconds_left)
            except FAILURES as error:
                attempts.failed(endpoint, error)
            else:
                endpoint.breaker.succeeded()
                return result
        raise attempts.verdict()
