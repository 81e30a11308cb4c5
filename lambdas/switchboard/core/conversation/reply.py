"""One turn: the model, its tools, and the words on their way."""

import logging
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from decimal import Decimal
from typing import Protocol

from switchboard.core.channels.policy import Policy
from switchboard.core.channels.spec import ChannelSpec
from switchboard.core.conversation.history import context_of, history_messages
from switchboard.core.conversation.instructions import instructions
from switchboard.core.conversation.reply_stream import ReplyStream
from switchboard.core.conversation.tool_guard import Guard, agreed, question
from switchboard.core.conversation.turn import Turn, TurnState
from switchboard.core.errors import ModelInterrupted, ModelRefused, ModelUnavailable
from switchboard.core.messages.ports import Clock
from switchboard.core.model.stream_reader import TICK_SECONDS, paced, with_heartbeat
from switchboard.core.model.token_estimates import (
    Counted,
    estimate_tokens,
    most_tokens,
    request_tokens,
    schema_tokens,
)
from switchboard.core.model.types import (
    Assistant,
    Finished,
    Message,
    Model,
    Request,
    System,
    TextDelta,
    ToolCall,
    ToolResult,
    Usage,
    User,
)
from switchboard.core.skills.tools import RESULT_CHARS, Tools
from switchboard.core.spend.prices import PriceBook

INSTRUCTIONS_TOKENS = 400

UNAVAILABLE = "I can't reach the service I think with right now. Please ask again in a minute."
INTERRUPTED = "… I was cut off there. Please ask again."
OUT_OF_TIME = "… I ran out of time there. Ask me to go on."
NO_WORDS = "I have no answer to that. Could you put it another way?"
TOO_MANY_STEPS = "… That takes more steps than I may spend on one answer. Ask me to go on."
GIVING_UP = "Something went wrong on my side while I worked on this. Please ask again."

_log = logging.getLogger(__name__)


class ShouldStop(Protocol):
    """Called again and again while a turn is worked on; true means: stop talking."""

    def __call__(self, voice: ReplyStream, /) -> bool: ...


@dataclass(frozen=True, slots=True)
class Limits:
    """What one turn may take: tokens of history and of reply, rounds of tools, seconds."""

    history_tokens: int = 3_000
    reply_tokens: int = 1_000
    tool_rounds: int = 5
    seconds: float = 75


@dataclass(frozen=True, slots=True)
class ReplyEngine:
    """Everything a reply is made with; `models` are the names of those that may be asked for it."""

    model: Model
    tools: Tools
    prices: PriceBook
    clock: Clock
    limits: Limits
    models: tuple[str, ...] = ()

    def expects(self, prompt: int, completion: int) -> Usage:
        """So many tokens, of the dearest model that may be asked."""
        return Usage(model=self.prices.dearest(self.models), prompt=prompt, completion=completion)


def worst_usage(asked: str, engine: ReplyEngine) -> Usage:
    """The most that an attempt at a turn may use: every round with a full history and a long result."""
    limits, rounds = engine.limits, engine.limits.tool_rounds + 1
    fixed = INSTRUCTIONS_TOKENS + limits.history_tokens + schema_tokens(engine.tools.schemas)
    later = limits.reply_tokens + RESULT_CHARS // 3
    return engine.expects(
        prompt=rounds * (fixed + estimate_tokens(asked) + later), completion=rounds * limits.reply_tokens
    )


class _Stopped(Exception):
    pass


def reply_to(
    turn: Turn,
    earlier: Sequence[Turn],
    *,
    spec: ChannelSpec,
    engine: ReplyEngine,
    voice: ReplyStream,
    heartbeat: ShouldStop,
) -> Turn:
    """The turn with its reply, spoken through `voice` on the way.

    Never raises for what a model does: a provider that is down, cut off or out of its mind ends
    in one honest sentence. Errors: LeaseLost, from the heartbeat.
    """
    told = history_messages(earlier, budget=engine.limits.history_tokens)
    attempt = _AgentLoop(
        turn=turn,
        earlier=earlier,
        told=told,
        policy=spec.policy,
        engine=engine,
        voice=voice,
        heartbeat=heartbeat,
    )
    messages = [System(instructions(spec, attempt.now)), *told, User(turn.asked)]
    state = _guarded(lambda: attempt.converse(messages, agreed(turn, earlier)), voice)
    withheld = _asked_for(attempt.guard.withheld, voice)
    voice.flush()
    return replace(
        turn,
        state=state,
        text=voice.text,
        beats=tuple(voice.beats),
        usage=attempt.usage,
        cost=f"{attempt.cost:.6f}",
        quoted=attempt.guard.sources(voice.text),
        withheld=withheld,
    )


def _asked_for(withheld: Sequence[ToolCall], voice: ReplyStream) -> tuple[ToolCall, ...]:
    """Those that the person is asked about: none, where the question has no room."""
    if not withheld:
        return ()
    asked = question(withheld)
    voice.say(f"\n\n{asked}")
    voice.flush()
    return tuple(withheld) if voice.text.endswith(asked) else ()


