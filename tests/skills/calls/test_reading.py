"""From a transcript to insights: in parts or at once, and the same however often a step runs."""

import json
from dataclasses import replace

import pytest
from switchboard.core.errors import ModelUnavailable
from switchboard.core.model.types import Request
from switchboard.skills.calls.analysis.answers import Unfit
from switchboard.skills.calls.analysis.planning import DEFAULT, Budget
from switchboard.skills.calls.domain.call import Call, Status, Wish
from switchboard.skills.calls.domain.failure_reasons import CallFailed, Reason
from switchboard.skills.calls.domain.files import analysis_key, transcript_key
from switchboard.skills.calls.domain.insights import Insights, unpacked
from switchboard.skills.calls.domain.redaction import Kind
from switchboard.skills.calls.domain.transcript import packed
from switchboard.skills.calls.profiles.profile import Mode, Profile
from switchboard.skills.calls.profiles.repository import ProfileBook
from switchboard.skills.calls.workflow.analyze import Task, abandoned, answer, finish, prepare
from switchboard.skills.calls.workflow.context import fail

from tests.skills.calls.examples import ADA, GIST, TASKS, World, call, transcript
from tests.skills.calls.fakes import Reply, lines_of

SAID = ("anna: I will send the offer by Friday.", "ben: Thank you Anna.")
FOUND = {
    "summary": "An offer is coming.",
    "todo": [
        {"task": "Send the offer", "quote": "send the offer by Friday", "line": 0},
        {"task": "Call the king", "quote": "the king must hear of it", "line": 1},
    ],
}
SMALL = Budget(request=3_000, answer=300, overlap=100)
LONG = tuple(f"s{n % 2}: I promise thing number {n} to everybody here today" for n in range(400))


def world_of(
    *replies: Reply, said: tuple[str, ...] = SAID, profile: Profile = TASKS, budget: Budget = DEFAULT
) -> World:
    world = World(replies, budget=budget)
    shelf = ProfileBook(world.records, ADA)
    shelf.publish(profile.id, shelf.save(profile).version)
    shelf.prefer(profile.id)
    made = transcript(*said)
    heard = replace(call(), heard=made.heard, object_version="v1")
    for status in (Status.QUEUED, Status.TRANSCRIBING, Status.TRANSCRIBED):
        heard = heard.moved(status, 9)
    world.book.add(heard)
    world.blobs.put(transcript_key(heard.id), packed(made), content_type="application/json")
    return world


def run(world: World, task: Task | None = None) -> Call:
    task = task or prepare(world.desk, call().id, analysis="v1")
    for number in range(task.works):
        answer(world.desk, task, number)
    return finish(world.desk, task)


def insights(world: World, analysis: str = "v1") -> Insights:
    return unpacked(world.blobs.get(analysis_key(call().id, analysis)))


def test_a_short_call_becomes_insights_with_one_request() -> None:
    world = world_of(json.dumps(FOUND))
    done = run(world)
    found = insights(world)
    assert done.status is Status.COMPLETED
    assert len(world.model.requests) == found.requests == 1
    assert found.values["summary"] == "An offer is coming."
    assert found.values["todo"][0]["start_ms"] == 600
    assert found.values["todo"][1]["quote"] == ""
    assert (found.quotes_verified, found.quotes_dropped) == (1, 1)
    assert found.headline == "An offer is coming."
    assert [share["speaker"] for share in found.talk["shares"]] == ["anna", "ben"]


def test_what_it_cost_is_reserved_paid_and_written_down() -> None:
    world = world_of(json.dumps(FOUND))
    done = run(world)
    assert done.cost == done.findings[0].cost == insights(world).cost == 1100
    assert world.till.settled == {"v1": 1100}
    assert world.till.reserved["v1"] > 1100


def test_every_step_may_run_again_and_nothing_is_asked_or_paid_twice() -> None:
    world = world_of(json.dumps(FOUND))
    task = prepare(world.desk, call().id, analysis="v1")
    assert prepare(world.desk, call().id, analysis="v1") == task
    for _ in range(3):
        answer(world.desk, task, 0)
    first = finish(world.desk, task)
    assert finish(world.desk, task) == first
    assert len(world.model.requests) == 1
    assert world.till.settled == {"v1": 1100}


def test_answers_on_the_way_are_not_kept() -> None:
    world = world_of(json.dumps(FOUND))
    run(world)
    assert [key for key in world.blobs.kept if key.startswith("analyses/")] == [analysis_key(call().id, "v1")]


def by_name(request: Request) -> object:
    assert request.schema
    name: str
    (name,) = request.schema["required"]  # type: ignore[misc]
    return {name: FOUND[name]}


def test_separate_prompts_are_asked_apart_and_found_together() -> None:
    world = world_of(by_name, profile=replace(TASKS, mode=Mode.SEPARATE))
    run(world)
    assert len(world.model.requests) == 2
    assert list(insights(world).values) == ["summary", "todo"]


def promising(request: Request) -> object:
    """Finds a promise in every line; makes one summary of several."""
    lines = lines_of(request)
    if not lines:
        return {"summary": "All of it."}
    todo = [{"task": f"Do thing {number}", "quote": text, "line": number} for number, _, text in lines]
    return {"summary": f"From {lines[0][0]} to {lines[-1][0]}.", "todo": todo}


