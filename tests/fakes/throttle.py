"""Token buckets in memory."""

from dataclasses import dataclass, field

from switchboard.core.people.throttle import Rate, ThrottleKey


@dataclass
class FakeThrottle:
    """`full_at` is when each bucket is full again."""

    full_at: dict[ThrottleKey, int] = field(default_factory=dict)

    def take(self, bucket: ThrottleKey, rate: Rate, *, now_ms: int) -> int:
        full_at = max(self.full_at.get(bucket, now_ms), now_ms)
        if full_at > now_ms + rate.saved_ms:
            return full_at - rate.saved_ms - now_ms
        self.full_at[bucket] = full_at + rate.interval_ms
        return 0
