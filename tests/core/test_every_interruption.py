"""Crashes, arrivals and take-overs at every step: each message is answered once, in order."""

import threading
from dataclasses import dataclass, field, replace
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from switchboard.core.conversation.reply_stream import retell
from switchboard.core.spend.ledger import micros

from tests.examples import ADA, CONVERSATION
from tests.fakes.clock import ManualClock
from tests.fakes.desk import Office
from tests.fakes.interruptions import die
from tests.fakes.listener import Heard
from tests.fakes.model import FakeModel
from tests.fakes.world import Happening, World


def world() -> World:
    """Two texts that will be taken together, and then a prompt."""
    made = World()
    made.arrive()
    made.arrive()
    made.arrive(streams=True)
    return made


STEPS = world().work()
EVERY = range(1, STEPS + 1)


def settled(made: World) -> None:
    made.settle()
    made.check()


def test_the_undisturbed_run_has_the_steps_that_are_explored() -> None:
    made = world()
    assert made.work() == STEPS > 20
    settled(made)


@pytest.mark.parametrize("step", EVERY)
def test_a_worker_may_die_at_any_step(step: int) -> None:
    made = world()
    made.work({step: die})
    settled(made)


@pytest.mark.parametrize("step", EVERY)
def test_its_successor_may_die_at_any_step_too(step: int) -> None:
    for second in range(1, STEPS + 8):
        made = world()
        made.work({step: die})
        made.expire()
        made.work({second: die})
        settled(made)


@pytest.mark.parametrize("step", EVERY)
def test_messages_may_come_at_any_step_before_a_crash_at_any_other(step: int) -> None:
    for second in range(step, STEPS + 8):
        made = world()
        made.work({step: made.arrive, second + 1: die})
        settled(made)


@pytest.mark.parametrize("step", EVERY)
def test_a_worker_may_be_overtaken_at_any_step_by_one_that_dies_at_any_other(step: int) -> None:
    for second in range(STEPS + 2):
        made = world()

        def overtaken(made: World = made, second: int = second) -> None:
            made.overtake({second: die})

        made.work({step: overtaken})
        settled(made)


@dataclass
class Rival:
    """Overtakes a worker, gets as far as a given step, and goes on when the other has come to its end."""

    world: World
    stops_at: int
    waits: threading.Event = field(default_factory=threading.Event)
    goes_on: threading.Event = field(default_factory=threading.Event)
    thread: threading.Thread | None = None

    def overtake(self) -> None:
        self.thread = threading.Thread(target=self._run)
        self.thread.start()
        assert self.waits.wait(5)

    def finish(self) -> None:
        self.goes_on.set()
        if self.thread:
            self.thread.join(5)

    def _run(self) -> None:
        self.world.overtake({self.stops_at: self._pause})
        self.waits.set()

    def _pause(self) -> None:
        self.waits.set()
        assert self.goes_on.wait(5)


@pytest.mark.parametrize("step", EVERY)
def test_two_workers_may_be_in_each_others_way_at_any_two_steps(step: int) -> None:
    for second in EVERY:
        made = world()
        rival = Rival(made, stops_at=second)
        made.work({step: rival.overtake})
        rival.finish()
        settled(made)


def chatting() -> World:
    """A prompt whose reply takes several deltas and several checkpoints."""
    office = Office(FakeModel([[f" {word}" for word in range(8)]]), clock=ManualClock(step=0.1))
    made = World(office=office)
    made.arrive(streams=True)
    return made


def reconnect(made: World) -> None:
    """What a page does that has lost its socket and everything it heard."""
    finished = made.office.conversations.redirect(
        CONVERSATION, made.arrived[0].key, stream="socket-2", after=0
    )
    if finished:
        retell(finished, made.office.page("socket-2"), after=0)


CHAT = range(1, chatting().work() + 1)


@pytest.mark.parametrize("step", CHAT)
def test_a_page_may_reconnect_at_any_step_before_a_crash_at_any_other(step: int) -> None:
    for second in range(step, CHAT.stop + 1):
        made = chatting()
        made.work({step: partial(reconnect, made), second + 1: die})
        made.settle()
        shown = made.office.page("socket-2").shown
        assert [each.seq for each in shown] == list(range(1, len(shown) + 1))
        *said, done = shown
        assert done == Heard("done", len(shown), made.office.turns[0].text)
        assert done.text == "".join(each.text for each in said)


happenings = st.dictionaries(
    st.integers(min_value=1, max_value=40),
    st.sampled_from(["die", "arrive", "prompt", "expire", "overtake"]),
    max_size=4,
)


@settings(max_examples=150, deadline=None)
@given(st.lists(happenings, min_size=1, max_size=5))
def test_no_mixture_of_misfortunes_loses_or_doubles_a_message(lives: list[dict[int, str]]) -> None:
    made, later = world(), list(lives)

    def happen(kind: str) -> Happening:
        return {
            "die": die,
            "arrive": made.arrive,
            "prompt": lambda: made.arrive(streams=True),
            "expire": made.expire,
            "overtake": lambda: made.overtake(life()),
        }[kind]

    def life() -> dict[int, Happening]:
        return {step: happen(kind) for step, kind in (later.pop() if later else {}).items()}

    while later:
        if made.queue.pending:
            made.work(life())
        else:
            made.arrive()
    settled(made)


def test_the_exploration_notices_a_message_that_is_answered_twice() -> None:
    made = world()
    made.settle()
    made.office.box.turns["again"] = replace(made.office.turns[0], id="again")
    with pytest.raises(AssertionError):
        made.check()


def test_the_exploration_notices_a_message_that_is_stranded() -> None:
    made = world()
    made.queue.pending.clear()
    made.settle()
    with pytest.raises(AssertionError):
        made.check()


def test_the_exploration_notices_a_reservation_that_was_not_settled() -> None:
    made = world()
    made.settle()
    made.office.ledger.reserve(ADA, made.office.turns[0].reservation, None)
    with pytest.raises(AssertionError):
        made.check()


def test_the_exploration_notices_a_turn_that_was_settled_twice() -> None:
    made = world()
    made.settle()
    done = made.office.turns[0]
    made.office.ledger.settle(ADA, replace(done.reservation, amount=0), micros(done.cost))
    with pytest.raises(AssertionError):
        made.check()
