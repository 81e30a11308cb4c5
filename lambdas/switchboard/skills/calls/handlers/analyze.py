"""Ask the model one of the questions about a call."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cache
from typing import Any

from switchboard.platform.config import load
from switchboard.platform.entry_point import entry_point
from switchboard.platform.model_client import model_asked_once
from switchboard.skills.calls.wiring.analysis import Step, analysing
from switchboard.skills.calls.wiring.deps import Reads


@dataclass(frozen=True)
class Config(Reads):
    model: str
    model_secret: str


@cache
def _step() -> Step:
    given = asdict(load(Config))
    thinks = model_asked_once(given.pop("model"), secret_arn=given.pop("model_secret"))
    return analysing(thinks=thinks, **given)


@entry_point
def handler(event: Mapping[str, Any], _context: object) -> dict[str, Any]:
    return _step()(event)
