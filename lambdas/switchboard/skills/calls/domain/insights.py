"""What was found in a call, as it is kept and served."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final

HEADLINE_CHARS: Final = 240


@dataclass(frozen=True, slots=True)
class Insights:
    """`values` are by the profile's schema, with times added to what has a `line` or a `quote`.

    `talk` is how the call was shared. `cost` is in micro-dollars. `quotes_dropped` counts the quotes that
    nobody said. `requests` is how often the model was asked.
    """

    id: str
    call: str
    profile: str
    profile_name: str
    version: int
    at_ms: int
    values: Mapping[str, Any]
    talk: Mapping[str, Any]
    models: Sequence[str]
    cost: int
    requests: int
    parts: int
    quotes_verified: int
    quotes_dropped: int
    redacted: Sequence[str] = ()
    trial: bool = False

    @property
    def headline(self) -> str:
        """The first text of the findings, shortened: what a list shows."""
        first = next((each for each in self.values.values() if isinstance(each, str)), "")
        line = " ".join(first.split())
        return line if len(line) <= HEADLINE_CHARS else f"{line[: HEADLINE_CHARS - 1]}…"


def packed(insights: Insights) -> bytes:
    return json.dumps(asdict(insights), ensure_ascii=False, separators=(",", ":")).encode()


def unpacked(content: bytes) -> Insights:
    return Insights(**json.loads(content))
