"""Every few minutes: whoever still waits is signalled for again."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from functools import cache
from typing import Any

from switchboard.runtime.config import load
from switchboard.runtime.entry import entry_point
from switchboard.runtime.logs import logger
from switchboard.runtime.sweeping import sweeper


@dataclass(frozen=True)
class Config:
    conversations_table: str
    turns_topic: str


@cache
def _sweep() -> Callable[[], int]:
    return sweeper(**asdict(load(Config)))


@entry_point
def handler(_event: Mapping[str, Any], _context: object) -> dict[str, int]:
    waiting = _sweep()()
    logger().info("swept", extra={"waiting": waiting})
    return {"waiting": waiting}
