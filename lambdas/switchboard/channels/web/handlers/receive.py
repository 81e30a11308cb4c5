"""Everything that a page sends over its socket; opening it was allowed by the ticket."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from functools import cache
from typing import Any

from switchboard.channels.web.wiring.frames import attendance, frames
from switchboard.platform.config import load
from switchboard.platform.entry_point import entry_point
from switchboard.platform.logs import logger


@dataclass(frozen=True)
class Config:
    conversations_table: str
    turns_topic: str
    connections_url: str


@cache
def _take() -> Callable[[Mapping[str, Any]], None]:
    return frames(**asdict(load(Config)))


@cache
def _note() -> Callable[[Mapping[str, Any]], None]:
    return attendance(conversations_table=load(Config).conversations_table)


@entry_point
def handler(event: Mapping[str, Any], _context: object) -> dict[str, int]:
    kind = event["requestContext"]["eventType"]
    logger().info("socket", extra={"event": kind})
    act = _take() if kind == "MESSAGE" else _note()
    act(event)
    return {"statusCode": 200}
