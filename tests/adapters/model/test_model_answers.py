"""What a provider streams becomes events; what it garbles or breaks off becomes one of our errors."""

import json

import httpx2
import pytest
from switchboard.core.errors import ModelInterrupted, ModelRefused, ModelUnavailable, SwitchboardError
from switchboard.core.model.types import (
    Completion,
    Event,
    Finished,
    Request,
    Role,
    TextDelta,
    ToolCall,
    Usage,
    User,
)

from tests.adapters.model.fake_provider import (
    ASK,
    USAGE,
    Answering,
    Providers,
    chunk,
    failing,
    raw,
    refusing,
    said,
    streaming,
    usage_chunk,
    words,
)

COUNTED = Usage("small-1", prompt=20, cached=16, completion=5)
RESET = httpx2.ReadError("reset")


def events_of(answer: Answering) -> list[Event]:
    return list(Providers({"a": [answer]}).model.stream(ASK))


def part(index: int, call_id: str | None, name: str | None, arguments: str) -> dict[str, object]:
    function = {"name": name, "arguments": arguments}
    return chunk({"tool_calls": [{"index": index, "id": call_id, "type": "function", "function": function}]})


def test_text_comes_as_it_is_said_and_usage_at_the_end() -> None:
    assert events_of(streaming(words("Hel", "lo"))) == [
        TextDelta("Hel"),
        TextDelta("lo"),
        Finished(COUNTED, "stop"),
    ]


def test_the_request_asks_for_a_stream_with_usage() -> None:
    providers = Providers({"a": [streaming(words("x"))]})
    list(providers.model.stream(Request([User("hello")], role=Role.LARGE)))
    sent = json.loads(providers.requests[0].content)
    assert (sent["model"], sent["stream"]) == ("large-1", True)
    assert sent["stream_options"] == {"include_usage": True}


def test_a_model_that_is_named_is_asked_instead_of_the_roles() -> None:
    providers = Providers({"a": [streaming(words("x"))]})
    *_, finished = providers.model.stream(Request([User("hello")], model="special-2"))
    assert json.loads(providers.requests[0].content)["model"] == "special-2"
    assert isinstance(finished, Finished)
    assert finished.usage.model == "special-2"


def test_tool_calls_are_put_together_from_their_parts() -> None:
    parts = [
        chunk({"content": "Let me look."}),
        part(0, "call_a", "current_time", ""),
        part(0, None, None, '{"pla'),
        part(1, "call_b", "earlier_messages", '{"limit"'),
        part(0, None, None, 'ce":"Lisbon"}'),
        part(1, "", None, ":2}"),
        chunk({}, reason="tool_calls"),
        usage_chunk(),
    ]
    assert events_of(streaming(parts)) == [
        TextDelta("Let me look."),
        ToolCall("call_a", "current_time", '{"place":"Lisbon"}'),
        ToolCall("call_b", "earlier_messages", '{"limit":2}'),
        Finished(COUNTED, "tool_calls"),
    ]


def test_calls_that_share_an_index_or_lack_an_id_are_kept_apart() -> None:
    parts = [part(0, "x", "one", "{}"), part(0, "y", "two", "{}"), chunk({}, reason="tool_calls")]
    assert events_of(streaming(parts))[:2] == [ToolCall("x", "one", "{}"), ToolCall("y", "two", "{}")]
    parts = [part(0, None, "one", "{}"), part(1, None, "two", "{}"), chunk({}, reason="tool_calls")]
    assert events_of(streaming(parts))[:2] == [
        ToolCall("call_0", "one", "{}"),
        ToolCall("call_1", "two", "{}"),
    ]


