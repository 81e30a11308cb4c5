"""What each channel may be used for: declared once, checked at synthesis and at every send."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from switchboard.core.skills.spec import SkillSpec

QUIET_FROM, QUIET_UNTIL = time(21), time(8)
HOUR_MS = 3_600_000


class PolicyBroken(ValueError):
    """A declaration that contradicts itself or the law; the text names the channel and the rule."""


@dataclass(frozen=True, slots=True)
class Policy:
    """What is offered, and when.

    `private` and `groups` name the skills on offer; in private it is all of them unless some are named.
    `window_hours` is how long after a person's last
    message the channel takes a free reply, or None. `initiates`: may it write first. `consents`: do STOP,
    START and HELP rule it. `disclosure` is what a person is told on first contact.
    """

    private: frozenset[str] | None = None
    groups: frozenset[str] = frozenset()
    window_hours: int | None = None
    initiates: bool = False
    consents: bool = False
    disclosure: str = ""

    def offers(self, skill: str) -> bool:
        """In private."""
        return self.private is None or skill in self.private


@dataclass(frozen=True, slots=True)
class DeliveryContext:
    """When a reply goes out and why: `asked_ms` is the person's last message; `asked` is false for a push."""

    now_ms: int
    asked_ms: int
    asked: bool = True
    zone: str = "UTC"


def check(policies: Mapping[str, Policy], skills: Mapping[str, SkillSpec]) -> None:
    """Errors: PolicyBroken. Called when the stacks are made, so that a bad declaration is never deployed."""
    for channel, policy in policies.items():
        for rule, broken in _rules(policy, skills).items():
            if broken:
                raise PolicyBroken(f"{channel}: {rule}")


def refusal(policy: Policy, occasion: DeliveryContext) -> str | None:
    """Why a reply may not be sent now, as a code for the operator; None when it may."""
    if policy.window_hours is not None and _hours(occasion) >= policy.window_hours:
        return "window_closed"
    if occasion.asked:
        return None
    if not policy.initiates:
        return "may_not_initiate"
    return "quiet_hours" if quiet(occasion.now_ms, occasion.zone) else None


def quiet(now_ms: int, zone: str) -> bool:
    """From nine in the evening to eight in the morning, where the person is."""
    there = datetime.fromtimestamp(now_ms / 1000, ZoneInfo(zone)).time()
    return there >= QUIET_FROM or there < QUIET_UNTIL


def _hours(occasion: DeliveryContext) -> float:
    return (occasion.now_ms - occasion.asked_ms) / HOUR_MS


def _rules(policy: Policy, skills: Mapping[str, SkillSpec]) -> dict[str, bool]:
    named = policy.groups | (policy.private or set())
    apart = {name for name, skill in skills.items() if skill.private_only}
    return {
        "it offers a skill that does not exist": not named <= skills.keys(),
        "what is for one person alone is never offered in a group": bool(policy.groups & apart),
        "what is offered in a group is offered in private": not all(map(policy.offers, policy.groups)),
        "a channel that writes first obeys STOP": policy.initiates and not policy.consents,
        "a channel that obeys STOP says so on first contact": policy.consents
        and "STOP" not in policy.disclosure,
        "every channel says that this is automated": "automated" not in policy.disclosure,
    }
