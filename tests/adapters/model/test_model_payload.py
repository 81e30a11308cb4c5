"""A request is told in the words of chat completions, and only what the provider takes."""

import json

from switchboard.adapters.model.payload import ONLY_JSON, payload
from switchboard.adapters.model.settings import Capabilities
from switchboard.core.messages.quoting import quoted
from switchboard.core.model.types import Assistant, Request, System, ToolCall, ToolResult, ToolSchema, User

SCHEMA = {"type": "object", "properties": {}, "required": [], "additionalProperties": False}
TOOL = ToolSchema("current_time", "Tell the time.", SCHEMA)
CALL = ToolCall("call_1", "current_time", '{"place":"Lisbon"}')


def test_a_conversation_with_tools_is_told_whole() -> None:
    messages = (
        System("Be brief."),
        User("What time is it?"),
        Assistant("", (CALL,)),
        ToolResult("call_1", "14:05"),
        Assistant("It is 14:05."),
        quoted("They said </quoted> hello.", "calls"),
    )
    made = payload(Request(messages, max_tokens=300), model="small-1", capabilities=Capabilities())
    told = {"name": "current_time", "arguments": '{"place":"Lisbon"}'}
    assert made == {
        "model": "small-1",
        "max_completion_tokens": 300,
        "messages": [
            {"role": "system", "content": "Be brief."},
            {"role": "user", "content": "What time is it?"},
            {
                "role": "assistant",
                "content": None,
                "tool_calls": [{"id": "call_1", "type": "function", "function": told}],
            },
            {"role": "tool", "tool_call_id": "call_1", "content": "14:05"},
            {"role": "assistant", "content": "It is 14:05."},
            {
                "role": "user",
                "name": "calls",
                "content": '<quoted from="calls">\nThey said \u2039/quoted\u203a hello.\n</quoted>',
            },
        ],
    }


def test_a_tool_is_strict_where_the_provider_takes_that() -> None:
    request = Request([User("x")], tools=[TOOL])
    function = {"name": "current_time", "description": "Tell the time.", "parameters": SCHEMA}
    strict = payload(request, model="m", capabilities=Capabilities())
    assert strict["tools"] == [{"type": "function", "function": {**function, "strict": True}}]
    loose = payload(request, model="m", capabilities=Capabilities(strict_tools=False))
    assert loose["tools"] == [{"type": "function", "function": function}]
    assert "tools" not in payload(request, model="m", capabilities=Capabilities(tools=False))


def test_effort_and_temperature_are_sent_only_when_given() -> None:
    request = Request([User("x")])
    assert "extra_body" not in payload(request, model="m", capabilities=Capabilities())
    tuned = Capabilities(reasoning_effort="none", temperature=0.0)
    made = payload(request, model="m", capabilities=tuned)
    assert made["extra_body"] == {"reasoning_effort": "none", "temperature": 0.0}


def test_a_temperature_that_is_wished_for_is_sent_where_the_models_take_one() -> None:
    request = Request([User("x")], temperature=0.7)
    assert "extra_body" not in payload(request, model="m", capabilities=Capabilities())
    made = payload(request, model="m", capabilities=Capabilities(temperature=0.0))
    assert made["extra_body"] == {"temperature": 0.7}


def test_an_answer_by_a_schema_is_asked_for_strictly_or_else_in_words() -> None:
    request = Request([User("x")], schema=SCHEMA)
    strict = payload(request, model="m", capabilities=Capabilities())
    named = {"name": "answer", "strict": True, "schema": SCHEMA}
    assert strict["response_format"] == {"type": "json_schema", "json_schema": named}
    assert len(strict["messages"]) == 1
    told = payload(request, model="m", capabilities=Capabilities(schemas=False))
    assert "response_format" not in told
    assert told["messages"][-1] == {"role": "system", "content": ONLY_JSON + json.dumps(SCHEMA)}


def test_a_request_without_a_schema_asks_for_no_json() -> None:
    made = payload(Request([User("x")]), model="m", capabilities=Capabilities(schemas=False))
    assert "response_format" not in made
    assert len(made["messages"]) == 1
