"""Conversations in memory: the mailbox and the lease on one state, as the table has it."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from switchboard.core.conversation.store import (
    BURST,
    HISTORY_TURNS,
    PACE_MS,
    Busy,
    ConversationSnapshot,
    Lease,
    LeaseState,
    RateLimited,
    StoredMessage,
    paced,
)
from switchboard.core.conversation.turn import Turn
from switchboard.core.errors import LeaseLost
from switchboard.core.messages.keywords import Keyword
from switchboard.core.messages.message import Inbound
from switchboard.core.people.address import ConversationId
from switchboard.core.spend.ledger import Reservation, ReservationLimits, micros

from tests.fakes.ledger import FakeLedger


@dataclass
class Box:
    """One conversation; `came` counts what was kept, `taken` what became part of a turn.

    `workers` are the tokens of those who began or adopted each turn: they alone may write it.
    """

    came: int = 0
    taken: int = 0
    holder: str = ""
    held_until: int = 0
    open_turn: str = ""
    claims: dict[tuple[str, str], str] = field(default_factory=dict)
    waiting: dict[str, Inbound] = field(default_factory=dict)
    turns: dict[str, Turn] = field(default_factory=dict)
    workers: dict[str, str] = field(default_factory=dict)
    opted_out: set[str] = field(default_factory=set)
    told: set[str] = field(default_factory=set)
    greeted: set[str] = field(default_factory=set)
    ledger: list[Inbound] = field(default_factory=list)
    paced: int = 0
    zone: str = "UTC"

    @property
    def idle(self) -> bool:
        return self.came == self.taken and not self.open_turn

    @property
    def held(self) -> LeaseState:
        return LeaseState(
            waiting=self.came - self.taken,
            open_turn=self.open_turn,
            opted_out=frozenset(self.opted_out),
            told=frozenset(self.told),
            greeted=frozenset(self.greeted),
            zone=self.zone,
        )

    def keep_pace(self, now_ms: int) -> None:
        if self.paced > now_ms + (BURST - 1) * PACE_MS:
            raise RateLimited
        self.paced = max(self.paced, now_ms) + PACE_MS

    def hear(self, message: Inbound) -> None:
        address = str(message.address)
        if message.keyword is Keyword.STOP:
            self.opted_out.add(address)
        if message.keyword is Keyword.START:
            self.opted_out.discard(address)
            self.told.discard(address)
        if message.keyword in {Keyword.STOP, Keyword.START}:
            self.ledger.append(message)


@dataclass
class FakeConversations:
    """Both sides of every conversation: `Mailbox` for those who bring, `Conversations` for the holder."""

    boxes: dict[ConversationId, Box] = field(default_factory=dict)
    ledger: FakeLedger = field(default_factory=FakeLedger)

    def box(self, conversation: ConversationId) -> Box:
        return self.boxes.setdefault(conversation, Box())

    def keep(self, conversation: ConversationId, message: Inbound) -> StoredMessage:
        box = self.box(conversation)
        claim = (message.address.channel, message.message_id)
        if claim in box.claims:
            return StoredMessage(box.claims[claim], conversation, new=False)
        if paced(message):
            box.keep_pace(message.at_ms)
        box.hear(message)
        box.claims[claim] = message.key
        box.waiting[message.key] = message
        box.came += 1
        return StoredMessage(message.key, conversation, new=True)

    def find(self, conversation: ConversationId, channel: str, message_id: str) -> StoredMessage | None:
        key = self.box(conversation).claims.get((channel, message_id))
        return StoredMessage(key, conversation, new=False) if key else None

    def redirect(self, conversation: ConversationId, key: str, *, stream: str, after: int) -> Turn | None:
        box = self.box(conversation)
        if key in box.waiting:
            box.waiting[key] = replace(box.waiting[key], stream=stream)
            return None
        turn = box.turns.get(key)
        if turn is None or turn.finished:
            return turn
        box.turns[key] = replace(turn, stream=stream, resume_after=after, redirects=turn.redirects + 1)
        return None

    def stop(self, conversation: ConversationId, key: str) -> bool:
        box = self.box(conversation)
        if key in box.waiting:
            box.waiting[key] = replace(box.waiting[key], stop=True)
            return True
        turn = box.turns.get(key)
        if turn is None or turn.finished:
            return turn is None
        box.turns[key] = replace(turn, stop=True)
        return True

    def acquire(self, lease: Lease, *, now_ms: int, until_ms: int) -> LeaseState | None:
        box = self.box(lease.conversation)
        if box.holder == lease.token:
            return box.held
        if box.idle:
            return None
        if box.holder and box.held_until >= now_ms:
            raise Busy(box.held_until)
        box.holder, box.held_until = lease.token, until_ms
        return box.held

    def renew(self, lease: Lease, *, until_ms: int) -> None:
        self._mine(lease).held_until = until_ms

    def read(self, lease: Lease, held: LeaseState) -> ConversationSnapshot:
        box = self.box(lease.conversation)
        latest = sorted(box.turns, reverse=True)[:HISTORY_TURNS]
        if held.open_turn and held.open_turn not in latest:
            latest.append(held.open_turn)
        return ConversationSnapshot(
            [box.waiting[key] for key in sorted(box.waiting)], [box.turns[key] for key in latest]
        )

    def begin(
        self, lease: Lease, turn: Turn, taken: Sequence[Inbound], terms: ReservationLimits | None = None
    ) -> bool:
        box = self._mine(lease)
        if any(box.waiting.get(message.key) != message for message in taken):
            return False
        self.ledger.reserve(turn.person, turn.reservation, terms)
        for message in taken:
            del box.waiting[message.key]
        box.turns[turn.id] = turn
        if turn.greets and not turn.silent:
            box.greeted.add(str(turn.address))
        if turn.keyword is Keyword.STOP and not turn.silent:
            box.told.add(str(turn.address))
        box.workers[turn.id] = lease.token
        box.taken += len(taken)
        box.open_turn = turn.id
        return True

    def adopt(
        self, lease: Lease, turn: Turn, reservation: Reservation, terms: ReservationLimits | None = None
    ) -> Turn:
        box = self._mine(lease)
        stored = box.turns[turn.id]
        if stored.finished:
            return stored
        more = reservation.amount - turn.reservation.amount
        self.ledger.reserve(turn.person, replace(reservation, amount=more), terms)
        box.turns[turn.id] = replace(stored, attempts=stored.attempts + 1, reservation=reservation)
        box.workers[turn.id] = lease.token
        return replace(turn, attempts=turn.attempts + 1, reservation=reservation)

    def checkpoint(self, lease: Lease, turn: Turn) -> Turn:
        box = self.box(lease.conversation)
        if box.workers.get(turn.id) != lease.token:
            raise LeaseLost("another worker has the turn")
        box.turns[turn.id] = replace(
            box.turns[turn.id],
            state=turn.state,
            text=turn.text,
            page=turn.page,
            rest=turn.rest,
            beats=turn.beats,
            usage=turn.usage,
            cost=turn.cost,
            quoted=turn.quoted,
            withheld=turn.withheld,
        )
        return box.turns[turn.id]

    def finish(self, lease: Lease, turn: Turn) -> Turn:
        box = self.box(lease.conversation)
        before = box.turns[turn.id]
        stored = self.checkpoint(lease, before if before.finished else turn)
        if not before.finished:
            self.ledger.settle(turn.person, turn.reservation, micros(turn.cost or "0"))
        return stored

    def release(self, lease: Lease) -> LeaseState | None:
        box = self._mine(lease)
        if box.came != box.taken:
            return replace(box.held, open_turn="")
        box.holder, box.open_turn = "", ""
        return None

    def let_go(self, lease: Lease) -> None:
        self._mine(lease).holder = ""

    def _mine(self, lease: Lease) -> Box:
        box = self.box(lease.conversation)
        if box.holder != lease.token:
            raise LeaseLost("another worker holds the conversation")
        return box
