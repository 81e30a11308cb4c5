"""A signal came: hold the conversation and answer what waits in it."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from functools import cache
from typing import Any, Protocol

from switchboard.platform.batches import Record, each
from switchboard.platform.config import load
from switchboard.platform.entry_point import entry_point
from switchboard.runtime.conversation import TimeLeft, worker


@dataclass(frozen=True)
class Config:
    people_table: str
    conversations_table: str
    turns_topic: str
    turns_queue_url: str
    errands_queue_url: str
    replies_topic: str
    connections_url: str
    model: str
    model_secret: str
    spend: str
    skills: str
    wakeups: str
    link_wait_hours: str


class Context(Protocol):
    def get_remaining_time_in_millis(self) -> int: ...


@cache
def _take() -> Callable[[Record, TimeLeft], None]:
    return worker(**asdict(load(Config)))


@entry_point
def handler(event: Mapping[str, Any], context: Context) -> dict[str, Any]:
    def time_left() -> float:
        return context.get_remaining_time_in_millis() / 1000

    take = _take()
    return each(event, lambda record: take(record, time_left))
