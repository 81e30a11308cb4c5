"""Errands that were handed over: people who become one, and whatever else takes its time."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from functools import cache
from typing import Any

from switchboard.platform.batches import Record, each
from switchboard.platform.config import load
from switchboard.platform.entry_point import entry_point
from switchboard.runtime.jobs import runner


@dataclass(frozen=True)
class Config:
    people_table: str
    conversations_table: str
    turns_topic: str
    replies_topic: str
    connections_url: str
    errands_queue_url: str
    attempts: str
    exports_bucket: str
    user_pool: str
    downloads_url: str
    skills: str
    wakeups: str


@cache
def _take() -> Callable[[Record], None]:
    return runner(**asdict(load(Config)))


@entry_point
def handler(event: Mapping[str, Any], _context: object) -> dict[str, Any]:
    return each(event, _take())
