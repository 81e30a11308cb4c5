"""A conversation is an actor: one worker at a time takes what waits and answers it, in order."""

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from switchboard.core.channels.spec import ChannelSpec
from switchboard.core.conversation.budget import BudgetDeps, admit, readmit
from switchboard.core.conversation.consent import apply_consent
from switchboard.core.conversation.reply import GIVING_UP, ReplyEngine, reply_to
from switchboard.core.conversation.reply_stream import Listener, ReplyStream, retell, still_valid
from switchboard.core.conversation.shortcuts import Told, shortcut
from switchboard.core.conversation.store import Conversations, ConversationSnapshot, Lease, LeaseState
from switchboard.core.conversation.turn import Turn, TurnState, batch, follow, heard, turn_of
from switchboard.core.conversation.turn_cost import actual, worst_case
from switchboard.core.errors import LeaseLost, Permanent
from switchboard.core.messages.keywords import Keyword
from switchboard.core.messages.message import Origin, Reply
from switchboard.core.messages.ports import Replies, Signals
from switchboard.core.model.stream_reader import with_heartbeat
from switchboard.core.people.address import ConversationId
from switchboard.core.skills.commands import Commands
from switchboard.core.spend.ledger import Verdict, day_of, dollars, micros
from switchboard.core.spend.usage_texts import abandoned, warning

LEASE_MS = 30_000
RENEW_SECONDS = 8.0
CHECKPOINT_SECONDS = 0.4

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class WorkerDeps:
    """What a worker needs to hold a conversation.

    `listen` finds where a turn's words go, and `report` hears of each turn that is finished.
    """

    conversations: Conversations
    signals: Signals
    replies: Replies
    channels: Mapping[str, ChannelSpec]
    listen: Callable[[Turn], Listener]
    engine: ReplyEngine
    commands: Commands
    new_token: Callable[[], str]
    spending: BudgetDeps
    report: Callable[[Turn], None]


def work(conversation: ConversationId, *, desk: WorkerDeps, time_left: Callable[[], float]) -> int:
    """Answer what waits, turn by turn; returns how many turns were answered.

    `time_left` says how many seconds the worker has. Too few for another turn, and it lets go and
    signals again. Errors: Busy when another holds the lease, LeaseLost when another took it.
    """
    lease = Lease(conversation, desk.new_token())
    now = desk.engine.clock.now_ms()
    held = desk.conversations.acquire(lease, now_ms=now, until_ms=now + LEASE_MS)
    if held is None:
        return 0
    try:
        return _answer_all(lease, held, desk, time_left)
    except LeaseLost:
        raise
    except Exception:
        desk.conversations.let_go(lease)
        raise


def _answer_all(lease: Lease, held: LeaseState, desk: WorkerDeps, time_left: Callable[[], float]) -> int:
    answered = 0
    waiting: LeaseState | None = held
    while waiting:
        if time_left() < desk.engine.limits.seconds:
            desk.conversations.let_go(lease)
            desk.signals.signal(lease.conversation)
            return answered
        answered += _next_turn(lease, waiting, desk)
        waiting = desk.conversations.release(lease)
    return answered


def _next_turn(lease: Lease, held: LeaseState, desk: WorkerDeps) -> int:
    view = desk.conversations.read(lease, held)
    turn = _open_turn(lease, held, view, desk)
    if turn is None:
        return 0
    earlier = [other for other in view.turns if other.id < turn.id]
    if turn.finished:
        _end_again(turn, desk.listen(turn))
    else:
        turn = _TurnRunner(lease, desk).finish(turn, earlier)
    if turn.page:
        desk.replies.publish(reply_of(turn, lease.conversation, after=_replied_before(turn, earlier)))
    return 1


def _replied_before(turn: Turn, earlier: Sequence[Turn]) -> str:
    """The turn whose reply went to the same address last; `earlier` are newest first."""
    ours = (other for other in earlier if other.page and not other.home)
    return next((other.id for other in ours if other.address == turn.address), "")


def reply_of(turn: Turn, conversation: ConversationId, *, after: str = "") -> Reply:
    return Reply(
        conversation=conversation,
        turn=turn.id,
        address=turn.address,
        text=turn.page,
        asked_ms=turn.heard_ms,
        always=turn.keyword in {Keyword.STOP, Keyword.HELP},
        after=after,
        asked=turn.origin is not Origin.PUSH,
        zone=turn.zone,
    )


def _end_again(turn: Turn, listener: Listener) -> None:
    """Its holder vanished before it could say that this was all, or follow a page that reconnected."""
    retell(turn, listener, after=turn.resume_after if turn.redirects else len(turn.beats))


def _open_turn(lease: Lease, held: LeaseState, view: ConversationSnapshot, desk: WorkerDeps) -> Turn | None:
    for turn in view.turns:
        if turn.id == held.open_turn:
            return turn if turn.finished else _adopted(lease, turn, desk)
    if held.open_turn or not view.waiting:
        raise Permanent("the conversation counts more than it has")
    taken = batch(view.waiting)
    turn = replace(heard(turn_of(taken), view.turns), zone=held.zone)
    spec = desk.channels[turn.address.channel]
    return admit(
        apply_consent(turn, held, spec.policy),
        worst_case(turn, spec=spec, engine=desk.engine),
        day=day_of(desk.engine.clock.now_ms()),
        spending=desk.spending,
        begin=lambda turn, terms: desk.conversations.begin(lease, turn, taken, terms),
    )


