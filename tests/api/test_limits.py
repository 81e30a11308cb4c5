"""Whichever way a thing is said - by a command, by the model, in a request - as much of it is taken."""

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError
from switchboard.core.people.profiles import LONGEST_ZONE
from switchboard.core.skills.spec import LONGEST_WORDS
from switchboard.skills.calls import limits as calls
from switchboard.skills.calls.api.profile_models import Redacted
from switchboard.skills.calls.domain.redaction import Kind
from switchboard.skills.tasks import limits as tasks
from switchboard.skills.tasks.api.routes import Rep
from switchboard.skills.tasks.chat.arguments import WhatWasDone
from switchboard.skills.tasks.language.numbers import parsed

from tests.api.entrances import Limits, commands, limits, requests, tools

PLACES: Mapping[str, Limits] = {**requests(), **tools(), **commands()}
CLAMPED = {"earlier_messages limit", "list_calls limit"}
"""A model that asks for more gets as many as there may be."""
CHECKED = {
    "POST /profiles schema": "skills.calls.schema holds its size, depth and parts",
    "POST /profiles/validate": "it is there to say what is wrong with a profile of any kind",
}
CODES = ("/link", "/confirm", "/forget", "/unlink")
PLAIN = ("/usage", "/export", "/me", "/undo", "/today", "/yes", "/no")
"""What follows these is not looked at."""
WORDS = {"maxLength": LONGEST_WORDS}
AMOUNTS = {"minimum": float(tasks.SMALLEST_AMOUNT), "maximum": float(tasks.LARGEST_AMOUNT)}
NUMBERS = {"minimum": 0, "maximum": tasks.LARGEST_NUMBER}
VERSIONS = {"minimum": 1, "maximum": calls.LATEST_VERSION}
TITLE = {"maxLength": tasks.LONGEST_TITLE}
ALIKE: Mapping[str, tuple[Limits, tuple[str, ...]]] = {
    "words about a task": (
        WORDS,
        (
            *("POST /tasks sentence", "POST /tasks/answers text", "add_task sentence", "log_rep what"),
            *("skip_rep task", "change_task task", "change_task to", "task_report task"),
            *("answer_check_in answers", "set_check_in when", "log_rep unit", "log_rep day", "skip_rep day"),
            *("add_task unit", "add_task due"),
            *("/add", "/did", "/skip", "/task", "/tasks", "/move", "/rename", "/pause", "/resume"),
            *("/archive", "/finish", "/checkin", "/pick", "/week"),
        ),
    ),
    "a task's title": (TITLE, ("PATCH /tasks/{task} title", "add_task title")),
    "an amount": (AMOUNTS, ("add_task amount", "add_task total", "log_rep amount")),
    "an amount in digits": ({"pattern": f"^{tasks.AMOUNT}$"}, ("POST /tasks/{task}/reps amount",)),
    "the number of a task or an answer": (
        NUMBERS,
        ("answer_question number", "week_report after", "list_tasks after"),
    ),
    "times a week": ({"minimum": 1, "maximum": tasks.MOST_TIMES_A_WEEK}, ("add_task times_a_week",)),
    "a rep's minutes": ({"minimum": 1, "maximum": tasks.LONGEST_EFFORT}, ("add_task minutes_each",)),
    "words about calls": (
        WORDS,
        (
            *("GET /calls q", "list_calls about", "/calls", "/call", "call_insights call"),
            *("action_items call", "search_calls call", "/profiles"),
        ),
    ),
    "words that were said": (
        {"minLength": 1, **WORDS},
        ("GET /calls/{call}/search q", "search_calls words"),
    ),
    "a call's id": (
        {"pattern": f"^{calls.CALL_ID}$"},
        ("GET /calls/{call} call", "POST /profiles/{profile}/try call"),
    ),
    "a profile's id": (
        {"pattern": f"^{calls.PROFILE_ID}$"},
        (
            "POST /calls profile profile",
            "POST /calls/{call}/reanalyze profile",
            "GET /profiles/{profile} profile",
        ),
    ),
    "a profile's id that is looked for": (
        {"maxLength": calls.LONGEST_PROFILE_ID},
        ("GET /calls profile", "POST /profiles id"),
    ),
    "a profile's version": (
        VERSIONS,
        (
            *("POST /calls profile version", "POST /calls/{call}/reanalyze version"),
            *("POST /profiles/{profile}/publish version", "POST /profiles/{profile}/try version"),
        ),
    ),
    "a field of metadata": (
        {"minLength": 1, "maxLength": calls.LONGEST_FIELD},
        ("POST /calls metadata {name}", "POST /profiles rules [] field"),
    ),
    "what a field says": (
        {"maxLength": calls.LONGEST_VALUE},
        ("POST /calls metadata {}", "POST /profiles rules [] value"),
    ),
    "fields of metadata": ({"maxProperties": calls.MOST_FIELDS}, ("POST /calls metadata",)),
    "a recording's bytes": ({"maximum": calls.MOST_BYTES}, ("POST /calls size",)),
    "a recording's name": ({"maxLength": calls.LONGEST_FILE_NAME}, ("POST /calls file_name",)),
    "parts that are asked for": ({"maxItems": calls.MOST_LINKS}, ("POST /calls/{call}/parts numbers",)),
    "a profile's name": ({"maxLength": calls.LONGEST_PROFILE_NAME}, ("POST /profiles name",)),
    "a system prompt": ({"maxLength": calls.LONGEST_SYSTEM}, ("POST /profiles system",)),
    "a prompt's name": ({"maxLength": calls.LONGEST_PROMPT_NAME}, ("POST /profiles prompts [] name",)),
    "a prompt": ({"maxLength": calls.LONGEST_PROMPT}, ("POST /profiles prompts [] text",)),
    "prompts": ({"maxItems": calls.MOST_PROMPTS}, ("POST /profiles prompts",)),
    "rules": ({"maxItems": calls.MOST_RULES}, ("POST /profiles rules",)),
    "what is taken out": ({"maxItems": len(Kind)}, ("POST /profiles redact",)),
    "a model's name": ({"maxLength": calls.LONGEST_MODEL}, ("POST /profiles model",)),
    "a temperature": ({"maxLength": calls.LONGEST_TEMPERATURE}, ("POST /profiles temperature",)),
    "a time zone": ({"maxLength": LONGEST_ZONE}, ("PATCH /me zone", "/zone", "current_time place")),
    "a code": (WORDS, CODES),
    "nothing": (WORDS, PLAIN),
}


