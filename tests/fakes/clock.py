"""Time that passes only when a test says so."""

from dataclasses import dataclass

EPOCH_MS = 1_800_000_000_000


@dataclass
class ManualClock:
    """With a `step`, each look at it lets that many seconds pass."""

    seconds: float = 0.0
    step: float = 0.0

    def now_ms(self) -> int:
        return EPOCH_MS + round(self.seconds * 1000)

    def monotonic(self) -> float:
        self.seconds += self.step
        return self.seconds

    def advance(self, seconds: float) -> None:
        self.seconds += seconds
