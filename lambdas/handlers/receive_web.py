"""Everything that a page sends over its socket; opening it was allowed by the ticket."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from functools import cache
from typing import Any

from switchboard.runtime.config import load
from switchboard.runtime.logs import logger
from switchboard.runtime.paging_web import frames


@dataclass(frozen=True)
class Config:
    conversations_table: str
    turns_topic: str
    connections_url: str


@cache
def _take() -> Callable[[Mapping[str, Any]], None]:
    return frames(**asdict(load(Config)))


def handler(event: Mapping[str, Any], _context: object) -> dict[str, int]:
    kind = event["requestContext"]["eventType"]
    logger().info("socket", extra={"event": kind})
    if kind == "MESSAGE":
        _take()(event)
    return {"statusCode": 200}
