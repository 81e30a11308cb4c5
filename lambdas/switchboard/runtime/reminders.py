"""Wires what happens when a schedule wakes a skill for somebody: what it has to say is told, once a day."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from switchboard.core.conversation.notifier import Notifier
from switchboard.core.conversation.store import ConversationErased
from switchboard.core.jobs import Job
from switchboard.core.messages.message import Origin
from switchboard.core.people.profiles import Profiles
from switchboard.core.skills.reminders import LATE_MS, ReminderFired
from switchboard.core.skills.spec import Toolbox
from switchboard.platform.logs import logger


def waker(
    skills: Callable[[], Mapping[str, Toolbox]],
    *,
    notifier: Notifier,
    profiles: Profiles,
    now_ms: Callable[[], int],
) -> Callable[[Job], None]:
    """`skills` are loaded by the first errand. Whoever left, or gave the address up, is told nothing.

    Nor is anybody whose hour is long past: after an outage nothing comes in a heap.
    """

    def wake(job: Job) -> None:
        skill = skills().get(job.detail)
        if skill is None or skill.wake is None:
            return
        at_ms = now_ms()
        if at_ms - job.due_ms > LATE_MS:
            logger().info("woken too late", extra={"errand": job.id})
            return
        profile = profiles.read(job.person)
        if job.address not in {link.address for link in profile.links}:
            return
        zone = ZoneInfo(profile.zone)
        text = skill.wake(ReminderFired(job.person, _local(at_ms, zone)))
        if not text:
            return
        with suppress(ConversationErased):
            notifier.tell(
                text,
                person=job.person,
                address=job.address,
                key=f"{job.id}-{_local(job.due_ms, zone).date()}",
                at_ms=at_ms,
                origin=Origin.PUSH,
                quoted=job.detail if skill.quotes(job.person) else "",
            )

    return wake


def _local(at_ms: int, zone: ZoneInfo) -> datetime:
    return datetime.fromtimestamp(at_ms / 1000, UTC).astimezone(zone)
