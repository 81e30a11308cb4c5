"""Token buckets in memory."""

from dataclasses import dataclass, field

from switchboard.core.throttle import Bucket, Rate


@dataclass
class FakeThrottle:
    full_at: dict[Bucket, int] = field(default_factory=dict)

    def take(self, bucket: Bucket, rate: Rate, *, now_ms: int) -> int:
        full_at = max(now_ms, self.full_at.get(bucket, 0))
        if full_at > now_ms + rate.saved_ms:
            return full_at - rate.saved_ms - now_ms
        self.full_at[bucket] = full_at + rate.interval_ms
        return 0
