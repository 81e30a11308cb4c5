"""The errands of one's own data, from the queue to the bucket and the replies topic."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import boto3
import pytest
from handlers import run_job as run_errand
from switchboard.adapters.dynamo.people.people import DynamoPeople
from switchboard.platform.tables import Tables
from switchboard.runtime.personal_data import erasure_service, export_service, house

from tests.examples import ADAS_PHONE
from tests.handlers import events
from tests.handlers.cloud import EXPORTS, Cloud
from tests.handlers.conftest import Logs
from tests.own_data.jobs import FakeErrands
from tests.tables import CONVERSATIONS, PEOPLE

if TYPE_CHECKING:
    from switchboard.core.jobs import Job


@pytest.fixture
def stores(cloud: Cloud, monkeypatch: pytest.MonkeyPatch) -> None:
    boto3.client("s3").create_bucket(Bucket=EXPORTS)
    pool = boto3.client("cognito-idp").create_user_pool(PoolName="people")["UserPool"]["Id"]
    monkeypatch.setenv("USER_POOL", pool)


def ran(job: Job, *, attempt: int = 1) -> Mapping[str, Any]:
    event = events.sqs(json.dumps(asdict(job)))
    event["Records"][0]["attributes"]["ApproximateReceiveCount"] = str(attempt)
    return run_errand.handler(event, None)


def asked(cloud: Cloud, kind: str) -> Job:
    tables, jobs = Tables(cloud.dynamodb, PEOPLE, CONVERSATIONS), FakeErrands()
    person = DynamoPeople(cloud.dynamodb, PEOPLE, CONVERSATIONS, lambda: "ada").behind(ADAS_PHONE)
    if kind == "export":
        export_service(tables, jobs).request(person, ADAS_PHONE, key="k")
    else:
        erasure_service(tables, jobs).request(person, ADAS_PHONE)
    return jobs.waiting.pop()


@pytest.mark.usefixtures("stores")
def test_an_export_lands_in_the_bucket_and_its_link_in_the_conversation(cloud: Cloud) -> None:
    assert ran(asked(cloud, "export")) == {"batchItemFailures": []}
    (stored,) = boto3.client("s3").list_objects_v2(Bucket=EXPORTS)["Contents"]
    assert stored["Key"].startswith("ada/")
    (news,) = cloud.items("WAIT#")
    assert "https://abc123.execute-api.us-east-1.amazonaws.com/downloads/" in news["text"]
    assert cloud.signals() == ["private-ada"]


@pytest.mark.usefixtures("stores")
def test_the_last_word_to_whoever_is_forgotten_goes_out_as_a_reply(cloud: Cloud) -> None:
    job = asked(cloud, "erase")
    assert ran(job) == {"batchItemFailures": []}
    (reply,) = map(json.loads, cloud.replies())
    assert reply["conversation"] == f"erased-{job.id}"
    assert reply["address"] == {"channel": "sms", "value": ADAS_PHONE.value}
    assert "found none" in reply["text"]


@pytest.mark.usefixtures("stores")
def test_the_part_of_the_last_word_names_nobody_and_ends(cloud: Cloud) -> None:
    ran(asked(cloud, "erase"))
    (part,) = cloud.items("PART#")
    assert (part["part_state"], "expires" in part) == ("withdrawn", True)
    assert "ada" not in repr(part)


def test_an_errand_that_failed_for_the_last_time_says_so(cloud: Cloud, logs: Logs) -> None:
    """There is no bucket: it cannot be done."""
    job = asked(cloud, "export")
    assert ran(job, attempt=11)["batchItemFailures"]
    assert cloud.items("WAIT#") == []
    assert ran(job, attempt=12)["batchItemFailures"]
    (news,) = cloud.items("WAIT#")
    assert "could not" in news["text"]


def test_the_house_knows_both_commands(cloud: Cloud) -> None:
    tables = Tables(cloud.dynamodb, PEOPLE, CONVERSATIONS)
    assert house(tables, FakeErrands()).keys() == {"export", "forget"}
