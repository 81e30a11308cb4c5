"""Replies on their way to phones."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from functools import cache
from typing import Any

from switchboard.channels.sms.wiring.deliver import deliverer
from switchboard.platform.batches import Record, each
from switchboard.platform.config import load
from switchboard.platform.entry_point import entry_point


@dataclass(frozen=True)
class Config:
    conversations_table: str
    replies_queue_url: str
    origination: str
    configuration_set: str
    max_price: str


@cache
def _take() -> Callable[[Record], None]:
    return deliverer(**asdict(load(Config)))


@entry_point
def handler(event: Mapping[str, Any], _context: object) -> dict[str, Any]:
    return each(event, _take())
