"""A recording has arrived: start the machine that works on it, once."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from functools import cache
from typing import Any

from switchboard.platform.batches import Record, each
from switchboard.platform.config import load
from switchboard.platform.entry_point import entry_point
from switchboard.skills.calls.wiring.deps import Moves
from switchboard.skills.calls.wiring.transcription import starter


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
