"""The end of a call that something stopped: it says why."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cache
from typing import Any

from switchboard.runtime.calls_reading import Step, failing
from switchboard.runtime.config import load


@dataclass(frozen=True)
class Config:
    calls_table: str
    recordings_bucket: str
    people_table: str
    conversations_table: str
    connections_url: str
    spend: str
    transcriber: str
    turns_topic: str


@cache
def _step() -> Step:
    return failing(**asdict(load(Config)))


def handler(event: Mapping[str, Any], _context: object) -> dict[str, Any]:
    return _step()(event)