def test_a_long_call_is_read_in_parts_and_found_as_one() -> None:
    world = world_of(promising, said=LONG, budget=SMALL)
    done = run(world)
    found = insights(world)
    assert found.parts > 3
    assert [each["task"] for each in found.values["todo"]] == [f"Do thing {n}" for n in range(400)]
    assert found.values["summary"] == "All of it."
    assert (found.quotes_verified, found.quotes_dropped) == (400, 0)
    assert done.cost == 1100 * len(world.model.requests)
    assert world.till.reserved["v1"] > done.cost


def test_an_answer_that_never_fits_fails_and_is_paid_all_the_same() -> None:
    world = world_of("nonsense")
    task = prepare(world.desk, call().id, analysis="v1")
    for _ in range(2):
        with pytest.raises(CallFailed, match="ANSWER_UNFIT"):
            answer(world.desk, task, 0)
    assert len(world.model.requests) == 2
    failed = fail(world.desk, call().id, Reason.ANSWER_UNFIT, spent=abandoned(world.desk, task))
    assert failed
    assert (failed.status, failed.cost) == (Status.FAILED, 2200)
    assert world.till.settled == {"v1": 2200}


def test_a_model_that_is_away_is_asked_again() -> None:
    world = world_of(ModelUnavailable("503"), json.dumps(FOUND))
    task = prepare(world.desk, call().id, analysis="v1")
    with pytest.raises(ModelUnavailable):
        answer(world.desk, task, 0)
    answer(world.desk, task, 0)
    assert finish(world.desk, task).status is Status.COMPLETED


def test_the_transcript_survives_a_failed_analysis_and_is_read_again_by_another_profile() -> None:
    world = world_of("nonsense", "nonsense", '{"summary": "Short."}')
    with pytest.raises(Unfit):
        run(world)
    fail(world.desk, call().id, Reason.ANSWER_UNFIT)
    shelf = ProfileBook(world.records, ADA)
    shelf.publish("gist", shelf.save(GIST).version)
    again = prepare(world.desk, call().id, analysis="again", wish=Wish("gist"))
    assert run(world, again).status is Status.COMPLETED
    assert world.transcriber.started == []
    assert insights(world, "again").values == {"summary": "Short."}


def test_a_version_that_is_not_in_use_is_tried_on_a_past_call() -> None:
    world = world_of(json.dumps(FOUND), '{"summary": "Tried."}')
    run(world)
    ProfileBook(world.records, ADA).save(GIST)
    trial = prepare(world.desk, call().id, analysis="t", wish=Wish("gist", 1), trial=True)
    done = run(world, trial)
    assert done.latest
    assert done.latest.id == "v1"
    assert insights(world, "t").trial


def test_a_profile_that_is_gone_fails_before_anything_is_asked() -> None:
    world = world_of(json.dumps(FOUND))
    with pytest.raises(CallFailed, match="PROFILE_GONE"):
        prepare(world.desk, call().id, analysis="v1", wish=Wish("gone"))
    assert world.model.requests == []


def test_a_model_that_is_not_listed_any_more_is_not_asked_and_nothing_is_reserved() -> None:
    world = world_of(json.dumps(FOUND))
    before = ProfileBook(world.records, ADA, ("oracle",))
    before.publish("gist", before.save(replace(GIST, model="oracle")).version)
    with pytest.raises(CallFailed, match="MODEL_UNLISTED"):
        prepare(world.desk, call().id, analysis="v1", wish=Wish("gist"))
    assert (world.model.requests, world.till.reserved) == ([], {})
    assert world.book.find(call().id).status is Status.TRANSCRIBED


def test_without_a_transcript_there_is_nothing_to_read() -> None:
    world = world_of(json.dumps(FOUND))
    world.blobs.delete("transcripts/")
    with pytest.raises(CallFailed, match="NO_TRANSCRIPT"):
        prepare(world.desk, call().id, analysis="v1")


def test_what_would_cost_too_much_is_not_begun() -> None:
    world = world_of(json.dumps(FOUND))
    world.till.room = 10
    with pytest.raises(CallFailed, match="OVER_BUDGET"):
        prepare(world.desk, call().id, analysis="v1")
    assert world.model.requests == []


def test_a_missing_answer_is_noticed() -> None:
    world = world_of(json.dumps(FOUND))
    task = prepare(world.desk, call().id, analysis="v1")
    with pytest.raises(CallFailed, match="INTERNAL"):
        finish(world.desk, task)


def test_personal_data_that_the_model_writes_is_taken_out_of_the_insights() -> None:
    told = json.dumps({"summary": "Her card is 4111 1111 1111 1111."})
    world = world_of(told, profile=replace(GIST, redact=frozenset({Kind.CARD})))
    run(world)
    assert insights(world).values == {"summary": "Her card is [card]."}
    assert insights(world).redacted == ["card"]
    assert "4111" not in str(world.records.bodies(f"PERSON#{ADA}"))


def test_every_status_is_told_on_the_way() -> None:
    world = world_of(json.dumps(FOUND))
    run(world)
    assert world.watched.heard == [("Analyzing", None), ("Completed", None)]