def test_a_refusal_is_said_and_a_missing_count_is_zero() -> None:
    chunks = [chunk({"refusal": "I can't."}), chunk({}, reason="content_filter")]
    assert events_of(streaming(chunks)) == [
        TextDelta("I can't."),
        Finished(Usage("small-1"), "content_filter"),
    ]


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (refusing(400), ModelRefused),
        (refusing(401), ModelRefused),
        (refusing(403), ModelRefused),
        (refusing(404), ModelRefused),
        (refusing(422), ModelRefused),
        (refusing(408), ModelUnavailable),
        (refusing(409), ModelUnavailable),
        (refusing(429), ModelUnavailable),
        (refusing(500), ModelUnavailable),
        (refusing(503), ModelUnavailable),
        (failing(httpx2.ConnectError("refused")), ModelUnavailable),
        (failing(httpx2.ConnectTimeout("slow")), ModelUnavailable),
        (failing(httpx2.ReadTimeout("slow")), ModelUnavailable),
        (streaming([], RESET), ModelUnavailable),
        (streaming([chunk({"role": "assistant"})], RESET), ModelUnavailable),
        (streaming([part(0, "x", "one", '{"pl')], RESET), ModelUnavailable),
        (streaming([]), ModelUnavailable),
        (streaming([chunk({"role": "assistant"}), usage_chunk()]), ModelUnavailable),
        (streaming([{"error": {"message": "overloaded"}}]), ModelUnavailable),
        (streaming([part(0, "x", None, "{}"), chunk({}, reason="tool_calls")]), ModelUnavailable),
        (raw("data: {nonsense\n\n"), ModelUnavailable),
        (raw("data: 7\n\n"), ModelUnavailable),
        (raw("data: null\n\n"), ModelUnavailable),
        (raw('data: {"choices": 7}\n\n'), ModelUnavailable),
        (raw('data: {"choices": [{"delta": 7}]}\n\n'), ModelUnavailable),
        (raw("data: \xff\n\n"), ModelUnavailable),
        (raw("<html>hello</html>"), ModelUnavailable),
        (streaming([chunk({"content": "Hel"})], RESET), ModelInterrupted),
        (streaming([chunk({"content": "Hel"})], httpx2.ReadTimeout("stalled")), ModelInterrupted),
        (streaming([chunk({"content": "Hel"})]), ModelInterrupted),
        (streaming([chunk({"content": "Hel"}), {"error": {"message": "overloaded"}}]), ModelInterrupted),
        (streaming([chunk({"content": "Hel"}), 7]), ModelInterrupted),
    ],
)
def test_each_failure_becomes_one_of_our_errors(answer: Answering, expected: type[SwitchboardError]) -> None:
    with pytest.raises(expected) as failure:
        events_of(answer)
    assert type(failure.value) is expected


def test_what_was_said_before_a_break_has_been_heard() -> None:
    heard: list[Event] = []
    stream = Providers({"a": [streaming([chunk({"content": "Hel"})], RESET)]}).model.stream(ASK)
    with pytest.raises(ModelInterrupted):
        heard.extend(stream)
    assert said(heard) == "Hel"


def complete_answer(message: dict[str, object], reason: str = "stop") -> Answering:
    choice = {"index": 0, "message": {"role": "assistant", **message}, "finish_reason": reason}
    body = {"id": "c", "object": "chat.completion", "created": 1, "model": "m", "choices": [choice]}
    return lambda _: httpx2.Response(200, json={**body, "usage": USAGE})


def test_a_whole_answer_comes_at_once() -> None:
    providers = Providers({"a": [complete_answer({"content": "Hello"})]})
    assert providers.model.complete(ASK) == Completion("Hello", (), COUNTED, "stop")
    assert "stream" not in json.loads(providers.requests[0].content)


def test_a_whole_answer_may_call_tools() -> None:
    call = {"id": "x", "type": "function", "function": {"name": "one", "arguments": "{}"}}
    answer = complete_answer({"content": None, "tool_calls": [call]}, "tool_calls")
    completion = Providers({"a": [answer]}).model.complete(ASK)
    assert completion == Completion("", (ToolCall("x", "one", "{}"),), COUNTED, "tool_calls")


@pytest.mark.parametrize("body", [{}, {"choices": []}, {"choices": 7}, [], 7, None, "x"])
def test_a_whole_answer_that_is_none_is_no_answer(body: object) -> None:
    with pytest.raises(ModelUnavailable):
        Providers({"a": [lambda _: httpx2.Response(200, json=body)]}).model.complete(ASK)


def vectors(*numbers: tuple[int, float]) -> Answering:
    data = [{"object": "embedding", "index": index, "embedding": [value]} for index, value in numbers]
    return lambda _: httpx2.Response(200, json={"object": "list", "model": "m", "data": data})


def test_vectors_come_in_the_order_of_the_texts() -> None:
    providers = Providers({"a": [vectors((1, 0.5), (0, 0.25))]})
    assert providers.model.embed(["x", "y"]) == [[0.25], [0.5]]
    sent = json.loads(providers.requests[0].content)
    assert (sent["model"], sent["input"]) == ("vectors-1", ["x", "y"])


@pytest.mark.parametrize("answer", [vectors((0, 0.1)), lambda _: httpx2.Response(200, json={"data": 7})])
def test_vectors_that_do_not_fit_the_texts_are_no_answer(answer: Answering) -> None:
    with pytest.raises(ModelUnavailable):
        Providers({"a": [answer]}).model.embed(["x", "y"])
