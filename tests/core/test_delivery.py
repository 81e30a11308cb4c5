"""A reply is sent once, however often it is handed over and wherever the process dies."""

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from switchboard.core.channels.delivery import PartKey, PartState, deliver
from switchboard.core.channels.spec import Outgoing, Sent
from switchboard.core.errors import Permanent, Retryable, Unconfirmed, Undeliverable
from switchboard.core.messages.message import Reply

from tests.examples import ADAS_PHONE, CONVERSATION
from tests.fakes.clock import EPOCH_MS
from tests.fakes.deliveries import FakeDeliveries, FakeSender
from tests.fakes.desk import TEXTING

REPLY = Reply(CONVERSATION, "turn-1", ADAS_PHONE, "Hello.")
KEY = PartKey(CONVERSATION, "turn-1")


class Killed(BaseException):
    """The process is gone; nothing catches that."""


def delivered(
    sender: FakeSender, deliveries: FakeDeliveries | None = None, *, reply: Reply = REPLY
) -> PartState:
    return deliver(
        reply, policy=TEXTING, sender=sender, deliveries=deliveries or FakeDeliveries(), now_ms=EPOCH_MS
    )


def test_a_reply_is_sent_and_its_receipt_kept() -> None:
    sender, deliveries = FakeSender(), FakeDeliveries()
    assert delivered(sender, deliveries) is PartState.SENT
    assert [(sent.to, sent.text) for sent in sender.sent] == [(ADAS_PHONE.value, "Hello.")]
    assert deliveries.details[KEY] == "m-1"


def test_our_ids_travel_with_the_text_and_name_its_part() -> None:
    sender = FakeSender()
    delivered(sender)
    assert sender.sent[0].context == {"conversation": CONVERSATION, "turn": "turn-1"}


def test_five_deliveries_are_one_text() -> None:
    sender, deliveries = FakeSender(), FakeDeliveries()
    states = [delivered(sender, deliveries) for _ in range(5)]
    assert (len(sender.sent), set(states)) == (1, {PartState.SENT})


@pytest.mark.parametrize("error", [Retryable("busy"), Permanent("no permission")])
def test_what_certainly_did_not_leave_is_withdrawn_and_may_leave_later(error: Exception) -> None:
    sender, deliveries = FakeSender([error, Sent("m-2")]), FakeDeliveries()
    with pytest.raises(type(error)):
        delivered(sender, deliveries)
    assert deliveries.states[KEY] is PartState.WITHDRAWN
    assert delivered(sender, deliveries) is PartState.SENT


@pytest.mark.parametrize(
    ("error", "state"),
    [
        (Undeliverable("opted out"), PartState.UNDELIVERABLE),
        (Unconfirmed("no answer"), PartState.UNKNOWN_AFTER_SEND),
    ],
)
def test_what_must_not_be_sent_again_is_not(error: Exception, state: PartState) -> None:
    sender, deliveries = FakeSender([error, Sent("m-2")]), FakeDeliveries()
    assert [delivered(sender, deliveries) for _ in range(3)] == [state] * 3
    assert len(sender.sent) == 1
    assert deliveries.details[KEY] == str(error)


class Forgetful(FakeDeliveries):
    """The process dies before a receipt is written."""

    def record(self, key: PartKey, state: PartState, *, detail: str = "") -> None:
        if state is PartState.SENT:
            raise Killed
        super().record(key, state, detail=detail)


@pytest.mark.parametrize(
    ("sender", "deliveries"),
    [(FakeSender([Killed(), Sent("m-2")]), FakeDeliveries()), (FakeSender(), Forgetful())],
    ids=["while sending", "after sending"],
)
def test_a_crash_between_intent_and_receipt_is_unknown_and_never_sent_again(
    sender: FakeSender, deliveries: FakeDeliveries
) -> None:
    with pytest.raises(Killed):
        delivered(sender, deliveries)
    assert [delivered(sender, deliveries) for _ in range(3)] == [PartState.UNKNOWN_AFTER_SEND] * 3
    assert len(sender.sent) == 1


def test_no_text_leaves_before_its_intent_is_stored() -> None:
    deliveries = FakeDeliveries()

    class Watching(FakeSender):
        def send(self, outgoing: Outgoing) -> Sent:
            assert deliveries.states == {KEY: PartState.INTENDED}
            return super().send(outgoing)

    assert delivered(Watching(), deliveries) is PartState.SENT


def test_nothing_reaches_somebody_who_opted_out_not_even_by_a_retry() -> None:
    sender, deliveries = FakeSender([Retryable("busy"), Sent("m-2")]), FakeDeliveries()
    with pytest.raises(Retryable):
        delivered(sender, deliveries)
    deliveries.opted_out.add(ADAS_PHONE)
    assert delivered(sender, deliveries) is PartState.REFUSED
    assert len(sender.sent) == 1
    assert (deliveries.states[KEY], deliveries.details[KEY]) == (PartState.REFUSED, "opted_out")


def test_the_confirmation_of_a_stop_reaches_somebody_who_just_opted_out() -> None:
    sender, deliveries = FakeSender(), FakeDeliveries(opted_out={ADAS_PHONE})
    assert delivered(sender, deliveries, reply=replace(REPLY, always=True)) is PartState.SENT


def test_a_reply_that_policy_forbids_is_refused_with_its_reason() -> None:
    sender, deliveries = FakeSender(), FakeDeliveries()
    late = replace(TEXTING, window_hours=24)
    state = deliver(REPLY, policy=late, sender=sender, deliveries=deliveries, now_ms=EPOCH_MS)
    assert (state, sender.sent, deliveries.details[KEY]) == (PartState.REFUSED, [], "window_closed")


def at(hour: int) -> int:
    """That hour in Oslo, in winter."""
    return int(datetime(2026, 11, 21, hour, tzinfo=ZoneInfo("Europe/Oslo")).timestamp() * 1000)


@pytest.mark.parametrize(
    ("hour", "asked", "state"),
    [
        (12, False, PartState.SENT),
        (22, False, PartState.REFUSED),
        (7, False, PartState.REFUSED),
        (22, True, PartState.SENT),
    ],
)
def test_what_nobody_asked_for_stays_away_in_quiet_hours(*, hour: int, asked: bool, state: PartState) -> None:
    sender, deliveries = FakeSender(), FakeDeliveries()
    reply = replace(REPLY, asked=asked, zone="Europe/Oslo")
    assert deliver(reply, policy=TEXTING, sender=sender, deliveries=deliveries, now_ms=at(hour)) is state
    assert len(sender.sent) == (state is PartState.SENT)


def test_a_reply_that_comes_after_the_window_is_refused_with_the_reason() -> None:
    sender, deliveries = FakeSender(), FakeDeliveries()
    policy = replace(TEXTING, window_hours=24)
    reply = replace(REPLY, asked_ms=EPOCH_MS - 24 * 3_600_000)
    assert (
        deliver(reply, policy=policy, sender=sender, deliveries=deliveries, now_ms=EPOCH_MS)
        is PartState.REFUSED
    )
    assert deliveries.details[KEY] == "window_closed"
    assert sender.sent == []
