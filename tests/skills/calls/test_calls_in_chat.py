"""A person asks about their calls, in words and by commands."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from switchboard.core.errors import UserFacing
from switchboard.core.people.address import Address, PersonId
from switchboard.core.skills.spec import SkillDeps, ToolContext
from switchboard.skills.calls import SPEC
from switchboard.skills.calls.chat.formatting import QUOTED, clock, outcome
from switchboard.skills.calls.domain import transcript as transcripts
from switchboard.skills.calls.domain.call import Call, Finding, Status
from switchboard.skills.calls.domain.failure_reasons import Reason
from switchboard.skills.calls.domain.files import analysis_key, transcript_key
from switchboard.skills.calls.domain.insights import Insights, packed
from switchboard.skills.calls.profiles.builtin import STANDARD
from switchboard.skills.calls.profiles.repository import ProfileBook
from switchboard.skills.calls.store.lookup import which
from switchboard.skills.calls.store.search import search

from tests.skills.calls.examples import ADA, GIST, World, call, transcript
from tests.skills.test_typed_tools import faults_in_strict_mode

NOW = datetime(2026, 11, 21, 14, 5, tzinfo=UTC)
NOON = {day: int(datetime(2026, 11, day, 12, tzinfo=UTC).timestamp() * 1000) for day in (17, 18, 20, 21)}
SAID = transcript(
    "anna: Good morning, what can I do for you?",
    "ben: The client asks for a ten percent discount.",
    "anna: I will send a discount offer by Friday.",
)
VALUES: dict[str, Any] = {
    "summary": "The client asked for a discount.",
    "topics": [
        {"title": "Discount", "summary": "Ten percent.", "line": 1, "start_ms": 3_100, "speaker": "ben"}
    ],
    "action_items": [
        {
            "task": "Send an offer",
            "owner": "Anna",
            "due": "Friday",
            "quote": "",
            "line": 2,
            "start_ms": 65_000,
        },
        {"task": "Book a room", "owner": None, "due": None, "quote": "", "line": None},
    ],
}


def context(person: PersonId = ADA, zone: str = "UTC", now: datetime = NOW) -> ToolContext:
    return ToolContext("turn-1", person, Address("sms", "+12065550150"), now, (), zone)


def analysed(day: int, number: int, title: str = "") -> Call:
    finding = Finding("v1", "standard", 1, NOON[day], 10, "The client asked for a discount.")
    made = replace(
        call(number, at_ms=NOON[day], metadata={"title": title}), heard=SAID.heard, findings=(finding,)
    )
    for status in (Status.QUEUED, Status.TRANSCRIBING, Status.TRANSCRIBED, Status.ANALYZING):
        made = made.moved(status, 9)
    return made.moved(Status.COMPLETED, 10)


def insights(made: Call) -> Insights:
    return Insights(
        *("v1", made.id, "standard", "Standard", 1, 9),
        values=VALUES,
        talk={},
        models=["reader"],
        cost=1,
        requests=1,
        parts=1,
        quotes_verified=0,
        quotes_dropped=0,
    )


@pytest.fixture
def world() -> World:
    made = World()
    for day, number, title in (
        (17, 1, "Weekly with Bolt"),
        (18, 2, "Acme renewal"),
        (20, 3, "Acme discount"),
    ):
        each = analysed(day, number, title=title)
        made.book.add(each)
        made.blobs.put(analysis_key(each.id, "v1"), packed(insights(each)), content_type="x")
        made.blobs.put(transcript_key(each.id), transcripts.packed(SAID), content_type="x")
    return made


def ask(world: World, name: str, person: PersonId = ADA, **arguments: object) -> str:
    tools = {each.schema.name: each for each in SPEC.load(SkillDeps(world.records, world.blobs)).tools}
    return tools[name].run(json.dumps(arguments), context(person))


def say(world: World, word: str, rest: str = "") -> str:
    return SPEC.load(SkillDeps(world.records, world.blobs)).commands[word].run(rest, context())


@pytest.mark.parametrize(
    ("reference", "number"),
    [
        ("last", 3),
        ("my latest call", 3),
        ("yesterday", 3),
        ("yesterday's call", 3),
        ("2026-11-18", 2),
        ("the call from wednesday", 2),
        ("tuesday", 1),
        ("bolt", 1),
        ("the call with Acme", 3),
        ("acme renewal", 2),
    ],
)
def test_people_mean_a_call_in_many_ways(world: World, reference: str, number: int) -> None:
    assert int(which(reference, book=world.book, context=context()).id[12:], 16) == number


def test_a_call_is_meant_by_its_id(world: World) -> None:
    made = analysed(17, 1)
    assert which(made.id, book=world.book, context=context()).id == made.id


@pytest.mark.parametrize("reference", ["today", "the one about whales", "2026-13-40", "f" * 24])
def test_a_call_that_is_not_there_is_told_in_a_sentence(world: World, reference: str) -> None:
    with pytest.raises(UserFacing):
        which(reference, book=world.book, context=context())


def test_a_day_is_the_persons_own(world: World) -> None:
    world.book.add(call(9, at_ms=int(datetime(2026, 11, 21, 4, tzinfo=UTC).timestamp() * 1000)))
    there = context(zone="America/Los_Angeles")
    assert int(which("yesterday", book=world.book, context=there).id[12:], 16) == 9
    late = context(zone="America/Los_Angeles", now=datetime(2026, 11, 21, 7, tzinfo=UTC))
    assert int(which("today", book=world.book, context=late).id[12:], 16) == 9


def test_what_did_the_client_ask_for_in_yesterdays_call(world: World) -> None:
    told = ask(world, "call_insights", call="yesterday's call")
    assert told.startswith(QUOTED)
    assert "Fri 20 Nov 2026 12:00: Acme discount" in told
    assert "The client asked for a discount." in told
    assert '"at":"0:03"' in told
    assert "start_ms" not in told


def test_action_items_come_one_by_one_so_that_tasks_can_be_made_of_them(world: World) -> None:
    told = ask(world, "action_items", call="last").splitlines()
    assert told[-2:] == ["1. Send an offer, owner Anna, due Friday, at 1:05", "2. Book a room"]


def test_calls_are_listed_with_their_ids(world: World) -> None:
    told = ask(world, "list_calls", about="acme", limit=5)
    assert told.count("Acme") == 2
    assert f"[{analysed(20, 3).id}]" in told
    assert ask(world, "list_calls", about="whales", limit=5) == "There are no such calls."


def test_what_was_said_is_found_with_speaker_and_time(world: World) -> None:
    told = ask(world, "search_calls", words="ten percent discount", call="yesterday")
    assert (
        "Acme discount, Fri 20 Nov 2026 12:00, 0:02, ben: The client asks for a ten percent discount." in told
    )
    assert ask(world, "search_calls", words="whales", call=None) == "Nothing like that was said."
    assert ask(world, "search_calls", words="discount offer", call=None).count("ben:") == 0


def test_a_call_that_is_still_worked_on_says_so(world: World) -> None:
    world.book.add(call(8, at_ms=NOON[21]).moved(Status.QUEUED, 9))
    with pytest.raises(UserFacing, match="Waiting for its turn"):
        ask(world, "call_insights", call="last")


def test_nobody_hears_of_anothers_calls(world: World) -> None:
    eve = PersonId("eve")
    assert ask(world, "list_calls", eve, about=None, limit=5) == "There are no such calls."
    assert ask(world, "search_calls", eve, words="discount", call=None) == "Nothing like that was said."
    with pytest.raises(UserFacing):
        ask(world, "call_insights", eve, call=analysed(20, 3).id)


def test_every_tool_is_valid_in_strict_mode(world: World) -> None:
    tools = SPEC.load(SkillDeps(world.records, world.blobs)).tools
    assert [faults_in_strict_mode(each.schema.parameters) for each in tools] == [[]] * 4


def test_calls_are_private(world: World) -> None:
    assert SPEC.private_only
    assert SPEC.keeps


def test_insights_that_were_deleted_are_told(world: World) -> None:
    world.blobs.delete("analyses/")
    with pytest.raises(UserFacing, match="deleted"):
        ask(world, "action_items", call="last")


def test_a_long_result_is_cut_and_says_so(world: World) -> None:
    made = analysed(20, 3)
    long = replace(insights(made), values={"summary": "word " * 2000})
    world.blobs.put(analysis_key(made.id, "v1"), packed(long), content_type="x")
    told = ask(world, "call_insights", call="last")
    assert len(told) < 4000
    assert told.endswith("(the page shows the rest)")


def test_a_call_without_promises_says_so(world: World) -> None:
    made = analysed(20, 3)
    bare = replace(insights(made), values={"summary": "x"})
    world.blobs.put(analysis_key(made.id, "v1"), packed(bare), content_type="x")
    assert "No action items" in ask(world, "action_items", call="last")


def test_commands_need_no_model(world: World) -> None:
    assert say(world, "calls").count("\n") == 2
    assert say(world, "calls", "whales") == "There are no such calls."
    assert say(World(), "calls") == "There are no calls yet."
    assert say(world, "call", "yesterday").endswith("The client asked for a discount.")


def test_profiles_are_published_and_rolled_back_by_command(world: World) -> None:
    shelf = ProfileBook(world.records, ADA)
    shelf.save(GIST)
    shelf.save(GIST)
    assert say(world, "profiles", "publish gist 1") == "Now in use: gist, version 1."
    assert say(world, "profiles", "publish gist 2") == "Now in use: gist, version 2."
    assert say(world, "profiles", "back gist") == "Back in use: gist, version 1."
    assert "by gist from now on" in say(world, "profiles", "use gist")
    assert say(world, "profiles").splitlines() == [
        f"standard: {STANDARD.name}, version 1 in use",
        "gist: Gist, version 1 in use, newest 2 (preferred)",
    ]
    with pytest.raises(UserFacing, match="/profiles publish"):
        say(world, "profiles", "publish gist two")


def test_a_failure_is_told_with_its_reason() -> None:
    failed = call(metadata={"title": "Acme"}).moved(Status.FAILED, 9, Reason.SILENT)
    assert outcome(failed) == 'Your call "Acme" failed. No speech was heard in the recording.'
    assert outcome(analysed(20, 3)) == (
        'Your call "call.wav" is done. From the recording: "The client asked for a discount."'
    )


@pytest.mark.parametrize(("at", "shown"), [(0, "0:00"), (65_000, "1:05"), (3_723_000, "1:02:03")])
def test_a_place_in_a_recording_is_shown_as_players_show_it(at: int, shown: str) -> None:
    assert clock(at) == shown


def test_lines_that_hold_the_words_together_come_first() -> None:
    found = search(SAID, "discount offer")
    assert [hit.line for hit in found] == [2]
    assert search(SAID, "...") == []
