"""Lambda's own runtime around a handler: its loop, its logging at DEBUG, and its words on exceptions."""

from __future__ import annotations

import importlib
import json
import logging
import os
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import awslambdaric.bootstrap  # type: ignore[import-untyped]
from awslambdaric.lambda_runtime_client import InvocationRequest  # type: ignore[import-untyped]
from awslambdaric.lambda_runtime_marshaller import LambdaMarshaller  # type: ignore[import-untyped]
from switchboard.platform.logs import OURS, logger

from stacks.handlers import module_of

if TYPE_CHECKING:
    import pytest

FUNCTION = "arn:aws:lambda:us-east-1:123456789012:function:f"
LOGGING = {
    "AWS_LAMBDA_LOG_FORMAT": "JSON",
    "AWS_LAMBDA_LOG_LEVEL": "DEBUG",
    "POWERTOOLS_SERVICE_NAME": "switchboard",
}
PIPE = "_LAMBDA_TELEMETRY_LOG_FD"


@dataclass(frozen=True)
class Invocation:
    """`printed` is all that the log group and X-Ray get; of `answer` and `error` the caller is told one."""

    printed: str
    answer: dict[str, Any] | None
    error: Mapping[str, Any] | None

    @property
    def lines(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.printed.splitlines() if line.startswith("{")]


@dataclass
class Service:
    """The side of Lambda that a runtime asks for events; it has one."""

    event: bytes
    marshaller: LambdaMarshaller = field(default_factory=LambdaMarshaller)
    answer: dict[str, Any] | None = None
    error: Mapping[str, Any] | None = None
    xray: str = ""

    def wait_next_invocation(self) -> InvocationRequest:
        if not self.event:
            raise NoMoreEvents
        event, self.event = self.event, b""
        return InvocationRequest(
            invoke_id="request-1",
            x_amzn_trace_id=None,
            event_body=event,
            content_type="application/json",
            client_context=None,
            cognito_identity=None,
            invoked_function_arn=FUNCTION,
            deadline_time_in_ms=round((time.time() + 120) * 1000),
            tenant_id=None,
            invocation_id=None,
        )

    def post_invocation_result(self, _id: str, answer: str, *_others: object) -> None:
        self.answer = json.loads(answer)

    def post_invocation_error(self, _id: str, error: str, xray: str, *_others: object) -> None:
        self.error, self.xray = json.loads(error), xray


class NoMoreEvents(BaseException):
    """The only way out of the runtime's loop."""


@dataclass
class LambdaRuntime:
    """Each invocation finds logging as in a new process; what the handlers keep for the next one stays."""

    pipe: Path
    capfd: pytest.CaptureFixture[str]

    def invoke(self, handler: str, event: object) -> Invocation:
        service = Service(json.dumps(event).encode())
        self.capfd.readouterr()
        os.environ[PIPE] = str(os.open(self.pipe, os.O_WRONLY | os.O_CREAT | os.O_TRUNC))
        with _new_logging(), suppress(NoMoreEvents):
            awslambdaric.bootstrap.run(f"{module_of(handler)}.handler", service)
        printed = [*self.capfd.readouterr(), *_messages(self.pipe.read_bytes()), service.xray]
        return Invocation("\n".join(printed), service.answer, service.error)


def _messages(framed: bytes) -> Iterator[str]:
    """Each has 16 bytes before it: its kind, its length and its time (awslambdaric.bootstrap)."""
    while framed:
        end = 16 + int.from_bytes(framed[4:8], "big")
        yield framed[16:end].decode()
        framed = framed[end:]


@contextmanager
def _new_logging() -> Iterator[None]:
    out, err = sys.stdout, sys.stderr
    _forget_loggers()
    yield
    _forget_loggers()
    sys.stdout, sys.stderr = out, err


def _forget_loggers() -> None:
    root, ours = logging.getLogger(), logging.getLogger(OURS)
    root.handlers, ours.handlers = [], []
    root.setLevel(logging.WARNING)
    for mark in ("init", "powertools_handler"):
        vars(ours).pop(mark, None)
    logger.cache_clear()


def new_runtime(
    monkeypatch: pytest.MonkeyPatch, pipe: Path, capfd: pytest.CaptureFixture[str]
) -> LambdaRuntime:
    for name, value in LOGGING.items():
        monkeypatch.setenv(name, value)
    importlib.reload(awslambdaric.bootstrap)
    return LambdaRuntime(pipe, capfd)
