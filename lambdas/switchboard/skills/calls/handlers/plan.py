"""Choose how a call is analysed, and into how many requests that divides."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cache
from typing import Any

from switchboard.platform.config import load
from switchboard.platform.entry_point import entry_point
from switchboard.skills.calls.wiring.analysis import Step, planning
from switchboard.skills.calls.wiring.deps import Moves


@dataclass(frozen=True)
class Config(Moves):
    model: str


@cache
def _step() -> Step:
    return planning(**asdict(load(Config)))


@entry_point
def handler(event: Mapping[str, Any], _context: object) -> dict[str, Any]:
    return _step()(event)
