"""Half a surrogate pair, anywhere in JSON from outside, is refused or made whole: no store takes it."""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, is_dataclass
from typing import Any, NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from switchboard.adapters.queues import message, parse_job
from switchboard.adapters.topics import parse_signal, published
from switchboard.channels.sms import inbound as sms
from switchboard.channels.web import frames as web
from switchboard.core.conversation.tool_guard import names, question
from switchboard.core.jobs import Job
from switchboard.core.model.types import Completion, Request, ToolCall, Usage
from switchboard.skills.calls.analysis import answers
from switchboard.skills.calls.domain.failure_reasons import CallFailed
from switchboard.skills.calls.profiles import profile_file
from switchboard.skills.calls.profiles.profile import BadProfile
from switchboard.skills.calls.transcription import results, webhook
from switchboard.skills.calls.uploads import events

from tests.examples import ADA, ADAS_PHONE, CONVERSATION
from tests.fuzz.test_fuzz import FRAMES, REPORT, TEXT

HALF = "\ud83d"
WORD = {"type": "word", "text": "Hello", "start": 0, "end": 1, "speaker_id": "speaker_0"}
HEARD = {"language_code": "en", "words": [WORD], "audio_duration_secs": 1}
UPLOAD = {"key": "uploads/019bc0ffee005f0c/call.wav", "versionId": "v-1", "size": 9}
ANSWER = {"summary": "They spoke.", "topics": ["price"]}
SCHEMA = {
    "type": "object",
    "properties": {
        "summary": {"type": "string"},
        "topics": {"type": "array", "items": {"type": "string"}},
    },
}
PROFILE = {
    "id": "mine",
    "name": "Mine",
    "prompts": [{"name": "summary", "text": "What was it about?"}],
    "schema": SCHEMA,
    "rules": [{"field": "team", "value": "north"}],
}


class Entrance(NamedTuple):
    """What is made of a body, bodies that are good, and how it refuses one."""

    read: Callable[[str], object]
    good: tuple[Mapping[str, Any], ...]
    refusals: tuple[type[Exception], ...] = ()


def arrived(body: str) -> object:
    return [(each, each.execution) for each in events.arrivals(body)]


def brought(body: str) -> object:
    delivery = webhook.parse(body.encode("utf-8", "surrogatepass"))
    return delivery, delivery.result and results.read(delivery.result).heard


def answered(body: str) -> object:
    return answers.ask(Says(body), Request(messages=(), schema=SCHEMA)).values


def asked_about(body: str) -> object:
    call = ToolCall("c-1", "add_task", body)
    return question([call]), names("read Dune", call)


class Says(NamedTuple):
    """A model that says the same each time."""

    text: str

    def complete(self, _request: Request) -> Completion:
        return Completion(self.text, usage=Usage())


MISNAMED = (KeyError, TypeError)
"""Only we write these: one whose fields have other names is not ours."""
ENTRANCES: dict[str, Entrance] = {
    "a frame of a page": Entrance(web.parse, tuple(FRAMES), (web.BadFrame,)),
    "a text": Entrance(sms.parse, (TEXT,), (sms.BadPayload,)),
    "a delivery event": Entrance(sms.delivery_event, (REPORT,), (sms.BadPayload,)),
    "a webhook": Entrance(
        brought,
        (
            {
                "data": {
                    "request_id": "job-1",
                    "webhook_metadata": {"call": "c1"},
                    "transcription": {**HEARD, "transcription_id": "t-1"},
                }
            },
            {
                "data": {
                    "webhook_metadata": json.dumps({"call": "c1"}),
                    "transcription": {"transcription_id": "t-1"},
                }
            },
        ),
        (webhook.Garbled, CallFailed),
    ),
    "an upload": Entrance(
        arrived,
        (
            {"Records": [{"eventName": "ObjectCreated:Post", "s3": {"object": UPLOAD}}]},
            {"Message": json.dumps({"Records": [{"s3": {"object": UPLOAD}}]})},
        ),
        (events.NoEvent,),
    ),
    "a signal": Entrance(parse_signal, ({"conversation": CONVERSATION},), MISNAMED),
    "a reply": Entrance(
        published,
        (
            {
                "conversation": CONVERSATION,
                "turn": "1",
                "address": asdict(ADAS_PHONE),
                "text": "Hello",
                "asked_ms": 1,
                "always": False,
                "after": "0",
                "zone": "UTC",
            },
        ),
        MISNAMED,
    ),
    "an errand": Entrance(
        lambda body: parse_job(body, sent_ms=1),
        (json.loads(message(Job("wake", "e-1", ADA, ADAS_PHONE, "tasks"), planned="2026-11-21T03:04Z")),),
        MISNAMED,
    ),
    "what a model found": Entrance(answered, (ANSWER,), (CallFailed,)),
    "what a model wants done": Entrance(asked_about, ({"sentence": "read Dune", "days": ["monday"]},)),
    "a profile's file": Entrance(profile_file.read, (PROFILE,), (BadProfile,)),
}


def spoilt(value: object, spoil: Callable[[str], str]) -> Iterator[object]:
    """The same with one of its texts, or one of its names, spoilt: each in turn."""
    if isinstance(value, str):
        yield spoil(value)
    if isinstance(value, Mapping):
        for name, each in value.items():
            yield {spoil(key) if key == name else key: below for key, below in value.items()}
            yield from ({**value, name: other} for other in spoilt(each, spoil))
    if isinstance(value, list):
        for at, each in enumerate(value):
            yield from ([*value[:at], other, *value[at + 1 :]] for other in spoilt(each, spoil))


def texts(value: object) -> Iterator[str]:
    """Every text in what was read."""
    if is_dataclass(value) and not isinstance(value, type):
        value = {name: getattr(value, name) for name in value.__dataclass_fields__}
    if isinstance(value, str):
        yield value
    if isinstance(value, Mapping):
        value = [each for pair in value.items() for each in pair]
    if isinstance(value, list | tuple | set | frozenset):
        for each in value:
            yield from texts(each)


def halves_left(entrance: Entrance, body: str) -> list[str]:
    """The texts that came through with half a pair in them; a refusal lets nothing through."""
    try:
        found = entrance.read(body)
    except entrance.refusals:
        return []
    return [text for text in texts(found) if any("\ud800" <= each <= "\udfff" for each in text)]


@pytest.mark.parametrize("name", ENTRANCES)
@settings(max_examples=15, suppress_health_check=[HealthCheck.too_slow])
@given(half=st.characters(categories=["Cs"]), at=st.integers(0, 20), ascii_only=st.booleans())
def test_half_a_pair_in_any_text_or_name_is_refused_or_made_whole(
    name: str, half: str, at: int, *, ascii_only: bool
) -> None:
    entrance = ENTRANCES[name]
    for good in entrance.good:
        for document in spoilt(good, lambda text: text[:at] + half + text[at:]):
            body = json.dumps(document, ensure_ascii=ascii_only)
            assert halves_left(entrance, body) == [], body


@pytest.mark.parametrize("name", ENTRANCES)
def test_what_is_good_is_not_refused(name: str) -> None:
    entrance = ENTRANCES[name]
    for good in entrance.good:
        assert entrance.read(json.dumps(good)) is not None


def test_a_half_that_comes_through_is_noticed() -> None:
    careless = Entrance(json.loads, ())
    assert halves_left(careless, json.dumps({"a": [f"b{HALF}"]})) == [f"b{HALF}"]
