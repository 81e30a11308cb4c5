"""A wish becomes one schedule by the person's own clock, and goes with the wish."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import time
from typing import Any

import boto3
import pytest
from botocore.stub import Stubber
from moto import mock_aws
from switchboard.adapters.queues import message, parse_job
from switchboard.adapters.schedules import EventBridgeReminders, expression
from switchboard.core.jobs import Job
from switchboard.core.people.address import PersonId
from switchboard.core.skills.reminders import DAYS, ScheduledReminder

from tests.examples import ADA, ADAS_PHONE

WISH = ScheduledReminder(ADA, ADAS_PHONE, "tasks", time(8, 30), "Europe/Oslo")
QUEUE, ROLE = "arn:aws:sqs:us-east-1:123456789012:errands", "arn:aws:iam::123456789012:role/wakes"
NAMED = {"Name": "tasks-ada", "GroupName": "people"}


@pytest.mark.parametrize(
    ("days", "cron"),
    [
        ((), "cron(30 8 * * ? *)"),
        (("MON",), "cron(30 8 ? * MON *)"),
        (DAYS[:5], "cron(30 8 ? * MON,TUE,WED,THU,FRI *)"),
    ],
)
def test_a_wish_is_written_as_cron(days: tuple[str, ...], cron: str) -> None:
    assert expression(ScheduledReminder(ADA, ADAS_PHONE, "tasks", time(8, 30), "UTC", days)) == cron


def test_a_day_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="days are among MON"):
        ScheduledReminder(ADA, ADAS_PHONE, "tasks", time(8), "UTC", ("monday",))


def stubbed() -> tuple[EventBridgeReminders, Stubber]:
    client = boto3.client("scheduler", region_name="us-east-1")
    return EventBridgeReminders(client, "people", QUEUE, ROLE), Stubber(client)


def created() -> dict[str, Any]:
    job = {
        "kind": "wake",
        "id": "tasks-ada",
        "person": "ada",
        "address": {"channel": "sms", "value": "+12065550150"},
        "detail": "tasks",
        "planned": "<aws.scheduler.scheduled-time>",
    }
    return {
        **NAMED,
        "ScheduleExpression": "cron(30 8 * * ? *)",
        "ScheduleExpressionTimezone": "Europe/Oslo",
        "FlexibleTimeWindow": {"Mode": "OFF"},
        "Target": {
            "Arn": QUEUE,
            "RoleArn": ROLE,
            "Input": json.dumps(job),
            "RetryPolicy": {"MaximumEventAgeInSeconds": 3600, "MaximumRetryAttempts": 10},
        },
    }


def test_a_new_wish_makes_a_schedule_that_hands_an_errand_over() -> None:
    schedules, stub = stubbed()
    stub.add_response("create_schedule", {"ScheduleArn": "arn"}, created())
    with stub:
        schedules.set(WISH)
    stub.assert_no_pending_responses()
    job = Job("wake", "tasks-ada", ADA, ADAS_PHONE, detail="tasks")
    assert parse_job(created()["Target"]["Input"], sent_ms=0) == job


SENT_MS, PLANNED_MS = 1_800_000_000_000, 1_799_999_000_000


@pytest.mark.parametrize(
    ("filled_in", "due_ms"),
    [
        ("2027-01-15T07:43:20Z", PLANNED_MS),
        ("2027-01-15T07:43:20.000+00:00", PLANNED_MS),
        ("<aws.scheduler.scheduled-time>", SENT_MS),
        ("", SENT_MS),
    ],
)
def test_an_errand_is_due_at_its_hour_or_else_when_the_queue_got_it(filled_in: str, due_ms: int) -> None:
    """The local AWS fills nothing in."""
    body = message(Job("wake", "tasks-ada", ADA, ADAS_PHONE, detail="tasks"), planned=filled_in)
    assert parse_job(body, sent_ms=SENT_MS).due_ms == due_ms


def test_an_errand_without_an_hour_says_nothing_of_one() -> None:
    assert "planned" not in message(Job("export", "one", ADA, ADAS_PHONE))


def test_another_wish_takes_the_place_of_the_first() -> None:
    schedules, stub = stubbed()
    stub.add_client_error("create_schedule", "ConflictException", expected_params=created())
    stub.add_response("update_schedule", {"ScheduleArn": "arn"}, created())
    with stub:
        schedules.set(WISH)
    stub.assert_no_pending_responses()


def test_a_wish_that_ends_takes_its_schedule_with_it_and_may_end_twice() -> None:
    schedules, stub = stubbed()
    stub.add_response("delete_schedule", {}, NAMED)
    stub.add_client_error("delete_schedule", "ResourceNotFoundException", expected_params=NAMED)
    with stub:
        schedules.cancel(ADA, "tasks")
        schedules.cancel(ADA, "tasks")
    stub.assert_no_pending_responses()


OTHER = PersonId("babbage")


@pytest.fixture
def schedules() -> Iterator[EventBridgeReminders]:
    with mock_aws():
        client = boto3.client("scheduler")
        client.create_schedule_group(Name="people")
        yield EventBridgeReminders(client, "people", QUEUE, ROLE)


def errand_of(schedules: EventBridgeReminders, person: PersonId) -> Job:
    found = schedules.client.get_schedule(Name=f"tasks-{person}", GroupName="people")
    return parse_job(found["Target"]["Input"], sent_ms=0)


def test_a_wish_that_is_passed_on_wakes_the_heir_at_the_same_address_and_hour(
    schedules: EventBridgeReminders,
) -> None:
    schedules.set(WISH)
    for _ in range(2):
        schedules.pass_on(ADA, OTHER, "tasks")
    assert errand_of(schedules, OTHER) == Job("wake", "tasks-babbage", OTHER, ADAS_PHONE, detail="tasks")
    assert schedules.read(OTHER, "tasks") == {"at": "cron(30 8 * * ? *)", "zone": "Europe/Oslo"}
    assert schedules.read(ADA, "tasks") is None


def test_an_heir_with_a_wish_of_their_own_keeps_that_one(schedules: EventBridgeReminders) -> None:
    schedules.set(WISH)
    schedules.set(replace(WISH, person=OTHER, at=time(20)))
    schedules.pass_on(ADA, OTHER, "tasks")
    assert schedules.read(OTHER, "tasks") == {"at": "cron(0 20 * * ? *)", "zone": "Europe/Oslo"}
    assert schedules.read(ADA, "tasks") is None


def test_nothing_is_passed_on_of_somebody_who_wished_for_nothing(schedules: EventBridgeReminders) -> None:
    schedules.set(replace(WISH, person=OTHER))
    schedules.pass_on(ADA, OTHER, "tasks")
    assert errand_of(schedules, OTHER).person == OTHER
