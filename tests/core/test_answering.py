"""One turn: whatever the model does, it ends in words that are honest."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

import pytest
from switchboard.core.channels.spec import ChannelSpec
from switchboard.core.conversation import reply
from switchboard.core.conversation.reply import Limits, reply_to
from switchboard.core.conversation.reply_stream import REPLY_BYTES, ReplyStream
from switchboard.core.conversation.turn import Turn, TurnState
from switchboard.core.errors import LeaseLost, ModelInterrupted, ModelRefused, ModelUnavailable
from switchboard.core.model.types import Assistant, System, ToolCall, ToolResult, ToolSchema, Usage, User
from switchboard.core.skills.spec import Effect, Quotes, Toolbox, ToolContext, never

from tests.examples import ADA, turn
from tests.fakes.desk import SMS, WEB, Office
from tests.fakes.listener import FakeListener
from tests.fakes.model import STALL, USAGE, FakeModel, Step

CALL = ToolCall("c-1", "clock", "{}")


@dataclass
class Clock:
    """A tool that remembers what it was told of the turn."""

    contexts: list[ToolContext] = field(default_factory=list)
    schema: ToolSchema = field(default_factory=lambda: ToolSchema("clock", "The time.", {"type": "object"}))

    effect: Effect = Effect.READS
    quotes: Quotes = never

    def run(self, arguments: str, context: ToolContext) -> str:
        self.contexts.append(context)
        return f"noon {arguments}"


def carry_on(_voice: ReplyStream) -> bool:
    return False


@dataclass
class Talk:
    """A turn as it was answered, and everybody who had a part in it."""

    office: Office
    clock_tool: Clock
    listener: FakeListener
    turn: Turn

    @property
    def model(self) -> FakeModel:
        return self.office.model


def answer(
    *scripts: Sequence[Step] | BaseException,
    earlier: Sequence[Turn] = (),
    limits: Limits | None = None,
    spec: ChannelSpec = SMS,
    heartbeat: Callable[[ReplyStream], bool] = carry_on,
    office: Office | None = None,
) -> Talk:
    tool, listener = Clock(), FakeListener()
    office = office or Office()
    office.model = FakeModel(scripts)
    office.skills = {"test": Toolbox(tools=[tool])}
    office.limits = limits or Limits()
    voice = ReplyStream(listener, office.clock)
    done = reply_to(
        turn(9, "What time is it?"),
        earlier,
        spec=spec,
        engine=office.engine,
        voice=voice,
        heartbeat=heartbeat,
    )
    return Talk(office, tool, listener, done)


def test_what_the_model_says_is_the_reply() -> None:
    talk = answer(["It is", " noon."])
    assert (talk.turn.text, talk.turn.state) == ("It is noon.", TurnState.ANSWERED)
    assert talk.listener.words == "It is noon."


def test_the_model_is_told_who_it_is_what_was_said_and_what_is_asked() -> None:
    earlier = [replace(turn(1, "Hi"), state=TurnState.ANSWERED, text="Hello.")]
    system, *rest = answer(["Noon."], earlier=earlier).model.requests[0].messages
    assert isinstance(system, System)
    assert rest == [User("Hi"), Assistant("Hello."), User("What time is it?")]


@pytest.mark.parametrize(("spec", "style"), [(SMS, "plain text"), (WEB, "simple Markdown")])
def test_the_model_writes_as_the_channel_shows_it(spec: ChannelSpec, style: str) -> None:
    system = answer(["Noon."], spec=spec).model.requests[0].messages[0]
    assert isinstance(system, System)
    assert style in system.text


def test_history_and_reply_keep_within_their_limits() -> None:
    earlier = [replace(turn(n, "x" * 300), state=TurnState.ANSWERED, text="y" * 300) for n in (3, 2, 1)]
    limits = Limits(history_tokens=250, reply_tokens=77)
    request = answer(["Noon."], earlier=earlier, limits=limits).model.requests[0]
    assert len(request.messages) == 4
    assert request.max_tokens == 77


# Tools


def test_a_tool_answers_the_model_and_the_model_answers_the_person() -> None:
    talk = answer(["Let me look. ", CALL], ["It is noon."])
    assert talk.turn.text == "Let me look. \n\nIt is noon."
    assert talk.model.requests[1].messages[-2:] == (
        Assistant("Let me look. ", (CALL,)),
        ToolResult("c-1", "noon {}"),
    )
    assert talk.listener.kinds == ["delta", "tool", "delta"]
    assert talk.turn.beats == (13, "clock", 13)


def test_a_tool_knows_who_asks_when_and_what_was_said() -> None:
    earlier = [replace(turn(1, "Hi"), state=TurnState.ANSWERED, text="Hello.")]
    context = answer([CALL], ["Noon."], earlier=earlier).clock_tool.contexts[0]
    assert (context.person, context.now) == (ADA, datetime.fromtimestamp(1_800_000_000, UTC))
    assert [said.asked for said in context.earlier] == ["Hi"]


def test_several_calls_are_answered_in_their_order() -> None:
    calls = [ToolCall(f"c-{n}", "clock", f"{n}") for n in range(3)]
    results = answer(calls, ["Noon."]).model.requests[1].messages[-3:]
    assert results == tuple(ToolResult(f"c-{n}", f"noon {n}") for n in range(3))


def test_a_model_that_only_calls_tools_is_cut_short_and_the_person_still_hears_something() -> None:
    talk = answer([CALL], limits=Limits(tool_rounds=2))
    assert [bool(request.tools) for request in talk.model.requests] == [True, True, False]
    assert len(talk.clock_tool.contexts) == 2
    assert (talk.turn.text, talk.turn.state) == (reply.NO_WORDS, TurnState.ANSWERED)


def test_tokens_of_all_rounds_are_counted_and_charged() -> None:
    done = answer([CALL], ["Noon."]).turn
    assert done.usage == Usage("grammar", 20, 8, 10)
    assert done.cost == "0.000030"


# What goes wrong


def test_a_model_that_cannot_be_reached_is_admitted() -> None:
    done = answer(ModelUnavailable("down")).turn
    assert (done.text, done.state) == (reply.UNAVAILABLE, TurnState.FAILED)


def test_a_model_that_refuses_is_admitted_too() -> None:
    assert answer(ModelRefused("bad key")).turn.text == reply.UNAVAILABLE


def test_a_reply_that_breaks_off_says_so() -> None:
    done = answer(["It is", ModelInterrupted("cut")]).turn
    assert (done.text, done.state) == (f"It is{reply.INTERRUPTED}", TurnState.FAILED)


def test_a_model_that_is_gone_after_a_tool_was_called_broke_off() -> None:
    done = answer(["Let me look.", CALL], ModelUnavailable("down")).turn
    assert done.text == f"Let me look.{reply.INTERRUPTED}"


def test_tokens_are_charged_even_when_a_later_round_fails() -> None:
    assert answer([CALL], ModelUnavailable("down")).turn.usage == USAGE


def test_an_empty_answer_is_put_into_words() -> None:
    done = answer([]).turn
    assert (done.text, done.state) == (reply.NO_WORDS, TurnState.ANSWERED)


def test_a_reply_ends_when_no_frame_could_carry_more() -> None:
    talk = answer(["x" * REPLY_BYTES, "and more", STALL])
    assert len(talk.turn.text) == REPLY_BYTES
    assert talk.model.streams[0].closed.is_set()


# Stopping


def test_whoever_stops_before_it_began_spends_nothing() -> None:
    talk = answer(["Noon."], heartbeat=lambda _voice: True)
    assert talk.model.requests == []
    assert (talk.turn.text, talk.turn.state) == ("", TurnState.ANSWERED)


@pytest.mark.parametrize("rest", [[STALL], [" and", " so", " on"]])
def test_stopping_keeps_what_was_said_and_closes_the_stream(rest: list[Step]) -> None:
    talk = answer(["It is", *rest], heartbeat=lambda voice: voice.length > 0)
    assert (talk.turn.text, talk.turn.state) == ("It is", TurnState.ANSWERED)
    assert talk.model.streams[0].closed.is_set()


def test_a_turn_that_runs_out_of_time_says_so() -> None:
    office = Office()

    def slow(_voice: ReplyStream) -> bool:
        office.clock.advance(40)
        return False

    talk = answer(["It is", STALL], office=office, heartbeat=slow)
    assert talk.turn.text == f"It is{reply.OUT_OF_TIME}"
    assert talk.model.streams[0].closed.is_set()


def test_a_lost_lease_ends_the_turn_and_its_stream() -> None:
    def lost(voice: ReplyStream) -> bool:
        if voice.length:
            raise LeaseLost("somebody else has it")
        return False

    office = Office()
    with pytest.raises(LeaseLost):
        answer(["It is", STALL], office=office, heartbeat=lost)
    assert office.model.streams[0].closed.is_set()
