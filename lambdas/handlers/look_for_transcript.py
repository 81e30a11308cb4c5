"""Ask for a transcript that nobody has brought."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cache
from typing import Any

from switchboard.runtime.calls import Moves
from switchboard.runtime.calls_listening import Step, looking
from switchboard.runtime.calls_transcriber import transcriber_of
from switchboard.runtime.config import load
from switchboard.runtime.entry import entry_point


@dataclass(frozen=True)
class Config(Moves):
    transcriber_secret: str


@cache
def _step() -> Step:
    given = asdict(load(Config))
    settings, secret = given.pop("transcriber"), given.pop("transcriber_secret")
    listens = transcriber_of(settings, secret=secret, bucket=given["recordings_bucket"])
    return looking(listens=listens, **given)


@entry_point
def handler(event: Mapping[str, Any], _context: object) -> dict[str, Any]:
    return _step()(event)