def _guarded(work: Callable[[], None], voice: ReplyStream) -> TurnState:
    before = voice.length
    try:
        work()
    except _Stopped:
        return TurnState.ANSWERED
    except ModelInterrupted:
        voice.say(INTERRUPTED)
        return TurnState.FAILED
    except (ModelUnavailable, ModelRefused) as error:
        _log.warning("model failed", extra={"error": type(error).__name__})
        voice.say(INTERRUPTED if voice.length > before else UNAVAILABLE)
        return TurnState.FAILED
    if voice.length == before:
        voice.say(NO_WORDS)
    return TurnState.ANSWERED


class _AgentLoop:
    """The rounds of one reply: the model speaks, calls tools, and speaks again."""

    def __init__(
        self,
        *,
        turn: Turn,
        earlier: Sequence[Turn],
        told: Sequence[Message],
        policy: Policy,
        engine: ReplyEngine,
        voice: ReplyStream,
        heartbeat: ShouldStop,
    ) -> None:
        self.usage = Usage()
        self.cost = Decimal(0)
        self._counted = Counted()
        self.now = datetime.fromtimestamp(engine.clock.now_ms() / 1000, UTC)
        self._engine = engine
        self._tools = engine.tools.of(policy.offers)
        self._most = engine.prices.cost(worst_usage(turn.asked, engine))
        self._voice = voice
        self._began = voice.length
        self._heartbeat = heartbeat
        self._ends = engine.clock.monotonic() + engine.limits.seconds
        self.guard = Guard(self._tools, turn, context_of(turn, earlier, self.now), told=told)

    def converse(self, messages: list[Message], waiting: Sequence[ToolCall]) -> None:
        """First what has waited for the yes that the person has just said, then the model."""
        if waiting:
            messages.append(Assistant("", tuple(waiting)))
            for call in waiting:
                self._voice.tool(call.name)
                messages.append(self._with_heartbeat(self.guard.resume, call))
        for rounds_left in range(self._engine.limits.tool_rounds, -1, -1):
            if self._heartbeat(self._voice):
                raise _Stopped
            said, calls = self._round(messages, tools_allowed=rounds_left > 0)
            if not calls or not rounds_left:
                return
            messages.append(Assistant(said, tuple(calls)))
            self.guard.decided()
            messages.extend(map(self._called, calls))

    def _called(self, call: ToolCall) -> ToolResult:
        if not self.guard.allows(call):
            return self.guard.withhold(call)
        self._voice.tool(call.name)
        return self._with_heartbeat(self.guard.run, call)

    def _with_heartbeat(self, run: Callable[[ToolCall], ToolResult], call: ToolCall) -> ToolResult:
        return with_heartbeat(lambda: run(call), beat=lambda: self._heartbeat(self._voice))

    def _round(self, messages: Sequence[Message], *, tools_allowed: bool) -> tuple[str, list[ToolCall]]:
        request = Request(
            messages=tuple(messages),
            tools=self._tools.schemas if tools_allowed else (),
            max_tokens=self._engine.limits.reply_tokens,
        )
        most = self._engine.expects(most_tokens(request, self._counted), request.max_tokens)
        if self.cost + self._engine.prices.cost(most) > self._most:
            self._voice.say(TOO_MANY_STEPS)
            raise _Stopped
        return self._listen(request, self._engine.expects(request_tokens(request), request.max_tokens))

    def _listen(self, request: Request, expected: Usage) -> tuple[str, list[ToolCall]]:
        """A provider that breaks off, or is told to stop, is taken to have used all it was allowed to."""
        said = ""
        calls: list[ToolCall] = []
        used = expected
        try:
            with closing(
                paced(lambda: self._engine.model.stream(request), tick_seconds=TICK_SECONDS)
            ) as events:
                for event in events:
                    match event:
                        case TextDelta(text):
                            self._voice.say(self._gap(said) + text)
                            said += text
                        case ToolCall():
                            calls.append(event)
                        case Finished(usage):
                            used = usage if usage.prompt else _estimated(usage, expected, said, calls)
                            self._counted = Counted(len(request.messages), used.prompt)
                        case None:
                            self._voice.tick()
                    self._check()
        except (ModelUnavailable, ModelRefused):
            used = Usage()
            raise
        finally:
            self._charge(used)
        return said, calls

    def _charge(self, used: Usage) -> None:
        self.usage += used
        self.cost += self._engine.prices.cost(used)

    def _gap(self, said: str) -> str:
        """What is said after a tool's answer does not run into what was said before it."""
        return "\n\n" if not said and self._voice.length > self._began else ""

    def _check(self) -> None:
        if self._engine.clock.monotonic() > self._ends:
            self._voice.say(OUT_OF_TIME)
            raise _Stopped
        if self._voice.full or self._heartbeat(self._voice):
            raise _Stopped


def _estimated(usage: Usage, expected: Usage, said: str, calls: Sequence[ToolCall]) -> Usage:
    """What a provider used that gives no figures, by an estimate that errs high."""
    written = said + "".join(call.id + call.name + call.arguments for call in calls)
    return Usage(usage.model, expected.prompt, completion=estimate_tokens(written))
