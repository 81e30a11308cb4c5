"""What is wrong with the world outside, stage by stage of a run."""

from collections.abc import Mapping
from dataclasses import dataclass

from tests.e2e.outside import World

EACH_FIVE_TIMES = {"service": "carrier", "kind": "duplicate", "times": 5}
SWAPPED = {"service": "carrier", "kind": "reorder", "rate": 0.1, "ms": 700}
MODEL = (
    {"service": "model", "kind": "status", "status": 429, "rate": 0.1},
    {"service": "model", "kind": "status", "status": 500, "rate": 0.06},
    {"service": "model", "kind": "cut", "after": 4, "rate": 0.05},
    {"service": "model", "kind": "latency", "ms": 4_000, "rate": 0.05, "count": 12},
)
CARRIER = (
    {"service": "carrier", "kind": "status", "status": 429, "rate": 0.12},
    {"service": "carrier", "kind": "status", "status": 500, "rate": 0.08},
    {"service": "carrier", "kind": "latency", "ms": 11_000, "rate": 0.05, "count": 4},
    {"service": "carrier", "kind": "drop", "rate": 0.15},
)


@dataclass(frozen=True, slots=True)
class Weather:
    """`until` is the share of the turns at which it changes; `deadly` weather kills functions."""

    name: str
    until: float
    deadly: bool
    faults: tuple[Mapping[str, object], ...] = ()


FORECAST = (
    Weather("every text comes five times", 0.1, deadly=False),
    Weather("functions die", 0.55, deadly=True, faults=(SWAPPED,)),
    Weather("the model is down, slow, cut off", 0.7, deadly=False, faults=MODEL),
    Weather("the carrier is down, slow, silent", 0.85, deadly=False, faults=CARRIER),
    Weather("all of it", 1.0, deadly=True, faults=(SWAPPED, *MODEL, *CARRIER)),
)


def weather_at(share: float) -> Weather:
    return next((weather for weather in FORECAST if share < weather.until), FORECAST[-1])


def set_in(weather: Weather, world: World) -> None:
    world.http.delete("/faults").raise_for_status()
    for fault in (EACH_FIVE_TIMES, *weather.faults):
        world.http.post("/faults", json=dict(fault)).raise_for_status()
