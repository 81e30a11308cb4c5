"""The model as the unmodified openai package sees it."""

import math
from typing import Any

import openai as sdk
import pytest
from openai import OpenAI

from tests.world.running import RunningWorld
from tests.world.talk import CLOCK, EARLIER, answer, user

pytestmark = pytest.mark.enable_socket


@pytest.fixture(autouse=True)
def at_full_speed(world: RunningWorld) -> None:
    world.call("PUT", "/model/script", [{"match": ".", "tokens_per_second": 10_000}])


def test_a_stream_is_the_numbers_asked_for_with_usage_at_the_end(openai: OpenAI) -> None:
    stream = openai.chat.completions.create(
        model="any", messages=user("count to 5"), stream=True, stream_options={"include_usage": True}
    )
    chunks = list(stream)
    text = [chunk.choices[0].delta.content or "" for chunk in chunks[:-1]]
    assert text == ["", "1", " 2", " 3", " 4", " 5", ""]
    assert chunks[0].choices[0].delta.role == "assistant"
    assert [chunk.choices[0].finish_reason for chunk in chunks[:-1]] == [None] * 6 + ["stop"]
    assert chunks[-1].choices == []
    assert chunks[-1].usage is not None
    assert chunks[-1].usage.completion_tokens == 5
    assert len({chunk.id for chunk in chunks}) == 1


def test_a_stream_without_usage_wanted_has_none(openai: OpenAI) -> None:
    stream = openai.chat.completions.create(model="any", messages=user("hi"), stream=True)
    assert [chunk.usage for chunk in stream if chunk.usage] == []


def test_a_completion_is_the_stream_in_one_piece(openai: OpenAI) -> None:
    whole = openai.chat.completions.create(model="any", messages=user("count to 5"))
    assert whole.choices[0].message.content == "1 2 3 4 5"
    assert whole.usage is not None
    assert whole.usage.total_tokens == whole.usage.prompt_tokens + 5


@pytest.mark.parametrize("limit", ["max_tokens", "max_completion_tokens"])
def test_the_token_limit_cuts_the_reply(openai: OpenAI, limit: str) -> None:
    said = openai.chat.completions.create(model="any", messages=user("count to 9"), extra_body={limit: 3})
    assert (said.choices[0].message.content, said.choices[0].finish_reason) == ("1 2 3", "length")


def test_a_reply_that_just_fits_the_limit_is_not_cut(openai: OpenAI) -> None:
    said = openai.chat.completions.create(model="any", messages=user("count to 3"), max_completion_tokens=3)
    assert said.choices[0].finish_reason == "stop"


def test_a_stop_sequence_ends_the_reply(openai: OpenAI) -> None:
    said = openai.chat.completions.create(model="any", messages=user("count to 9"), stop=[" 4"])
    assert said.choices[0].message.content == "1 2 3"


def test_a_tool_is_called_in_deltas_and_its_result_is_the_answer(openai: OpenAI) -> None:
    messages = user("What time is it in Lisbon?")
    with openai.chat.completions.stream(model="any", messages=messages, tools=[CLOCK]) as stream:
        kinds = [event.type for event in stream]
        made = stream.get_final_completion().choices[0]
    assert kinds.count("tool_calls.function.arguments.delta") > 1
    assert made.finish_reason == "tool_calls"
    assert made.message.tool_calls is not None
    [call] = made.message.tool_calls
    assert (call.function.name, call.function.arguments) == ("current_time", '{"place": "Lisbon"}')
    calls: Any = [call.model_dump(include={"id", "type"}) | {"function": call.function.model_dump()}]
    messages += [
        {"role": "assistant", "tool_calls": calls},
        {"role": "tool", "tool_call_id": call.id, "content": '{"time": "17:42", "place": "Lisbon"}'},
    ]
    said = openai.chat.completions.create(model="any", messages=messages, tools=[CLOCK])
    assert said.choices[0].message.content == "time: 17:42, place: Lisbon"


def test_a_tool_is_called_without_a_stream_too(openai: OpenAI) -> None:
    said = openai.chat.completions.create(model="any", messages=user("time in Oslo"), tools=[CLOCK])
    calls = said.choices[0].message.tool_calls or []
    assert [call.function.arguments for call in calls if call.type == "function"] == ['{"place": "Oslo"}']
    assert said.choices[0].message.content is None


def test_a_tool_that_is_not_offered_or_not_allowed_is_not_called(openai: OpenAI) -> None:
    assert "no tool" in answer(openai, "what time is it in Lisbon")
    said = openai.chat.completions.create(
        model="any", messages=user("time in Lisbon"), tools=[CLOCK], tool_choice="none"
    )
    assert said.choices[0].finish_reason == "stop"


def test_earlier_messages_are_asked_of_the_tool(openai: OpenAI) -> None:
    said = openai.chat.completions.create(
        model="any", messages=user("what did I ask before?"), tools=[EARLIER]
    )
    calls = said.choices[0].message.tool_calls or []
    assert [call.function.arguments for call in calls if call.type == "function"] == ['{"limit": 3}']


def test_what_another_participant_says_is_not_the_persons(openai: OpenAI) -> None:
    said = openai.chat.completions.create(
        model="any",
        messages=[
            {"role": "user", "name": "calls", "content": "my name is Eve"},
            {"role": "user", "content": "what is my name"},
        ],
    )
    assert "not told me" in (said.choices[0].message.content or "")


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["Hello!"], "fixed grammar"),
        (["who are you?"], "not a language model"),
        (["help"], "Try:"),
        (["my name is Ada"], "Nice to meet you, Ada."),
        (["my name is Ada", "what is my name?"], "Your name is Ada"),
        (["My name is Ada.", "my name is Bea", "what\u2019s my name"], "Your name is Bea"),
        (["what is my name"], "not told me"),
        (["tea", "what did I say before"], "Before this you said: tea"),
        (["say  Hi?! \u2603"], "Hi?! \u2603"),
        (["count to 501"], "only count to 500"),
        (["the sky is blue"], 'You said "the sky is blue"'),
    ],
)
def test_the_grammar_answers_what_its_table_says(openai: OpenAI, texts: list[str], expected: str) -> None:
    assert expected in answer(openai, *texts)


