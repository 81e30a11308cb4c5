"""A recording has arrived: start the machine that works on it, once."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from functools import cache
from typing import Any

from switchboard.runtime.calls import Moves
from switchboard.runtime.calls_listening import starter
from switchboard.runtime.config import load
from switchboard.runtime.entry import entry_point
from switchboard.runtime.records import Record, each


@dataclass(frozen=True)
class Config(Moves):
    turns_topic: str
    machine: str


@cache
def _take() -> Callable[[Record], None]:
    return starter(**asdict(load(Config)))


@entry_point
def handler(event: Mapping[str, Any], _context: object) -> dict[str, Any]:
    return each(event, _take())