def _adopted(lease: Lease, turn: Turn, desk: WorkerDeps) -> Turn:
    spec = desk.channels[turn.address.channel]
    return readmit(
        turn,
        worst_case(replace(turn, attempts=turn.attempts + 1), spec=spec, engine=desk.engine),
        spending=desk.spending,
        adopt=lambda reservation, terms: desk.conversations.adopt(lease, turn, reservation, terms),
    )


class _TurnRunner:
    """Works on one turn and keeps the lease while doing so."""

    def __init__(self, lease: Lease, desk: WorkerDeps) -> None:
        self._lease = lease
        self._desk = desk
        self._clock = desk.engine.clock
        self._renewed = self._checked = self._clock.monotonic()

    def finish(self, turn: Turn, earlier: Sequence[Turn]) -> Turn:
        self._turn = turn
        self._spec = self._desk.channels[turn.address.channel]
        voice = ReplyStream(self._desk.listen(turn), self._clock)
        if turn.attempts > 1:
            voice.listener.restarted()
        done = self._priced(self._paged(self._warned(self._reply(turn, earlier, voice), voice)))
        self._follow(self._desk.conversations.finish(self._lease, follow(done, self._turn)), voice)
        self._give_back(done)
        self._desk.report(done)
        voice.listener.done(len(done.beats) + 1, text=done.text, usage=done.usage, cost=done.cost)
        return done

    def _reply(self, turn: Turn, earlier: Sequence[Turn], voice: ReplyStream) -> Turn:
        if turn.silent:
            return replace(turn, state=TurnState.ANSWERED)
        if turn.greets:
            voice.say(f"{self._spec.policy.disclosure}\n\n")
        told = with_heartbeat(lambda: self._shortcut(turn, earlier), beat=lambda: self._beat(voice))
        if told:
            spoken = _spoken(turn, told.text, voice)
            return replace(spoken, quoted=told.quoted, withheld=told.withheld)
        if turn.given_up:
            return replace(_spoken(turn, _parting(turn), voice), state=TurnState.FAILED)
        return reply_to(
            turn,
            earlier,
            spec=self._spec,
            engine=self._desk.engine,
            voice=voice,
            heartbeat=self._beat,
        )

    def _shortcut(self, turn: Turn, earlier: Sequence[Turn]) -> Told | None:
        now = datetime.fromtimestamp(self._clock.now_ms() / 1000, UTC)
        return shortcut(turn, earlier, spec=self._spec, commands=self._desk.commands, now=now)

    def _warned(self, turn: Turn, voice: ReplyStream) -> Turn:
        if turn.reservation.verdict is not Verdict.WARNED:
            return turn
        return replace(_spoken(turn, f"\n\n{self._warning}", voice), state=turn.state)

    @property
    def _warning(self) -> str:
        return warning(self._desk.spending.limits.warn_at)

    def _paged(self, turn: Turn) -> Turn:
        """A warning that would wait for MORE is put first."""
        page = self._spec.paginate(turn.text)
        if page.rest and turn.reservation.verdict is Verdict.WARNED:
            page = self._spec.paginate(f"{self._warning}\n\n{turn.text.removesuffix(self._warning)}")
        return replace(turn, page=page.text, rest=page.rest)

    def _priced(self, turn: Turn) -> Turn:
        return replace(turn, cost=dollars(actual(turn, spec=self._spec, engine=self._desk.engine)))

    def _give_back(self, turn: Turn) -> None:
        """To the purse, which those who are exempt never took from."""
        spending, reserved = self._desk.spending, turn.reservation
        if not spending.limits.exempts(turn.address):
            spending.pool.give(reserved.amount - micros(turn.cost), reserved.day)

    def _beat(self, voice: ReplyStream) -> bool:
        now = self._clock.monotonic()
        if now - self._renewed >= RENEW_SECONDS:
            self._renewed = now
            self._desk.conversations.renew(self._lease, until_ms=self._clock.now_ms() + LEASE_MS)
        if self._spec.streams and now - self._checked >= CHECKPOINT_SECONDS:
            self._checked = now
            self._checkpoint(voice)
        return self._turn.stop

    def _checkpoint(self, voice: ReplyStream) -> None:
        voice.flush()
        progress = replace(self._turn, text=voice.text, beats=tuple(voice.beats))
        self._follow(self._desk.conversations.checkpoint(self._lease, progress), voice)

    def _follow(self, stored: Turn, voice: ReplyStream) -> None:
        """Speak to whoever listens now: a page that reconnected has another socket."""
        if stored.redirects != self._turn.redirects:
            listener = self._desk.listen(stored)
            voice.move(listener, after=still_valid(stored, listener, after=stored.resume_after))
        self._turn = stored


def _parting(turn: Turn) -> str:
    return abandoned(turn.reservation) if turn.reservation.verdict is Verdict.ABANDONED else GIVING_UP


def _spoken(turn: Turn, text: str, voice: ReplyStream) -> Turn:
    voice.say(text)
    voice.flush()
    return replace(turn, state=TurnState.ANSWERED, text=voice.text, beats=tuple(voice.beats))
