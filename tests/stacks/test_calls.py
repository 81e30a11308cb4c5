"""Recordings: how the machine is put together, state by state, and what its parts may touch."""

import json
import pkgutil
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache
from importlib import import_module
from typing import Any

import pytest
import switchboard
from aws_cdk.assertions import Match, Template
from switchboard.core.errors import Retryable

from stacks.constructs.workflow import LAMBDA
from stacks.handlers import name_of
from stacks.skills.calls.settings import AMAZON, Calls
from stacks.skills.calls.state_machine import EMULATED, RETRYABLE
from tests.stacks.assembly import STAGES, Assembly, Place, assembly, settings_of, synthesize
from tests.stacks.grants.roles import workers

State = Mapping[str, Any]
ENDS = {"Succeed", "Fail"}


@cache
def with_amazon() -> Assembly:
    settings = replace(settings_of("prod"), audit=False).having(Calls(transcriber=AMAZON))
    return synthesize(settings)


def definition(of: Assembly) -> Mapping[str, Any]:
    """As Step Functions gets it, with the name of what is referred to in place of each reference."""
    (machine,) = of.resources("AWS::StepFunctions::StateMachine")
    pieces = machine.properties["DefinitionString"]["Fn::Join"][1]
    text = "".join(piece if isinstance(piece, str) else _named(piece) for piece in pieces)
    found: Mapping[str, Any] = json.loads(text)
    return found


def _named(reference: Mapping[str, Any]) -> str:
    return str(reference.get("Ref") or reference["Fn::GetAtt"][0])


