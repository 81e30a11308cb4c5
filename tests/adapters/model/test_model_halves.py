"""Half a surrogate pair that a provider sends ends no turn: it is made whole."""

import json

import httpx2
import pytest
from switchboard.core.model.types import Event, TextDelta, ToolCall

from tests.adapters.model.fake_provider import ASK, Answering, Providers, chunk, streaming, words

HALF = "\ud83d"
WHOLE = "\ufffd"


def streamed(answer: Answering) -> list[Event]:
    return list(Providers({"a": [answer]}).model.stream(ASK))


def test_words_are_made_whole() -> None:
    assert streamed(streaming(words(f"Hi {HALF}", "there")))[:2] == [
        TextDelta(f"Hi {WHOLE}"),
        TextDelta("there"),
    ]


@pytest.mark.parametrize("field", ["content", "refusal"])
def test_words_of_every_kind_are(field: str) -> None:
    first, *_ = streamed(streaming([chunk({field: HALF}), chunk({}, reason="stop")]))
    assert first == TextDelta(WHOLE)


def test_what_it_wants_done_is_made_whole() -> None:
    function = {"name": f"add{HALF}", "arguments": f'{{"sentence":"{HALF}"}}'}
    call = {"index": 0, "id": f"c{HALF}", "type": "function", "function": function}
    first, *_ = streamed(streaming([chunk({"tool_calls": [call]}), chunk({}, reason="tool_calls")]))
    assert first == ToolCall(f"c{WHOLE}", f"add{WHOLE}", f'{{"sentence":"{WHOLE}"}}')


def test_a_whole_answer_is() -> None:
    function = {"name": "one", "arguments": HALF}
    call = {"id": "x", "type": "function", "function": function}
    message = {"role": "assistant", "content": HALF, "refusal": HALF, "tool_calls": [call]}
    choice = {"index": 0, "message": message, "finish_reason": "stop"}
    body = {"id": "c", "object": "chat.completion", "created": 1, "model": "m", "choices": [choice]}
    kind = {"content-type": "application/json"}
    answer = httpx2.Response(200, headers=kind, content=json.dumps(body).encode())
    completion = Providers({"a": [lambda _: answer]}).model.complete(ASK)
    assert (completion.text, completion.tool_calls) == (WHOLE * 2, (ToolCall("x", "one", WHOLE),))
