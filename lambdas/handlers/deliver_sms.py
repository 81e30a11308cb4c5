"""Replies on their way to phones."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from functools import cache
from typing import Any

from switchboard.runtime.config import load
from switchboard.runtime.delivering_sms import deliverer
from switchboard.runtime.entry import entry_point
from switchboard.runtime.records import Record, each


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
