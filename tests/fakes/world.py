"""One conversation to which everything happens, and what must be true of it when it comes to rest."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from itertools import count

import pytest
from switchboard.core.conversation.store import Busy
from switchboard.core.conversation.worker import work
from switchboard.core.errors import LeaseLost
from switchboard.core.messages.message import Inbound
from switchboard.core.spend.ledger import micros

from tests.examples import ADA, CONVERSATION, prompt, text
from tests.fakes.desk import BILLED, Office
from tests.fakes.interruptions import Interruptions, Killed
from tests.fakes.ledger import EVERYBODY
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
    office: Office = field(default_factory=lambda: Office(never_the_same(), sms=BILLED))
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
        assert list(dict.fromkeys(published)) == [(turn.id, turn.page) for turn in turns]
        self._check_pages()
        self._check_money()

    def _check_pages(self) -> None:
        """Whoever prompts learns the end of the reply, whatever happened on the way."""
        done = [heard for heard in self.office.page().heard if heard.kind == "done"]
        assert len(done) >= sum(bool(turn.stream) for turn in self.office.turns)

    def _check_money(self) -> None:
        """What each turn did cost was reserved, is settled, once, and nothing is left reserved."""
        sheets = self.office.ledger.sheets
        turns = self.office.turns
        assert all(micros(turn.cost) <= turn.reservation.amount for turn in turns)
        spent = sum(micros(turn.cost) for turn in turns)
        (own,) = (sheet for (who, _), sheet in sheets.items() if who == ADA)
        assert sum(own.settled.values()) == sum(own.committed.values()) == spent > 0
        (everybody,) = (sheet for (who, _), sheet in sheets.items() if who == EVERYBODY)
        assert sum(everybody.committed.values()) >= spent

    def _worker(self, interruptions: Interruptions) -> None:
        desk = self.office.desk
        conversations, replies, signals = map(
            interruptions.on, (desk.conversations, desk.replies, self.queue)
        )
        watched = replace(
            desk,
            conversations=conversations,
            replies=replies,
            signals=signals,
            spending=self.office.spending(interruptions.on(self.office.ledger)),
        )
        work(CONVERSATION, desk=watched, time_left=lambda: 1_000)

    def _wait_until(self, at_ms: int) -> None:
        self.office.clock.advance(max(0, at_ms - self.office.clock.now_ms()) / 1000)
