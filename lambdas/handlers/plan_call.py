"""Choose how a call is analysed, and into how many requests that divides."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cache
from typing import Any

from switchboard.runtime.calls import Moves
from switchboard.runtime.calls_reading import Step, planning
from switchboard.runtime.config import load
from switchboard.runtime.entry import entry_point


@dataclass(frozen=True)
class Config(Moves):
    model: str


@cache
def _step() -> Step:
    return planning(**asdict(load(Config)))


@entry_point
def handler(event: Mapping[str, Any], _context: object) -> dict[str, Any]:
    return _step()(event)
