"""A page's frame is never trusted, and what is wrong with it comes back as a code."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from switchboard.channels.web.frames import (
    FRAME_BYTES,
    TEXT_CHARS,
    BadFrame,
    Ping,
    Prompt,
    Resume,
    Stop,
    error_frame,
    parse,
)


def frame(action: object, **payload: object) -> str:
    return json.dumps({"action": action, "payload": payload})


def refused(body: str) -> BadFrame:
    with pytest.raises(BadFrame) as refusal:
        parse(body)
    return refusal.value


@pytest.mark.parametrize(
    ("body", "parsed"),
    [
        (frame("sendprompt", msgid="m-1", text="Hi"), Prompt("m-1", "Hi")),
        (frame("sendprompt", msgid="m" * 64, text="x" * TEXT_CHARS), Prompt("m" * 64, "x" * TEXT_CHARS)),
        (frame("sendprompt", msgid="m_1", text=" é😀 "), Prompt("m_1", " é😀 ")),
        (frame("sendprompt", msgid="m-1", text="Hi", more=[1]), Prompt("m-1", "Hi")),
        (frame("resume", msgid="m-1", after=0), Resume("m-1", 0)),
        (frame("resume", msgid="m-1", after=1_000_000), Resume("m-1", 1_000_000)),
        (frame("stop", msgid="m-1"), Stop("m-1")),
        ('{"action":"ping"}', Ping()),
        (frame("ping", anything=1), Ping()),
    ],
)
def test_a_good_frame_is_what_it_says(body: str, parsed: object) -> None:
    assert parse(body) == parsed


@pytest.mark.parametrize(
    ("body", "code", "msgid"),
    [
        ("", "not_json", None),
        ("hello", "not_json", None),
        ('{"action":', "not_json", None),
        ("[" * 7_000, "not_json", None),
        ("1" * 5_000, "not_json", None),
        ("[]", "bad_frame", None),
        ("null", "bad_frame", None),
        ('"ping"', "bad_frame", None),
        ("{}", "unknown_action", None),
        (frame("delete", msgid="m-1"), "unknown_action", None),
        (frame(None, msgid="m-1"), "unknown_action", None),
        (frame(["ping"], msgid="m-1"), "unknown_action", None),
        (frame({"sendprompt": 1}, msgid="m-1"), "unknown_action", None),
        ('{"action":"sendprompt"}', "bad_payload", None),
        ('{"action":"sendprompt","payload":"Hi"}', "bad_payload", None),
        (frame("sendprompt", text="Hi"), "bad_payload", None),
        (frame("sendprompt", msgid=1, text="Hi"), "bad_payload", None),
        (frame("sendprompt", msgid="", text="Hi"), "bad_payload", None),
        (frame("sendprompt", msgid="m 1", text="Hi"), "bad_payload", None),
        (frame("sendprompt", msgid="m-1\n", text="Hi"), "bad_payload", None),
        (frame("sendprompt", msgid="é", text="Hi"), "bad_payload", None),
        (frame("sendprompt", msgid="m" * 65, text="Hi"), "bad_payload", None),
        (frame("sendprompt", msgid="m-1"), "bad_payload", "m-1"),
        (frame("sendprompt", msgid="m-1", text=["Hi"]), "bad_payload", "m-1"),
        (frame("sendprompt", msgid="m-1", text=" \n "), "bad_payload", "m-1"),
        (frame("sendprompt", msgid="m-1", text="x" * (TEXT_CHARS + 1)), "too_large", "m-1"),
        (frame("resume", msgid="m-1"), "bad_payload", "m-1"),
        (frame("resume", msgid="m-1", after=-1), "bad_payload", "m-1"),
        (frame("resume", msgid="m-1", after=1_000_001), "bad_payload", "m-1"),
        (frame("resume", msgid="m-1", after=1.0), "bad_payload", "m-1"),
        (frame("resume", msgid="m-1", after=True), "bad_payload", "m-1"),
        (frame("resume", msgid="m-1", after="1"), "bad_payload", "m-1"),
        (frame("stop"), "bad_payload", None),
        ("x" * (FRAME_BYTES + 1), "too_large", None),
        ("é" * (FRAME_BYTES // 2 + 1), "too_large", None),
    ],
)
def test_a_bad_frame_has_its_code(body: str, code: str, msgid: str | None) -> None:
    error = refused(body)
    assert (error.code, error.msgid) == (code, msgid)


def test_half_a_surrogate_pair_becomes_something_that_every_store_takes() -> None:
    parsed = parse('{"action":"sendprompt","payload":{"msgid":"m-1","text":"a\\ud83d"}}')
    assert isinstance(parsed, Prompt)
    assert parsed.text.encode()


def test_an_error_frame_has_code_message_and_msgid() -> None:
    error = BadFrame("bad_payload", "text must be a string.", "m-1")
    assert error_frame(error) == {
        "type": "error",
        "msgid": "m-1",
        "code": "bad_payload",
        "message": "text must be a string.",
    }


def outcome(body: str) -> object:
    try:
        return parse(body)
    except BadFrame as error:
        return error


MARK = "zq9recognisable"
values = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(),
        st.floats(),
        st.text(max_size=9),
        st.just(MARK),
        st.just("m-1"),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=8,
)
payloads = st.fixed_dictionaries(
    {}, optional={"msgid": values, "text": values, "after": values, MARK: values}
)
actions = st.one_of(st.sampled_from(["sendprompt", "resume", "stop", "ping"]), values)
frames = st.one_of(
    st.fixed_dictionaries({}, optional={"action": actions, "payload": st.one_of(payloads, values)}), values
)


@given(st.one_of(frames.map(json.dumps), st.text(), st.text(st.characters(codec=None))))
def test_whatever_a_page_sends_it_is_taken_or_has_a_code(body: str) -> None:
    taken = outcome(body)
    assert isinstance(taken, BadFrame | Prompt | Resume | Stop | Ping)
    if isinstance(taken, BadFrame):
        assert taken.code in {"too_large", "not_json", "bad_frame", "unknown_action", "bad_payload"}
        assert MARK not in str(taken)


@given(st.text(min_size=1, max_size=TEXT_CHARS).filter(str.strip))
def test_a_prompt_arrives_as_it_was_typed(words: str) -> None:
    assert parse(frame("sendprompt", msgid="m-1", text=words)) == Prompt("m-1", words)
