"""What a channel may be used for, checked where it is declared and where a reply is sent."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from switchboard.channels import CHANNELS
from switchboard.core.channels.policy import (
    HOUR_MS,
    DeliveryContext,
    Policy,
    PolicyBroken,
    check,
    quiet,
    refusal,
)
from switchboard.core.skills.spec import SkillSpec, Toolbox
from switchboard.skills import SKILLS

TEXTING = Policy(
    private=frozenset({"everyday"}),
    initiates=True,
    consents=True,
    disclosure="An automated assistant. Reply STOP to opt out.",
)
NOON = int(datetime(2026, 11, 20, 12, tzinfo=UTC).timestamp() * 1000)
NIGHT = int(datetime(2026, 11, 20, 23, tzinfo=UTC).timestamp() * 1000)


def test_our_own_channels_keep_the_rules() -> None:
    check({name: spec.policy for name, spec in CHANNELS.items()}, SKILLS)


@pytest.mark.parametrize(
    ("broken", "rule"),
    [
        (replace(TEXTING, private=frozenset({"astrology"})), "does not exist"),
        (
            replace(TEXTING, private=frozenset({"health"}), groups=frozenset({"health"})),
            "never offered in a group",
        ),
        (replace(TEXTING, private=frozenset(), groups=frozenset({"everyday"})), "offered in private"),
        (replace(TEXTING, consents=False), "obeys STOP"),
        (replace(TEXTING, disclosure="An automated assistant."), "says so"),
        (replace(TEXTING, disclosure="Reply STOP to opt out."), "automated"),
    ],
)
def test_a_declaration_that_breaks_a_rule_is_refused_by_name(broken: Policy, rule: str) -> None:
    known = {name: SkillSpec(name, "", lambda _means: Toolbox()) for name in ("everyday", "health")}
    known["health"] = replace(known["health"], private_only=True)
    with pytest.raises(PolicyBroken, match=f"sms: .*{rule}"):
        check({"sms": broken}, known)


def test_a_reply_to_what_was_just_asked_may_always_go() -> None:
    assert (
        refusal(replace(TEXTING, window_hours=24), DeliveryContext(now_ms=NIGHT, asked_ms=NIGHT - HOUR_MS))
        is None
    )


def test_a_reply_after_the_window_is_refused() -> None:
    late = DeliveryContext(now_ms=NOON, asked_ms=NOON - 24 * HOUR_MS)
    assert refusal(replace(TEXTING, window_hours=24), late) == "window_closed"
    assert refusal(TEXTING, late) is None


def test_a_push_waits_for_the_morning_where_the_person_is() -> None:
    push = DeliveryContext(now_ms=NIGHT, asked_ms=0, asked=False)
    assert refusal(TEXTING, push) == "quiet_hours"
    assert refusal(TEXTING, replace(push, zone="America/Los_Angeles")) is None


def test_a_channel_that_may_not_write_first_sends_no_push() -> None:
    push = DeliveryContext(now_ms=NOON, asked_ms=0, asked=False)
    assert refusal(replace(TEXTING, initiates=False), push) == "may_not_initiate"


@pytest.mark.parametrize(("hour", "is_quiet"), [(7, True), (8, False), (20, False), (21, True), (0, True)])
def test_quiet_hours_are_from_nine_to_eight(hour: int, is_quiet: bool) -> None:  # noqa: FBT001 - a table
    at = datetime(2026, 11, 20, hour, 30 if hour == 7 else 0, tzinfo=UTC)
    assert quiet(int(at.timestamp() * 1000), "UTC") is is_quiet
