"""A text message from the carrier goes into its conversation's mailbox."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from functools import cache
from typing import Any

from switchboard.runtime.config import load
from switchboard.runtime.entry import entry_point
from switchboard.runtime.receiving_sms import receiver
from switchboard.runtime.records import Record, each


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
