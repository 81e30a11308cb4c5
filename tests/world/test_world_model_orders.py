"""Making the model say, call, slow down or break as a test or an operator wants."""

import itertools
import time
from typing import Any

import openai as sdk
import pytest
from openai import OpenAI

from tests.world.running import RunningWorld, eventually
from tests.world.talk import CLOCK, Messages, answer, user

pytestmark = pytest.mark.enable_socket


def test_without_orders_the_model_writes_fifty_tokens_a_second(openai: OpenAI) -> None:
    started = time.monotonic()
    assert answer(openai, "count to 20").endswith(" 20")
    assert 0.38 < time.monotonic() - started < 2


def test_an_entry_that_only_sets_the_pace_leaves_the_words_to_the_grammar(
    openai: OpenAI, world: RunningWorld
) -> None:
    world.call("PUT", "/model/script", [{"match": ".", "tokens_per_second": 10_000}])
    started = time.monotonic()
    assert answer(openai, "count to 500").endswith(" 500")
    assert time.monotonic() - started < 2


def test_a_script_is_said_at_its_own_pace(openai: OpenAI, world: RunningWorld) -> None:
    world.call("PUT", "/model/script", [{"match": "^slow", "reply": "a b c d e", "tokens_per_second": 20}])
    started = time.monotonic()
    stream = openai.chat.completions.create(model="any", messages=user("slowly"), stream=True)
    times = [time.monotonic() - started for chunk in stream if chunk.choices[0].delta.content]
    assert len(times) == 5
    gaps = [later - sooner for sooner, later in itertools.pairwise(times)]
    assert 0.03 < sum(gaps) / len(gaps) < 0.2
    world.call("DELETE", "/model/script")
    assert "slowly" in answer(openai, "slowly")


def test_a_scripted_tool_call_is_made_once_and_then_the_reply_is_said(
    openai: OpenAI, world: RunningWorld
) -> None:
    calls = [{"name": "current_time", "arguments": "not json"}]
    world.call("PUT", "/model/script", [{"match": "go", "reply": "done", "tool_calls": calls}])
    made = openai.chat.completions.create(model="any", messages=user("go"), tools=[CLOCK]).choices[0].message
    [call] = made.tool_calls or []
    assert call.type == "function"
    assert call.function.arguments == "not json"
    called: Any = made.model_dump(include={"role", "tool_calls"})
    messages: Messages = [*user("go"), called, {"role": "tool", "tool_call_id": call.id, "content": "x"}]
    said = openai.chat.completions.create(model="any", messages=messages, tools=[CLOCK])
    assert said.choices[0].message.content == "done"


@pytest.mark.parametrize(
    "script",
    [
        [{"match": "(", "reply": "x"}],
        [{"match": "x"}],
        [{"reply": "x"}],
        [{"match": "x", "reply": "x", "tokens_per_second": 0}],
        [{"match": "x", "reply": 5}],
        {"match": "x", "reply": "x"},
    ],
)
def test_a_script_that_makes_no_sense_is_refused(world: RunningWorld, script: object) -> None:
    refused = world.call("PUT", "/model/script", script)
    assert (refused.status, refused.body["status"]) == (422, 422)


@pytest.mark.parametrize(
    ("status", "error"), [(429, sdk.RateLimitError), (500, sdk.InternalServerError), (404, sdk.NotFoundError)]
)
def test_a_status_fault_is_what_the_client_expects(
    openai: OpenAI, world: RunningWorld, status: int, error: type[sdk.APIStatusError]
) -> None:
    world.fault(service="model", kind="status", status=status, count=1)
    with pytest.raises(error):
        answer(openai, "count to 1")
    assert answer(openai, "count to 1")


def test_the_client_retries_through_a_fault_that_passes(openai: OpenAI, world: RunningWorld) -> None:
    world.fault(service="model", kind="status", status=500, count=1)
    patient = openai.with_options(max_retries=1)
    assert patient.chat.completions.create(model="any", messages=user("count to 1")).choices


def test_a_cut_breaks_the_stream_after_the_tokens_it_says(openai: OpenAI, world: RunningWorld) -> None:
    world.fault(service="model", kind="cut", after=3)
    heard: list[str] = []
    stream = openai.chat.completions.create(model="any", messages=user("count to 9"), stream=True)
    with pytest.raises(sdk.APIConnectionError):
        heard.extend(chunk.choices[0].delta.content or "" for chunk in stream)
    assert "".join(heard) == "1 2 3"
    with pytest.raises(sdk.APIConnectionError):
        answer(openai, "count to 9")


def test_latency_comes_before_the_answer(openai: OpenAI, world: RunningWorld) -> None:
    world.fault(service="model", kind="latency", ms=300, count=1)
    started = time.monotonic()
    openai.models.list()
    assert time.monotonic() - started >= 0.3


def test_a_client_that_leaves_stops_the_model(openai: OpenAI, world: RunningWorld) -> None:
    stream = openai.chat.completions.create(model="any", messages=user("count to 500"), stream=True)
    next(iter(stream))
    stream.close()

    def abandoned() -> bool:
        [entry] = world.call("GET", "/journal?service=model").body
        return bool(entry["outcome"].get("ended") == "abandoned")

    eventually(abandoned)
    [entry] = world.call("GET", "/journal?service=model").body
    time.sleep(0.1)
    assert world.call("GET", "/journal?service=model").body == [entry]
