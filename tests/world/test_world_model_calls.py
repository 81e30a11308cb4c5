"""The grammar reads calls: what it finds fits the schema, and every quote was said."""

import json
import re
from collections.abc import Mapping
from typing import Any

import openai as sdk
import pytest
from openai import OpenAI
from switchboard.skills.calls.analysis.prompting import condensing, request_for
from switchboard.skills.calls.domain.transcript import Spoken, Word, transcript_of
from switchboard.skills.calls.profiles import json_schema as strict
from switchboard.skills.calls.profiles.builtin import STANDARD

from local.recordings.scripts import SCRIPTS, Script
from local.world.model.schemas import answer_of
from tests.world.talk import user

pytestmark = pytest.mark.enable_socket
NAMES = tuple(prompt.name for prompt in STANDARD.prompts)


def asked_of(script: Script) -> tuple[str, Mapping[str, Any]]:
    """The transcript of a script as the assistant shows it, and the schema it wants."""
    spoken = [
        Spoken(turn.speaker, Word(f" {word}", 1000 * place, 1000 * place + 1))
        for place, turn in enumerate(script.turns)
        for word in turn.text.split()
    ]
    lines = transcript_of(spoken, language="eng", duration_ms=60_000).lines
    request = request_for(STANDARD, lines, ask=NAMES, first=0, max_tokens=4000)
    assert request.schema
    return request.messages[1].text, request.schema


def read(script: Script) -> dict[str, Any]:
    text, schema = asked_of(script)
    answer = answer_of(text, schema)
    assert answer
    found: dict[str, Any] = json.loads(answer.text)
    return found


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.name)
def test_what_is_found_fits_the_schema_and_every_quote_was_said(script: Script) -> None:
    text, schema = asked_of(script)
    found = read(script)
    assert strict.misfits(found, schema) == []
    lines = dict(re.findall(r"^(\d+) \w+: (.*)$", text, re.MULTILINE))
    quoting = [*found["action_items"], *found["scorecard"], *found["quotes"]]
    assert len(quoting) > 4
    assert all(item["quote"] in lines[str(item["line"])] for item in quoting)


def test_promises_and_requests_are_action_items_with_their_day() -> None:
    items = read(SCRIPTS[0])["action_items"]
    first = items[0]
    assert first["task"] == "I will send a technician on Thursday at nine."
    assert (first["owner"], first["due"]) == ("agent", "on Thursday at nine")
    assert all(re.search(r"\b(will|please)\b", item["task"], re.IGNORECASE) for item in items)


def test_an_unhappy_client_is_heard() -> None:
    assert min(point["score"] for point in read(SCRIPTS[1])["sentiment"]) < 0


def test_what_was_found_in_parts_is_made_one() -> None:
    findings = [{"summary": "They met."}, {"summary": "They parted."}]
    request = condensing(STANDARD, findings, ask=["summary"], max_tokens=400)
    assert request.schema
    answer = answer_of(request.messages[1].text, request.schema)
    assert answer
    assert json.loads(answer.text) == {"summary": "They met. Later: They parted."}


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ({"type": ["string", "null"]}, None),
        ({"type": "integer"}, 0),
        ({"type": "boolean"}, False),
        ({"type": "string", "enum": ["low", "high"]}, "low"),
        ({"type": "array", "items": {"type": "string"}}, ["Hello there."]),
        ({"type": "object", "properties": {"inner": {"type": "number"}}}, {"inner": 0}),
    ],
)
def test_what_it_knows_nothing_of_says_nothing_and_fits(kind: Mapping[str, Any], said: object) -> None:
    answer = answer_of("<call>\n0 ada: Hello there.\n</call>", {"properties": {"unheard_of": kind}})
    assert answer
    assert json.loads(answer.text) == {"unheard_of": said}


def test_it_answers_a_client_in_json(openai: OpenAI) -> None:
    text, schema = asked_of(SCRIPTS[2])
    answer = openai.chat.completions.create(
        model="any",
        messages=user(text),
        response_format={
            "type": "json_schema",
            "json_schema": {"name": "answer", "strict": True, "schema": dict(schema)},
        },
    )
    assert answer.choices[0].finish_reason == "stop"
    assert strict.misfits(json.loads(answer.choices[0].message.content or ""), schema) == []


def test_of_anything_but_a_call_it_writes_no_json(openai: OpenAI) -> None:
    with pytest.raises(sdk.BadRequestError, match="calls alone"):
        openai.chat.completions.create(
            model="any", messages=user("hello"), response_format={"type": "json_object"}
        )
