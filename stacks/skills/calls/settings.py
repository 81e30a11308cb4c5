"""How calls are worked on: who transcribes them, how long that may take, and how long they are kept."""

import json
from dataclasses import asdict, dataclass, field
from typing import Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class Transcriber:
    """`name` is what the price book calls it; `model` and `base_url` are ElevenLabs'."""

    kind: Literal["elevenlabs", "amazon"] = "elevenlabs"
    name: str = "scribe"
    model: str = "scribe_v2"
    base_url: str = "https://api.elevenlabs.io"

    @property
    def calls_back(self) -> bool:
        """Whether it brings what it heard; otherwise it has to be asked."""
        return self.kind == "elevenlabs"

    def to_json(self) -> str:
        return json.dumps(asdict(self), separators=(",", ":"))


AMAZON = Transcriber(kind="amazon", name="transcribe", model="", base_url="")


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """How long a webhook is waited for, how often and how many times it is looked after then.

    `attempts` is how often a step is tried again that may succeed later: after `first_wait_seconds`, then
    twice as long each time.
    """

    webhook_seconds: int = 15 * 60
    look_seconds: int = 60
    looks: int = 90
    attempts: int = 8
    first_wait_seconds: int = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class UploadQuota:
    """Of each person: bytes to upload in a day of UTC, and calls of the last day that are not done."""

    bytes_a_day: int = 4_000_000_000
    at_once: int = 5

    def to_json(self) -> str:
        return json.dumps(asdict(self), separators=(",", ":"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Calls:
    """`audio_days` is how long recordings are kept, `text_days` what was made of them; 0 is for ever.

    `at_once` is how many requests to the model a call may have at a time.
    """

    transcriber: Transcriber = field(default_factory=Transcriber)
    patience: Patience = field(default_factory=Patience)
    quota: UploadQuota = field(default_factory=UploadQuota)
    audio_days: int = 90
    text_days: int = 0
    at_once: int = 4


def _as_usual(_world: str) -> Calls:
    return Calls()


def _quick(world: str) -> Calls:
    return Calls(
        transcriber=Transcriber(base_url=world),
        patience=Patience(webhook_seconds=10, look_seconds=2, looks=10, attempts=3, first_wait_seconds=1),
    )


STAGES = {"dev": _as_usual, "prod": _as_usual, "local": _quick}
"""By stage, from where the laptop's stand-ins are."""
