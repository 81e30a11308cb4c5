"""The functions as in Lambda, with AWS at the wire and logs that somebody reads."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import ModuleType
from typing import Any

import boto3
import pytest
from handlers import api
from switchboard.channels.sms.handlers import delivery_events as record_sms_events
from switchboard.channels.sms.handlers import receive as receive_sms
from switchboard.channels.web.handlers import authorize as authorize_web
from switchboard.channels.web.handlers import receive as receive_web
from switchboard.channels.web.wiring import frames
from switchboard.platform.logs import logger

from tests.fuzz.wire import Wire
from tests.handlers.cloud import ACCOUNT, REGION, SETTINGS

HANDLERS: tuple[ModuleType, ...] = (api, authorize_web, receive_sms, receive_web, record_sms_events)
ENVIRONMENT: Mapping[str, str] = {
    **SETTINGS,
    "PEOPLE_TABLE": "table-people",
    "CONVERSATIONS_TABLE": "table-conversations",
    "ERRANDS_QUEUE_URL": f"https://sqs.{REGION}.amazonaws.com/{ACCOUNT}/errands",
    "TURNS_TOPIC": f"arn:aws:sns:{REGION}:{ACCOUNT}:turns",
    "REPLIES_TOPIC": f"arn:aws:sns:{REGION}:{ACCOUNT}:replies",
}


@dataclass(frozen=True, slots=True)
class Log:
    """Everything that reaches the log group, whoever wrote it."""

    stream: io.StringIO

    def taken(self) -> str:
        text = self.stream.getvalue()
        self.stream.seek(0)
        self.stream.truncate()
        return text


def errors(logged: str) -> list[str]:
    """The types of the errors in a log, one a failure."""
    lines = [json.loads(line) for line in logged.splitlines()]
    return [line["error"] for line in lines if "error" in line]


@pytest.fixture(scope="module")
def wire() -> Iterator[Wire]:
    """One for all examples: the functions are as warm as they mostly are."""
    made = Wire()
    with pytest.MonkeyPatch.context() as patch:
        for name, value in ENVIRONMENT.items():
            patch.setenv(name, value)
        patch.setattr(frames, "make_client", lambda _url: made)
        patch.setattr(boto3, "DEFAULT_SESSION", _session(made))
        _begin_cold()
        yield made
    _begin_cold()


def _session(wire: Wire) -> boto3.session.Session:
    made = boto3.session.Session()
    events: Any = made.events
    events.register("before-send", wire)
    return made


@pytest.fixture(scope="module")
def log() -> Iterator[Log]:
    kept = Log(io.StringIO())
    logger.cache_clear()
    ours = logger().registered_handler
    assert isinstance(ours, logging.StreamHandler)
    before = ours.setStream(kept.stream)
    others = logging.StreamHandler(kept.stream)
    logging.getLogger().addHandler(others)
    yield kept
    logging.getLogger().removeHandler(others)
    if before:
        ours.setStream(before)


def _begin_cold() -> None:
    made: list[Any] = [value for module in HANDLERS for value in vars(module).values()]
    for each in made:
        getattr(each, "cache_clear", lambda: None)()
