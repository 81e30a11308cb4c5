"""Have the recording of a call transcribed, or wait for the transcript with a token."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cache
from typing import Any

from switchboard.platform.config import load
from switchboard.platform.entry_point import entry_point
from switchboard.skills.calls.wiring.deps import Moves
from switchboard.skills.calls.wiring.transcribers import transcriber_of
from switchboard.skills.calls.wiring.transcription import Step, transcribing


@dataclass(frozen=True)
class Config(Moves):
    transcriber_secret: str


@cache
def _step() -> Step:
    given = asdict(load(Config))
    settings, secret = given.pop("transcriber"), given.pop("transcriber_secret")
    listens = transcriber_of(settings, secret=secret, bucket=given["recordings_bucket"])
    return transcribing(listens=listens, **given)


@entry_point
def handler(event: Mapping[str, Any], _context: object) -> dict[str, Any]:
    return _step()(event)