def machines(of: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """The machine, and those within its maps."""
    yield of
    for state in of["States"].values():
        if "ItemProcessor" in state:
            yield from machines(state["ItemProcessor"])


def states(of: Assembly, kind: str = "") -> dict[str, State]:
    every = (machine["States"] for machine in machines(definition(of)))
    return {
        name: state for found in every for name, state in found.items() if not kind or state["Type"] == kind
    }


def ways(state: State) -> set[str]:
    """Where a state may lead."""
    choices = {each["Next"] for each in (*state.get("Choices", ()), *state.get("Catch", ()))}
    return choices | {state[name] for name in ("Next", "Default") if name in state}


def reachable(machine: Mapping[str, Any], first: str) -> set[str]:
    found, left = set[str](), [first]
    while left:
        name = left.pop()
        if name not in found:
            found.add(name)
            left.extend(ways(machine["States"][name]))
    return found


@pytest.mark.parametrize("stage", STAGES)
def test_every_task_is_tried_again_and_what_it_raises_is_caught(stage: str) -> None:
    tasks = states(assembly(stage), "Task")
    assert tasks.keys() == {"Transcribe", "Await", "Look", "Plan", "Read", "Finish", "Fail"}
    for name, task in tasks.items():
        (retry,) = task["Retry"]
        assert retry["BackoffRate"] > 1, name
        assert retry["JitterStrategy"] == "FULL"
        assert 0 < retry["MaxAttempts"] < 10
        assert retry["MaxDelaySeconds"] <= 300
        assert task["Catch"][-1]["ErrorEquals"] == ["States.ALL"]
        assert task["TimeoutSeconds"] > 0


def test_only_what_may_succeed_later_is_tried_again() -> None:
    for name, task in states(assembly("prod"), "Task").items():
        (retry,) = task["Retry"]
        expected = ["States.ALL"] if name == "Fail" else [*RETRYABLE, *LAMBDA]
        assert retry["ErrorEquals"] == expected


def test_errors_are_named_as_the_functions_raise_them() -> None:
    """A function's runtime reports the name of the class."""
    for found in pkgutil.walk_packages(switchboard.__path__, "switchboard."):
        import_module(found.name)
    assert {error.__name__ for error in _tree(Retryable)} == set(RETRYABLE)


def _tree(error: type[Exception]) -> Iterator[type[Exception]]:
    yield error
    for kind in error.__subclasses__():
        if kind.__module__.startswith("switchboard."):
            yield from _tree(kind)


def test_the_emulators_name_for_every_error_is_known_to_no_stage_in_aws() -> None:
    assert EMULATED not in json.dumps(definition(assembly("prod")))
    assert EMULATED in json.dumps(definition(assembly("local")))


@pytest.mark.parametrize("of", [assembly("prod"), with_amazon()], ids=["elevenlabs", "amazon"])
def test_every_path_ends_and_leaves_the_call_with_a_status(of: Assembly) -> None:
    """Completed by Finish, Failed by Fail; `Gone` is a call that was deleted."""
    whole, *inner = machines(definition(of))
    for machine in (whole, *inner):
        assert reachable(machine, machine["StartAt"]) == machine["States"].keys()
        for name in machine["States"]:
            ends = {each for each in reachable(machine, name) if not ways(machine["States"][each])}
            assert ends, f"{name} leads nowhere"
            assert {machine["States"][each]["Type"] for each in ends} <= ENDS
    into = {
        end: {name for name, state in whole["States"].items() if end in ways(state)}
        for end, state in whole["States"].items()
        if state["Type"] in ENDS
    }
    assert into.pop("Gone") <= {"HasBegun", "HasCome", "IsPlanned", "IsDone"}
    assert into == {"Done": {"IsDone"}, "Told": {"IsOurs"}, "Ours": {"IsOurs"}, "Untold": {"Fail"}}


def test_each_step_goes_on_by_what_its_function_answers() -> None:
    known = states(assembly("prod"))
    choices = {name: state for name, state in known.items() if state["Type"] == "Choice"}
    leads = {name: ways(state) for name, state in choices.items()}
    assert leads == {
        "IsHeard": {"Plan", "Transcribe"},
        "HasBegun": {"Look", "Await", "Gone", "Fail"},
        "HasCome": {"Plan", "MayCome", "Gone", "Fail"},
        "MayCome": {"Pause", "Late"},
        "IsPlanned": {"Keep", "Gone", "Fail"},
        "WasRead": {"Answered", "Unread"},
        "IsDone": {"Done", "Gone", "Fail"},
        "IsOurs": {"Ours", "Told"},
    }


def test_a_transcript_that_nobody_brings_is_asked_for_and_not_for_ever() -> None:
    known = states(assembly("prod"))
    late, other = known["Await"]["Catch"]
    assert (late["ErrorEquals"], late["Next"]) == (["States.Timeout"], "Look")
    assert other["Next"] == "Fail"
    assert known["Await"]["Resource"].endswith(":lambda:invoke.waitForTaskToken")
    assert known["Await"]["Arguments"]["Payload"]["token"] == "{% $states.context.Task.Token %}"
    assert known["MayCome"]["Choices"][0]["Condition"] == "{% $looks < 90 %}"
    assert known["Pause"]["Assign"] == {"looks": "{% $looks + 1 %}"}


def test_one_that_calls_nobody_back_is_asked_at_once_and_has_no_webhook() -> None:
    of = with_amazon()
    assert "Await" not in states(of)
    assert "Look" in ways(states(of)["HasBegun"])
    assert not [route for route in of.resources("AWS::ApiGatewayV2::Route") if route.stack == "Calls"]


def test_what_one_part_cannot_answer_ends_all_of_them() -> None:
    known = states(assembly("prod"))
    assert known["Analyze"]["Catch"][0]["Next"] == "Fail"
    assert known["Analyze"]["MaxConcurrency"] == 4
    assert known["Unread"]["Error"] == "{% $states.input.reason %}"


def test_the_machine_calls_its_own_functions_is_logged_and_is_traced() -> None:
    template = Template.from_json(dict(assembly("prod").templates["Calls"]))
    template.has_resource_properties(
        "AWS::StepFunctions::StateMachine",
        {
            "StateMachineType": "STANDARD",
            "TracingConfiguration": {"Enabled": True},
            "LoggingConfiguration": Match.object_like({"Level": "ALL", "IncludeExecutionData": False}),
        },
    )
    invoked = {
        place
        for policy in assembly("prod").resources("AWS::IAM::Policy")
        for rule in policy.properties["PolicyDocument"]["Statement"]
        if rule["Action"] == "lambda:InvokeFunction" and "Work" in policy.id
        for place in assembly("prod").named_in(policy.stack, rule["Resource"])
    }
    assert len(invoked) == 6


@pytest.mark.parametrize("stage", STAGES)
def test_every_upload_is_told_of_to_the_queue(stage: str) -> None:
    template = Template.from_json(dict(assembly(stage).templates["Calls"]))
    rule = {"Name": "prefix", "Value": "uploads/"}
    template.has_resource_properties(
        "AWS::S3::Bucket",
        {
            "VersioningConfiguration": {"Status": "Enabled"},
            "NotificationConfiguration": {
                "QueueConfigurations": [
                    Match.object_like({"Event": "s3:ObjectCreated:*", "Filter": {"S3Key": {"Rules": [rule]}}})
                ]
            },
        },
    )


def test_recordings_are_kept_as_long_as_the_settings_say_and_texts_longer() -> None:
    rules = _rules(assembly("prod"))
    assert {rule["Prefix"]: rule["ExpirationInDays"] for rule in rules if "Prefix" in rule} == {
        "uploads/": 90
    }
    everything = replace(settings_of("prod"), audit=False).having(Calls(audio_days=7, text_days=30))
    kept = {
        rule["Prefix"]: rule["ExpirationInDays"]
        for rule in _rules(synthesize(everything))
        if "Prefix" in rule
    }
    assert kept == {"uploads/": 7, "transcripts/": 30, "analyses/": 30}


def _rules(of: Assembly) -> list[Mapping[str, Any]]:
    (bucket,) = (each for each in of.resources("AWS::S3::Bucket") if each.stack == "Calls")
    found: list[Mapping[str, Any]] = bucket.properties["LifecycleConfiguration"]["Rules"]
    return found


def test_pages_of_ours_may_upload_parts_and_read_their_tags() -> None:
    (bucket,) = (each for each in assembly("prod").resources("AWS::S3::Bucket") if each.stack == "Calls")
    (rule,) = bucket.properties["CorsConfiguration"]["CorsRules"]
    assert rule["AllowedOrigins"] == ["https://*.cloudfront.net"]
    assert {"PUT", "POST"} <= set(rule["AllowedMethods"])
    assert "ETag" in rule["ExposedHeaders"]


def test_the_webhook_needs_no_token_and_nothing_else_of_it_is_open() -> None:
    routes = [
        route for route in assembly("prod").resources("AWS::ApiGatewayV2::Route") if route.stack == "Calls"
    ]
    (route,) = routes
    assert route.properties["RouteKey"] == "POST /transcribers/elevenlabs"
    assert route.properties["AuthorizationType"] == "NONE"


def test_only_the_functions_that_ask_the_transcriber_know_its_key() -> None:
    knowing = {
        name_of(function.properties["Handler"])
        for function in assembly("prod").resources("AWS::Lambda::Function")
        if "TRANSCRIBER_SECRET" in function.properties.get("Environment", {}).get("Variables", {})
    }
    assert knowing == {"calls.transcribe", "calls.poll_transcript"}


@pytest.mark.parametrize("stage", STAGES)
def test_the_function_that_anybody_may_call_has_no_power_over_people(stage: str) -> None:
    """It keeps a transcript; it neither reads nor writes who somebody is or what they may spend."""
    of = assembly(stage)
    (receives,) = (each for each in workers(of) if each.name == "calls.receive_transcript")
    ((stack, people),) = {place for place in everything_granted(of) if place[1].startswith("People")}
    assert (stack, people) not in {place for _, place in receives.grants()}
    assert "PEOPLE_TABLE" not in receives.variables


def everything_granted(of: Assembly) -> set[Place]:
    return {place for each in workers(of) for _, place in each.grants() if "/" not in place[1]}


def test_a_run_fails_when_its_end_concerns_the_operator() -> None:
    known = states(assembly("prod"))
    (ours,) = known["IsOurs"]["Choices"]
    assert (ours["Condition"], ours["Next"]) == ("{% $states.input.concerns_the_operator %}", "Ours")
    assert known["IsOurs"]["Default"] == "Told"
    assert (known["Ours"]["Type"], known["Told"]["Type"]) == ("Fail", "Succeed")