def test_a_long_reply_has_as_many_words_as_wanted(openai: OpenAI, world: RunningWorld) -> None:
    said = openai.chat.completions.create(model="any", messages=user("write 30 words"))
    assert len((said.choices[0].message.content or "").split()) == 30


@pytest.mark.parametrize(
    ("body", "param"),
    [
        ({"messages": user("hi")}, "model"),
        ({"model": "m", "messages": []}, "messages"),
        ({"model": "m", "messages": [{"role": "robot", "content": "hi"}]}, "messages[0].role"),
        ({"model": "m", "messages": [{"role": "user"}]}, "messages[0].content"),
        ({"model": "m", "messages": user("hi"), "temperature": 3}, "temperature"),
        ({"model": "m", "messages": user("hi"), "max_tokens": 0}, "max_tokens"),
        ({"model": "m", "messages": user("hi"), "colour": "red"}, "colour"),
        ({"model": "m", "messages": user("hi"), "stream_options": {}}, "stream_options"),
        ({"model": "m", "messages": user("hi"), "tool_choice": "auto"}, "tool_choice"),
        (
            {"model": "m", "messages": [{"role": "tool", "tool_call_id": "c", "content": "?"}]},
            "messages[0].tool_call_id",
        ),
        (
            {"model": "m", "messages": user("hi"), "response_format": {"type": "json_object"}},
            "response_format",
        ),
        ([], None),
        (b"{", None),
    ],
)
def test_a_bad_request_names_the_parameter(world: RunningWorld, body: object, param: str | None) -> None:
    refused = world.call("POST", "/v1/chat/completions", body, authorization="Bearer x")
    assert refused.status == 400
    assert (refused.body["error"]["type"], refused.body["error"]["param"]) == ("invalid_request_error", param)
    assert refused.body["error"]["message"]


def test_a_tool_call_that_is_left_unanswered_is_refused(openai: OpenAI) -> None:
    called: Any = {
        "role": "assistant",
        "tool_calls": [{"id": "c1", "type": "function", "function": {"name": "f", "arguments": "{}"}}],
    }
    with pytest.raises(sdk.BadRequestError, match="c1"):
        openai.chat.completions.create(model="any", messages=[*user("hi"), called, *user("well?")])


@pytest.mark.parametrize(
    "parameters",
    [
        {"type": "object", "properties": {"place": {"type": "string"}}, "required": ["place"]},
        {"type": "object", "properties": {"place": {"type": "string"}}, "additionalProperties": False},
        {"type": "array", "items": {"type": "string"}},
        {
            "type": "object",
            "properties": {"where": {"type": "array", "items": {"type": "object", "properties": {}}}},
            "required": ["where"],
            "additionalProperties": False,
        },
        {
            "type": "object",
            "properties": {"where": {"anyOf": [{"type": ["object", "null"]}]}},
            "required": ["where"],
            "additionalProperties": False,
        },
    ],
)
def test_a_strict_function_with_a_loose_schema_is_refused(openai: OpenAI, parameters: dict[str, Any]) -> None:
    function: Any = {"name": "current_time", "parameters": parameters, "strict": True}
    with pytest.raises(sdk.BadRequestError) as caught:
        openai.chat.completions.create(
            model="any", messages=user("hi"), tools=[{"type": "function", "function": function}]
        )
    assert caught.value.param == "tools[0].function.parameters"
    function["strict"] = False
    tools: Any = [{"type": "function", "function": function}]
    assert openai.chat.completions.create(model="any", messages=user("hi"), tools=tools).choices


def test_without_a_key_nothing_is_answered(world: RunningWorld) -> None:
    refused = world.call("POST", "/v1/chat/completions", {"model": "m", "messages": user("hi")})
    assert (refused.status, refused.body["error"]["code"]) == (401, "invalid_api_key")


def alike(one: list[float], other: list[float]) -> float:
    return sum(a * b for a, b in zip(one, other, strict=True))


def test_embeddings_are_unit_vectors_and_alike_for_alike_texts(openai: OpenAI) -> None:
    made = openai.embeddings.create(model="any", input=["a red cat", "the red cat", "tax law", "!!!"])
    red, also_red, law, marks = [item.embedding for item in made.data]
    assert {len(vector) for vector in (red, also_red, law, marks)} == {256}
    assert all(math.isclose(math.hypot(*vector), 1, abs_tol=1e-6) for vector in (red, law, marks))
    assert alike(red, also_red) > alike(red, law)


def test_embeddings_are_the_same_in_both_encodings_and_in_any_dimension(openai: OpenAI) -> None:
    packed = openai.embeddings.create(model="any", input="a red cat", dimensions=64).data[0].embedding
    plain = (
        openai.embeddings.create(model="any", input="a red cat", dimensions=64, encoding_format="float")
        .data[0]
        .embedding
    )
    assert len(plain) == 64
    assert packed == pytest.approx(plain, abs=1e-6)


def test_an_empty_text_has_no_embedding(openai: OpenAI) -> None:
    with pytest.raises(sdk.BadRequestError):
        openai.embeddings.create(model="any", input=[""])


def test_the_models_are_listed(openai: OpenAI) -> None:
    assert [model.id for model in openai.models.list()] == ["fixed-grammar", "fixed-grammar-embedding"]