WEB = Path(__file__).resolve().parents[2] / "web" / "src"
PAGE: Mapping[str, tuple[int, ...]] = {
    "tasks/adder.tsx": (LONGEST_WORDS,),
    "tasks/changing.tsx": (tasks.LONGEST_TITLE,),
    "calls/filters.tsx": (LONGEST_WORDS,),
    "calls/call/transcript-search.tsx": (LONGEST_WORDS,),
    "calls/upload/details.tsx": (calls.LONGEST_VALUE, calls.LONGEST_FIELD, calls.LONGEST_VALUE),
}
"""What its fields take, by file."""


def unbounded(limits_: Limits) -> Iterator[str]:
    """What has no end."""
    if limits_.keys() & {"enum", "const"}:
        return
    match limits_.get("type"):
        case "string" if not limits_.keys() & {"maxLength", "pattern"}:
            yield "length"
        case "integer" | "number" if "maximum" not in limits_ or not limits_.keys() & {
            "minimum",
            "exclusiveMinimum",
        }:
            yield "range"
        case "array" if "maxItems" not in limits_:
            yield "items"
        case "object" if "maxProperties" not in limits_:
            yield "fields"


def test_nothing_that_is_said_is_without_a_limit() -> None:
    endless = {name: list(unbounded(each)) for name, each in PLACES.items()}
    assert {name for name, faults in endless.items() if faults} == {*CLAMPED, *CHECKED}


@pytest.mark.parametrize("thing", ALIKE)
def test_as_much_of_a_thing_is_taken_at_each_entrance(thing: str) -> None:
    rule, places = ALIKE[thing]
    assert {place: {key: PLACES[place].get(key) for key in rule} for place in places} == dict.fromkeys(
        places, rule
    )


def test_every_text_and_number_in_chat_is_a_thing_of_that_list() -> None:
    listed = {place for _, places in ALIKE.values() for place in places}
    free = {name for name, each in {**tools(), **commands()}.items() if not each.keys() & {"enum", "const"}}
    said = {name for name in free if PLACES[name].get("type") in {"string", "integer", "number"}}
    assert said - listed - CLAMPED == set()


def test_the_api_names_the_same_kinds_of_personal_data() -> None:
    assert {each.value for each in Redacted} == {each.value for each in Kind}


@pytest.mark.parametrize("place", PAGE)
def test_the_page_lets_as_much_be_typed(place: str) -> None:
    written = (WEB / place).read_text()
    named = dict(re.findall(r"const (LONGEST\w*) = (\d+);", written))
    typed = [int(named.get(each, each)) for each in re.findall(r"maxLength=\{(\w+)\}", written)]
    assert sorted(typed) == sorted(PAGE[place])


def test_the_page_takes_as_large_a_recording() -> None:
    written = (WEB / "calls" / "upload" / "file.ts").read_text()
    assert re.findall(r"const MOST_BYTES = ([\d_]+);", written) == [f"{calls.MOST_BYTES:_}"]


def by_request(amount: str) -> bool:
    return _takes(Rep, {"amount": amount})


def by_tool(amount: str) -> bool:
    return _takes(WhatWasDone, {"what": "it", "amount": float(amount), "unit": None, "day": None})


def by_command(amount: str) -> bool:
    return parsed(amount) is not None


def _takes(model: Any, given: Mapping[str, object]) -> bool:  # noqa: ANN401 - any model
    try:
        model.model_validate(given)
    except ValidationError:
        return False
    return True


@pytest.mark.parametrize(
    "amount", ["0", "0.00", "0.01", "0.1", "1", "25.5", "999999.99", "1000000", "1000001"]
)
def test_an_amount_is_taken_by_all_or_by_none(amount: str) -> None:
    taken = {by_request(amount), by_tool(amount), by_command(amount)}
    assert taken == {tasks.countable(Decimal(amount))}


def test_an_entrance_without_a_limit_is_noticed() -> None:
    schema = {
        "properties": {"name": {"type": "string"}, "many": {"type": "array", "items": {"type": "integer"}}}
    }
    found = limits(schema, "it", schema)
    assert {name: list(unbounded(each)) for name, each in found.items()} == {
        "it name": ["length"],
        "it many": ["items"],
        "it many []": ["range"],
    }
