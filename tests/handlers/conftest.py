"""Handlers run as in Lambda: an environment, an account, and logs that somebody reads."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from types import ModuleType
from typing import Any

import pytest
from moto import mock_aws
from switchboard.platform.logs import logger

from stacks.handlers import module_of
from tests.every_handler import HANDLERS as EVERY_HANDLER
from tests.handlers.cloud import Cloud, make_cloud

HANDLERS: tuple[ModuleType, ...] = tuple(import_module(module_of(name)) for name in EVERY_HANDLER)


@pytest.fixture(params=HANDLERS, ids=EVERY_HANDLER)
def each_handler(request: pytest.FixtureRequest) -> ModuleType:
    module: ModuleType = request.param
    return module


@pytest.fixture(autouse=True)
def _cold_start() -> Iterator[None]:
    """Nothing that an earlier invocation made is still there."""
    for module in HANDLERS:
        for made in vars(module).values():
            getattr(made, "cache_clear", lambda: None)()
    yield
    logging.getLogger().handlers.clear()


@pytest.fixture
def cloud(monkeypatch: pytest.MonkeyPatch) -> Iterator[Cloud]:
    with mock_aws():
        made = make_cloud()
        for name, value in made.environment.items():
            monkeypatch.setenv(name, value)
        yield made


@dataclass(frozen=True)
class Logs:
    """`written` is everything that the log group gets; test_under_lambda.py says why there is no more."""

    kept: io.StringIO

    @property
    def written(self) -> str:
        return self.kept.getvalue()

    @property
    def lines(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.written.splitlines()]


@pytest.fixture
def logs(cloud: Cloud) -> Iterator[Logs]:
    kept = Logs(io.StringIO())
    logger.cache_clear()
    ours = logger().registered_handler
    assert isinstance(ours, logging.StreamHandler)
    before = ours.setStream(kept.kept)
    yield kept
    if before:
        ours.setStream(before)
