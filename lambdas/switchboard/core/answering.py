"""One turn: the model, its tools, and the words on their way."""

import logging
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Protocol

from switchboard.core.channel import ChannelSpec
from switchboard.core.errors import ModelInterrupted, ModelRefused, ModelUnavailable
from switchboard.core.history import recall, said_before
from switchboard.core.instructions import instructions
from switchboard.core.model import (
    Assistant,
    Finished,
    Message,
    Model,
    Request,
    System,
    TextDelta,
    ToolCall,
    Usage,
    User,
)
from switchboard.core.people import PersonId
from switchboard.core.ports import Clock
from switchboard.core.prices import PriceBook
from switchboard.core.pump import paced
from switchboard.core.skill import ToolContext
from switchboard.core.tools import Tools
from switchboard.core.turns import Turn, TurnState
from switchboard.core.voice import Voice

TICK_SECONDS = 0.03

UNAVAILABLE = "I can't reach the service I think with right now. Please ask again in a minute."
INTERRUPTED = "… I was cut off there. Please ask again."
OUT_OF_TIME = "… I ran out of time there. Ask me to go on."
NO_WORDS = "I have no answer to that. Could you put it another way?"
GIVING_UP = "Something went wrong on my side while I worked on this. Please ask again."

_log = logging.getLogger(__name__)


class Heartbeat(Protocol):
    """Called again and again while a turn is worked on; true means: stop talking."""

    def __call__(self, voice: Voice, /) -> bool: ...


@dataclass(frozen=True, slots=True)
class Limits:
    """What one turn may take: tokens of history and of reply, rounds of tools, seconds."""

    history_tokens: int = 3_000
    reply_tokens: int = 1_000
    tool_rounds: int = 5
    seconds: float = 75


@dataclass(frozen=True, slots=True)
class Mind:
    """Everything a reply is made with."""

    model: Model
    tools: Tools
    prices: PriceBook
    clock: Clock
    limits: Limits


class _Stopped(Exception):
    pass


def reply_to(
    turn: Turn,
    earlier: Sequence[Turn],
    *,
    spec: ChannelSpec,
    mind: Mind,
    voice: Voice,
    heartbeat: Heartbeat,
) -> Turn:
    """The turn with its reply, spoken through `voice` on the way.

    Never raises for what a model does: a provider that is down, cut off or out of its mind ends
    in one honest sentence. Errors: LeaseLost, from the heartbeat.
    """
    attempt = _Attempt(person=turn.person, earlier=earlier, mind=mind, voice=voice, heartbeat=heartbeat)
    messages = [
        System(instructions(spec, attempt.now)),
        *recall(earlier, budget=mind.limits.history_tokens),
        User(turn.asked),
    ]
    state = _guarded(lambda: attempt.converse(messages), voice)
    voice.flush()
    return replace(
        turn,
        state=state,
        text=voice.text,
        beats=tuple(voice.beats),
        usage=attempt.usage,
        cost=f"{mind.prices.cost(attempt.usage):.6f}",
    )


def _guarded(work: Callable[[], None], voice: Voice) -> TurnState:
    try:
        work()
    except _Stopped:
        return TurnState.ANSWERED
    except ModelInterrupted:
        voice.say(INTERRUPTED)
        return TurnState.FAILED
    except (ModelUnavailable, ModelRefused) as error:
        _log.warning("model failed", extra={"error": type(error).__name__})
        voice.say(INTERRUPTED if voice.spoke else UNAVAILABLE)
        return TurnState.FAILED
    if not voice.spoke:
        voice.say(NO_WORDS)
    return TurnState.ANSWERED


class _Attempt:
    """The rounds of one reply: the model speaks, calls tools, and speaks again."""

    def __init__(
        self, *, person: PersonId, earlier: Sequence[Turn], mind: Mind, voice: Voice, heartbeat: Heartbeat
    ) -> None:
        self.usage = Usage()
        self.now = datetime.fromtimestamp(mind.clock.now_ms() / 1000, UTC)
        self._mind = mind
        self._voice = voice
        self._heartbeat = heartbeat
        self._ends = mind.clock.monotonic() + mind.limits.seconds
        self._context = ToolContext(person=person, now=self.now, earlier=said_before(earlier))

    def converse(self, messages: list[Message]) -> None:
        for rounds_left in range(self._mind.limits.tool_rounds, -1, -1):
            if self._heartbeat(self._voice):
                raise _Stopped
            said, calls = self._round(messages, tools_allowed=rounds_left > 0)
            if not calls or not rounds_left:
                return
            messages.append(Assistant(said, tuple(calls)))
            for call in calls:
                self._voice.tool(call.name)
                messages.append(self._mind.tools.run(call, self._context))

    def _round(self, messages: Sequence[Message], *, tools_allowed: bool) -> tuple[str, list[ToolCall]]:
        request = Request(
            messages=tuple(messages),
            tools=self._mind.tools.schemas if tools_allowed else (),
            max_tokens=self._mind.limits.reply_tokens,
        )
        return self._listen(request)

    def _listen(self, request: Request) -> tuple[str, list[ToolCall]]:
        said = ""
        calls: list[ToolCall] = []
        with closing(paced(lambda: self._mind.model.stream(request), tick_seconds=TICK_SECONDS)) as events:
            for event in events:
                match event:
                    case TextDelta(text):
                        said += text
                        self._voice.say(text)
                    case ToolCall():
                        calls.append(event)
                    case Finished(usage):
                        self.usage += usage
                    case None:
                        self._voice.tick()
                self._check()
        return said, calls

    def _check(self) -> None:
        if self._mind.clock.monotonic() > self._ends:
            self._voice.say(OUT_OF_TIME)
            raise _Stopped
        if self._voice.full or self._heartbeat(self._voice):
            raise _Stopped
