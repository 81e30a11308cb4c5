"""The clock and chance of the real world."""

import secrets
import time


class SystemClock:
    def now_ms(self) -> int:
        return time.time_ns() // 1_000_000

    def monotonic(self) -> float:
        return time.monotonic()


def new_id() -> str:
    """96 random bits, as 24 hexadecimal digits."""
    return secrets.token_hex(12)
