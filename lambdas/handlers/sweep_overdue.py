"""Every few minutes: whoever still waits is signalled for again."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from functools import cache
from typing import Any

from switchboard.platform.config import load
from switchboard.platform.entry_point import entry_point
from switchboard.platform.logs import logger
from switchboard.runtime.overdue import sweeper


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
