"""What the world does not decide itself: time, chance, new ids, the way into AWS, where recordings are."""

import random
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from local.places import OURS
from local.world.wiring import Connect, connect_sns


@dataclass(frozen=True, slots=True)
class Ports:
    now: Callable[[], datetime]
    new_id: Callable[[], str]
    chance: Callable[[], float]
    connect: Connect
    recordings: Path


def real_ports() -> Ports:
    return Ports(
        now=lambda: datetime.now(UTC),
        new_id=lambda: str(uuid.uuid4()),
        chance=random.SystemRandom().random,
        connect=connect_sns,
        recordings=OURS.recordings,
    )
