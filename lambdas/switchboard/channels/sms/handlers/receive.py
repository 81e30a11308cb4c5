"""A text message from the carrier goes into its conversation's mailbox."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from functools import cache
from typing import Any

from switchboard.channels.sms.wiring.receive import receiver
from switchboard.platform.batches import Record, each
from switchboard.platform.config import load
from switchboard.platform.entry_point import entry_point


@dataclass(frozen=True)
class Config:
    people_table: str
    conversations_table: str
    turns_topic: str
    replies_topic: str
    spend: str
    countries: str


@cache
def _take() -> Callable[[Record], None]:
    return receiver(**asdict(load(Config)))


@entry_point
def handler(event: Mapping[str, Any], _context: object) -> dict[str, Any]:
    return each(event, _take())
