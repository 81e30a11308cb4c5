"""Errands for later: soon by the queue, to the second, and otherwise by a schedule, to the minute."""

from collections.abc import Callable
from dataclasses import dataclass
from math import ceil

from switchboard.adapters.queues import MOST_DELAY, SqsJobQueue
from switchboard.adapters.schedules import EventBridgeReminders
from switchboard.core.jobs import Job


@dataclass(frozen=True, slots=True)
class Timers:
    jobs: SqsJobQueue
    schedules: EventBridgeReminders
    now_ms: Callable[[], int]

    def at(self, job: Job, *, at_ms: int) -> None:
        seconds = max(0, ceil((at_ms - self.now_ms()) / 1000))
        if seconds <= MOST_DELAY:
            self.jobs.hand_over(job, seconds=seconds)
        else:
            self.schedules.once(job, at_ms=at_ms)
