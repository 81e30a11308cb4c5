"""What became of the texts we sent, as the carrier tells it."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from functools import cache
from typing import Any

from switchboard.runtime.config import load
from switchboard.runtime.delivering_sms import recorder
from switchboard.runtime.entry import entry_point
from switchboard.runtime.records import Record, each


@dataclass(frozen=True)
class Config:
    conversations_table: str


@cache
def _take() -> Callable[[Record], None]:
    return recorder(**asdict(load(Config)))


@entry_point
def handler(event: Mapping[str, Any], _context: object) -> dict[str, Any]:
    return each(event, _take())
