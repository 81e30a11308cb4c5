"""Conversations in memory: the mailbox and the lease on one state, as the table has it."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from switchboard.core.conversations import HISTORY_TURNS, Busy, Held, Kept, Lease, View
from switchboard.core.errors import LeaseLost
from switchboard.core.messages import Inbound
from switchboard.core.people import ConversationId
from switchboard.core.turns import Turn


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

    @property
    def idle(self) -> bool:
        return self.came == self.taken and not self.open_turn

    @property
    def held(self) -> Held:
        return Held(waiting=self.came - self.taken, open_turn=self.open_turn)


@dataclass
class FakeConversations:
    """Both sides of every conversation: `Mailbox` for those who bring, `Conversations` for the holder."""

    boxes: dict[ConversationId, Box] = field(default_factory=dict)

    def box(self, conversation: ConversationId) -> Box:
        return self.boxes.setdefault(conversation, Box())

    def keep(self, conversation: ConversationId, message: Inbound) -> Kept:
        box = self.box(conversation)
        claim = (message.address.channel, message.message_id)
        if claim in box.claims:
            return Kept(box.claims[claim], new=False)
        box.claims[claim] = message.key
        box.waiting[message.key] = message
        box.came += 1
        return Kept(message.key, new=True)

    def key_of(self, conversation: ConversationId, channel: str, message_id: str) -> str | None:
        return self.box(conversation).claims.get((channel, message_id))

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

    def acquire(self, lease: Lease, *, now_ms: int, until_ms: int) -> Held | None:
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

    def read(self, lease: Lease, held: Held) -> View:
        box = self.box(lease.conversation)
        latest = sorted(box.turns, reverse=True)[:HISTORY_TURNS]
        if held.open_turn and held.open_turn not in latest:
            latest.append(held.open_turn)
        return View([box.waiting[key] for key in sorted(box.waiting)], [box.turns[key] for key in latest])

    def begin(self, lease: Lease, turn: Turn, taken: Sequence[Inbound]) -> bool:
        box = self._mine(lease)
        if any(box.waiting.get(message.key) != message for message in taken):
            return False
        for message in taken:
            del box.waiting[message.key]
        box.turns[turn.id] = turn
        box.workers[turn.id] = lease.token
        box.taken += len(taken)
        box.open_turn = turn.id
        return True

    def adopt(self, lease: Lease, turn: Turn) -> Turn:
        box = self._mine(lease)
        stored = box.turns[turn.id]
        if stored.finished:
            return stored
        box.turns[turn.id] = replace(stored, attempts=stored.attempts + 1)
        box.workers[turn.id] = lease.token
        return replace(turn, attempts=turn.attempts + 1)

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
        )
        return box.turns[turn.id]

    def release(self, lease: Lease) -> Held | None:
        box = self._mine(lease)
        if box.came != box.taken:
            return Held(waiting=box.held.waiting)
        box.holder, box.open_turn = "", ""
        return None

    def let_go(self, lease: Lease) -> None:
        self._mine(lease).holder = ""

    def _mine(self, lease: Lease) -> Box:
        box = self.box(lease.conversation)
        if box.holder != lease.token:
            raise LeaseLost("another worker holds the conversation")
        return box
