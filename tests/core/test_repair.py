"""A part is sent at most once more, a failed turn asked again once, and both only while they are open."""

from dataclasses import dataclass, field, replace
from decimal import Decimal

import pytest
from switchboard.core.channels.delivery import DeliveryEvent, PartKey, PartState, deliver
from switchboard.core.channels.policy import Policy
from switchboard.core.channels.spec import Sent
from switchboard.core.conversation.turn import TurnState
from switchboard.core.errors import Unconfirmed
from switchboard.core.messages.message import Reply
from switchboard.core.operations.repairs import IN_FLIGHT_MS, AuditStamp, NotRepairable, rerun, resend

from tests.examples import CONVERSATION, turn
from tests.fakes.clock import EPOCH_MS
from tests.fakes.deliveries import FakeDeliveries, FakeSender
from tests.fakes.repairs import FakeRepairs
from tests.fakes.topics import FakeReplies, FakeSignals

LATER = AuditStamp("the operator", EPOCH_MS + IN_FLIGHT_MS + 1)
ANY = Policy(private=frozenset())


@dataclass
class Bench:
    repairs: FakeRepairs = field(
        default_factory=lambda: FakeRepairs(deliveries=FakeDeliveries(now_ms=lambda: EPOCH_MS))
    )
    replies: FakeReplies = field(default_factory=FakeReplies)
    signals: FakeSignals = field(default_factory=FakeSignals)
    sender: FakeSender = field(default_factory=lambda: FakeSender([Unconfirmed("no answer"), Sent("m-2")]))

    def ended(self, state: TurnState, *, stream: str = "") -> PartKey:
        done = replace(turn(1, "What now?"), state=state, text="All of it.", page="All", stream=stream)
        self.repairs.conversations.box(CONVERSATION).turns[done.id] = done
        return PartKey(CONVERSATION, done.id)

    def deliver(self, reply: Reply) -> PartState:
        return deliver(
            reply, policy=ANY, sender=self.sender, deliveries=self.repairs.deliveries, now_ms=EPOCH_MS
        )

    def doubted(self) -> PartKey:
        key = self.ended(TurnState.ANSWERED)
        asked = self.repairs.turn(key)
        assert asked is not None
        assert self.deliver(Reply(CONVERSATION, asked.id, asked.address, asked.page)) is (
            PartState.UNKNOWN_AFTER_SEND
        )
        return key

    def resend(self, key: PartKey, hand: AuditStamp = LATER) -> None:
        resend(key, repairs=self.repairs, replies=self.replies, hand=hand)

    def rerun(self, key: PartKey) -> None:
        rerun(key, repairs=self.repairs, mailbox=self.repairs.conversations, signals=self.signals, hand=LATER)

    @property
    def waiting(self) -> list[str]:
        return [each.text for each in self.repairs.conversations.box(CONVERSATION).waiting.values()]


def test_a_doubted_part_is_sent_again_once_however_often_it_is_published() -> None:
    bench = Bench()
    key = bench.doubted()
    bench.resend(key)
    bench.resend(key)
    assert [reply.text for reply in bench.replies.published] == ["All", "All"]
    assert [bench.deliver(reply) for reply in bench.replies.published] == [PartState.SENT, PartState.SENT]
    assert len(bench.sender.sent) == 2


def test_an_event_of_the_first_send_keeps_the_second_from_going_out() -> None:
    bench = Bench()
    key = bench.doubted()
    bench.resend(key)
    bench.repairs.deliveries.settle(
        DeliveryEvent(key, "DELIVERED", final=True, parts=1, price=Decimal("0.01"))
    )
    assert bench.deliver(bench.replies.published[0]) is PartState.SENT
    assert len(bench.sender.sent) == 1


def test_a_part_that_may_be_on_its_way_is_not_published_again() -> None:
    bench = Bench()
    key = bench.doubted()
    with pytest.raises(NotRepairable):
        bench.resend(key, replace(LATER, at_ms=EPOCH_MS + 1_000))
    assert bench.replies.published == []


def test_a_part_of_no_turn_is_not_published() -> None:
    with pytest.raises(NotRepairable):
        Bench().resend(PartKey(CONVERSATION, "nothing"))


def test_a_failed_turn_is_asked_again_once_and_its_person_signalled_for() -> None:
    bench = Bench()
    key = bench.ended(TurnState.FAILED)
    bench.rerun(key)
    with pytest.raises(NotRepairable):
        bench.rerun(key)
    assert bench.waiting == ["What now?"]
    assert bench.signals.sent == [CONVERSATION]


def test_after_a_crash_before_it_was_closed_it_is_still_asked_only_once() -> None:
    bench = Bench()
    key = bench.ended(TurnState.FAILED)
    bench.rerun(key)
    bench.repairs.closed.clear()
    bench.rerun(key)
    assert bench.waiting == ["What now?"]
    assert bench.repairs.failed(key) is None


@pytest.mark.parametrize(("state", "stream"), [(TurnState.ANSWERED, ""), (TurnState.FAILED, "socket-1")])
def test_what_did_not_fail_or_was_asked_on_a_page_is_not_asked_again(state: TurnState, stream: str) -> None:
    bench = Bench()
    key = bench.ended(state, stream=stream)
    with pytest.raises(NotRepairable):
        bench.rerun(key)
    assert (bench.waiting, bench.signals.sent) == ([], [])
