"""Wake-ups by EventBridge Scheduler: one schedule for each wish, which hands an errand to the queue.

The schedule follows the person's own clock through daylight saving; it is in a group of its own.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from math import ceil
from typing import TYPE_CHECKING, Any

from switchboard.adapters.queues import message
from switchboard.core.jobs import Job
from switchboard.core.people.address import PersonId
from switchboard.core.skills.reminders import LATE_MS, ScheduledReminder

if TYPE_CHECKING:
    from mypy_boto3_scheduler import EventBridgeSchedulerClient
    from mypy_boto3_scheduler.type_defs import GetScheduleOutputTypeDef

KIND = "wake"
PLANNED = "<aws.scheduler.scheduled-time>"
"""What Scheduler puts the hour in place of, so that an errand knows how late it is."""


@dataclass(frozen=True, slots=True)
class EventBridgeReminders:
    """`queue` and `role` are ARNs: where errands go, and by whose right."""

    client: EventBridgeSchedulerClient
    group: str
    queue: str
    role: str

    def set(self, wish: ScheduledReminder) -> None:
        schedule = self._schedule(wish)
        try:
            self.client.create_schedule(**schedule)
        except self.client.exceptions.ConflictException:
            self.client.update_schedule(**schedule)

    def cancel(self, person: PersonId, skill: str) -> None:
        try:
            self.client.delete_schedule(Name=_name(person, skill), GroupName=self.group)
        except self.client.exceptions.ResourceNotFoundException:
            return

    def once(self, job: Job, *, at_ms: int) -> None:
        """Hand an errand over once, at that time (Unix milliseconds) or up to a minute later."""
        at = datetime.fromtimestamp(ceil(at_ms / 1000), UTC)
        target = {
            "Arn": self.queue,
            "RoleArn": self.role,
            "Input": message(job),
            "RetryPolicy": {"MaximumEventAgeInSeconds": 24 * 3600, "MaximumRetryAttempts": 185},
        }
        schedule: dict[str, Any] = {
            "Name": f"{job.kind}-{job.id}",
            "GroupName": self.group,
            "ScheduleExpression": f"at({at:%Y-%m-%dT%H:%M:%S})",
            "ScheduleExpressionTimezone": "UTC",
            "FlexibleTimeWindow": {"Mode": "OFF"},
            "ActionAfterCompletion": "DELETE",
            "Target": target,
        }
        with suppress(self.client.exceptions.ConflictException):
            self.client.create_schedule(**schedule)

    def read(self, person: PersonId, skill: str) -> Mapping[str, str] | None:
        """When, and by which clock."""
        try:
            found = self.client.get_schedule(Name=_name(person, skill), GroupName=self.group)
        except self.client.exceptions.ResourceNotFoundException:
            return None
        return {"at": found["ScheduleExpression"], "zone": found["ScheduleExpressionTimezone"]}

    def pass_on(self, ceased: PersonId, heir: PersonId, skill: str) -> None:
        """The heir is woken in place of whoever ceased, unless they have a wish of their own."""
        try:
            found = self.client.get_schedule(Name=_name(ceased, skill), GroupName=self.group)
        except self.client.exceptions.ResourceNotFoundException:
            return
        with suppress(self.client.exceptions.ConflictException):
            self.client.create_schedule(**self._inherited(found, heir, skill))
        self.cancel(ceased, skill)

    def _inherited(self, found: GetScheduleOutputTypeDef, heir: PersonId, skill: str) -> dict[str, Any]:
        name = _name(heir, skill)
        job = {**json.loads(found["Target"]["Input"]), "id": name, "person": heir}
        return {
            "Name": name,
            "GroupName": self.group,
            "ScheduleExpression": found["ScheduleExpression"],
            "ScheduleExpressionTimezone": found["ScheduleExpressionTimezone"],
            "FlexibleTimeWindow": found["FlexibleTimeWindow"],
            "Target": {**found["Target"], "Input": json.dumps(job, ensure_ascii=False)},
        }

    def _schedule(self, wish: ScheduledReminder) -> dict[str, Any]:
        name = _name(wish.person, wish.skill)
        job = Job(KIND, name, wish.person, wish.address, detail=wish.skill)
        target = {
            "Arn": self.queue,
            "RoleArn": self.role,
            "Input": message(job, planned=PLANNED),
            "RetryPolicy": {"MaximumEventAgeInSeconds": LATE_MS // 1000, "MaximumRetryAttempts": 10},
        }
        return {
            "Name": name,
            "GroupName": self.group,
            "ScheduleExpression": expression(wish),
            "ScheduleExpressionTimezone": wish.zone,
            "FlexibleTimeWindow": {"Mode": "OFF"},
            "Target": target,
        }


def expression(wish: ScheduledReminder) -> str:
    """The wish as Scheduler's cron: minute, hour, day of the month, month, day of the week, year."""
    month_day, week_day = ("?", ",".join(wish.days)) if wish.days else ("*", "?")
    return f"cron({wish.at.minute} {wish.at.hour} {month_day} * {week_day} *)"


def _name(person: PersonId, skill: str) -> str:
    return f"{skill}-{person}"
