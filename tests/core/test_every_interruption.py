"""Crashes, arrivals and take-overs at every step: each message is answered once, in order."""

import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import count

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from switchboard.core.actor import work
from switchboard.core.conversations import Busy
from switchboard.core.errors import LeaseLost
from switchboard.core.messages import Inbound
from switchboard.core.voice import retell

from tests.examples import CONVERSATION, prompt, text
from tests.fakes.clock import ManualClock
from tests.fakes.desk import Office
from tests.fakes.interruptions import Interruptions, Killed, die
from tests.fakes.listener import Heard
from tests.fakes.model import FakeModel
from tests.fakes.topics import FakeSignals

Happening = Callable[[], None]
ROUNDS = 60


@dataclass
class Queue(FakeSignals):
    """The turns queue: a signal is gone once it was acknowledged, and comes again otherwise."""

    pending: deque[str] = field(default_factory=deque)

    def signal(self, conversation: str) -> None:
        self.pending.append(conversation)


def never_the_same() -> FakeModel:
    """Whoever asks again hears something else."""
    return FakeModel([[f"Answer {number}."] for number in range(ROUNDS)])


@dataclass
class World:
    """One conversation, the queue of its signals, and workers that things happen to."""

    queue: Queue = field(default_factory=Queue)
    office: Office = field(default_factory=lambda: Office(never_the_same()))
    arrived: list[Inbound] = field(default_factory=list)
    numbers: "count[int]" = field(default_factory=lambda: count(1))

    def arrive(self, *, streams: bool = False) -> None:
        """A message is kept, then signalled, as every channel does it."""
        make = prompt if streams else text
        self.arrived.append(make(next(self.numbers)))
        self.office.keep(self.arrived[-1])
        self.queue.signal(CONVERSATION)

    def work(self, happens: dict[int, Happening] | None = None) -> int:
        """A worker takes a signal; how many steps it made."""
        interruptions = Interruptions(happens or {})
        signal = self.queue.pending.popleft()
        try:
            self._worker(interruptions)
        except (Killed, LeaseLost):
            self.queue.pending.append(signal)
        except Busy as busy:
            self.queue.pending.append(signal)
            self._wait_until(busy.until_ms + 1)
        return interruptions.step

    def overtake(self, happens: dict[int, Happening] | None = None) -> None:
        """The lease runs out while its holder is stuck, and another signal brings another worker."""
        self.expire()
        self.queue.signal(CONVERSATION)
        self.queue.pending.rotate(1)
        self.work(happens)

    def expire(self) -> None:
        self._wait_until(max(self.office.box.held_until, self.office.clock.now_ms()) + 1)

    def settle(self) -> None:
        for _ in range(ROUNDS):
            if not self.queue.pending:
                return
            self.work()
        pytest.fail("the queue never came to rest")

    def check(self) -> None:
        box, turns = self.office.box, self.office.turns
        assert (box.idle, box.holder, list(box.waiting)) == (True, "", [])
        asked = [line for turn in turns for line in turn.asked.split("\n")]
        assert asked == [message.text for message in self.arrived]
        published = [(reply.turn, reply.text) for reply in self.office.replies.published]
        assert list(dict.fromkeys(published)) == [(turn.id, turn.text) for turn in turns]
        self._check_pages()

    def _check_pages(self) -> None:
        """Whoever prompts learns the end of the reply, whatever happened on the way."""
        done = [heard for heard in self.office.page().heard if heard.kind == "done"]
        assert len(done) >= sum(bool(turn.stream) for turn in self.office.turns)

    def _worker(self, interruptions: Interruptions) -> None:
        desk = self.office.desk
        conversations, replies, signals = map(
            interruptions.on, (desk.conversations, desk.replies, self.queue)
        )
        watched = replace(desk, conversations=conversations, replies=replies, signals=signals)
        work(CONVERSATION, desk=watched, time_left=lambda: 1_000)

    def _wait_until(self, at_ms: int) -> None:
        self.office.clock.advance(max(0, at_ms - self.office.clock.now_ms()) / 1000)


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
