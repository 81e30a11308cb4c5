"""Wires what happens when a schedule wakes a skill for somebody: what it has to say is told, once a day."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from switchboard.core.conversations import Gone
from switchboard.core.errands import Errand
from switchboard.core.messages import Origin
from switchboard.core.news import Herald
from switchboard.core.profiles import Profiles
from switchboard.core.skill import Toolbox
from switchboard.core.wakeups import Waking


def waker(
    skills: Callable[[], Mapping[str, Toolbox]],
    *,
    herald: Herald,
    profiles: Profiles,
    now_ms: Callable[[], int],
) -> Callable[[Errand], None]:
    """`skills` are loaded by the first errand. Whoever left, or gave the address up, is told nothing."""

    def wake(errand: Errand) -> None:
        skill = skills().get(errand.detail)
        if skill is None or skill.wake is None:
            return
        profile = profiles.read(errand.person)
        if errand.address not in {link.address for link in profile.links}:
            return
        at_ms = now_ms()
        now = datetime.fromtimestamp(at_ms / 1000, UTC).astimezone(ZoneInfo(profile.zone))
        text = skill.wake(Waking(errand.person, now))
        if not text:
            return
        with suppress(Gone):
            herald.tell(
                text,
                person=errand.person,
                address=errand.address,
                key=f"{errand.id}-{now.date()}",
                at_ms=at_ms,
                origin=Origin.PUSH,
            )

    return wake
