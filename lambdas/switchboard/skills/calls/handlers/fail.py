"""The end of a call that something stopped: it says why."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cache
from typing import Any

from switchboard.platform.config import load
from switchboard.platform.entry_point import entry_point
from switchboard.skills.calls.wiring.analysis import Step, failing
from switchboard.skills.calls.wiring.deps import Moves


@dataclass(frozen=True)
class Config(Moves):
    turns_topic: str


@cache
def _step() -> Step:
    return failing(**asdict(load(Config)))


@entry_point
def handler(event: Mapping[str, Any], _context: object) -> dict[str, Any]:
    return _step()(event)
