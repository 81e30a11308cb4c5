"""What became of the texts we sent, as the carrier tells it."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from functools import cache
from typing import Any

from switchboard.channels.sms.wiring.deliver import recorder
from switchboard.platform.batches import Record, each
from switchboard.platform.config import load
from switchboard.platform.entry_point import entry_point


@dataclass(frozen=True)
class Config:
    conversations_table: str


@cache
def _take() -> Callable[[Record], None]:
    return recorder(**asdict(load(Config)))


@entry_point
def handler(event: Mapping[str, Any], _context: object) -> dict[str, Any]:
    return each(event, _take())
