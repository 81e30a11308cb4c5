"""A link from end to end of the handlers: a code, its entry, the errand, and the page that was open."""

import json
import re

import boto3
import pytest
from handlers import converse
from handlers import run_job as run_errand
from switchboard.adapters.dynamo.people.people import DynamoPeople
from switchboard.adapters.dynamo.people.tickets import DynamoTickets
from switchboard.channels.sms.handlers import receive as receive_sms
from switchboard.channels.web.handlers import authorize as authorize_web
from switchboard.core.people.tickets import Principal
from switchboard.platform.clock import new_id
from switchboard.runtime import conversation

from tests.examples import ADAS_PAGE, ADAS_PHONE, BABBAGES_PHONE
from tests.fakes.model import FakeModel
from tests.handlers.cloud import Cloud
from tests.handlers.events import carrier_text, connect, failed, sqs
from tests.handlers.test_converse import Context
from tests.tables import CONVERSATIONS, PEOPLE


def say(cloud: Cloud, number: str, words: str, *, message_id: str) -> list[str]:
    """What is answered, to whomever."""
    assert (
        failed(receive_sms.handler(sqs(carrier_text(words, number=number, message_id=message_id)), None))
        == []
    )
    told: list[str] = []
    while signals := cloud.signals():
        for waiting in dict.fromkeys(signals):
            signal = sqs(json.dumps({"conversation": waiting}))
            assert failed(converse.handler(signal, Context())) == []
        told += [json.loads(body)["text"] for body in cloud.replies()]
    return told


def people(cloud: Cloud) -> DynamoPeople:
    return DynamoPeople(cloud.dynamodb, PEOPLE, CONVERSATIONS, new_id)


@pytest.fixture(autouse=True)
def _no_model(monkeypatch: pytest.MonkeyPatch) -> None:
    """Commands need none."""
    monkeypatch.setattr(conversation, "chat_model", lambda *_args, **_kwargs: FakeModel(), raising=False)


@pytest.fixture
def job(cloud: Cloud) -> str:
    """Of two phones that were linked just now."""
    return linked(cloud)


def linked(cloud: Cloud) -> str:
    (told,) = say(cloud, ADAS_PHONE.value, "/link", message_id="link-1")
    found = re.search(r"\w{4}-\w{4}", told)
    assert found
    (asked,) = say(cloud, BABBAGES_PHONE.value, f"/link {found[0]}", message_id="link-2")
    found = re.search(r"/confirm (\w{4}-\w{4})", asked)
    assert found
    heard = say(cloud, BABBAGES_PHONE.value, found[0], message_id="link-3")
    assert sum("will be linked" in each for each in heard) == 2
    (parse_job,) = cloud.jobs()
    return parse_job


def test_an_errand_brings_what_was_said(cloud: Cloud, job: str) -> None:
    assert failed(run_errand.handler(sqs(job), None)) == []
    heir = people(cloud).behind(BABBAGES_PHONE)
    asked = [turn["asked"] for turn in cloud.items("TURN#") if turn["pk"] == f"CONV#private-{heir}"]
    assert sum(each.startswith("/link") for each in asked) == 2
    assert sum(each.startswith("/confirm") for each in asked) == 1


def test_tasks_and_the_hour_of_the_check_in_come_along(cloud: Cloud) -> None:
    scheduler = boto3.client("scheduler")
    scheduler.create_schedule_group(Name="people")
    say(cloud, BABBAGES_PHONE.value, "/add 30 pushups every day", message_id="text-1")
    say(cloud, BABBAGES_PHONE.value, "/checkin 9:30", message_id="text-2")
    job = linked(cloud)
    assert failed(run_errand.handler(sqs(job), None)) == []
    told = say(cloud, ADAS_PHONE.value, "/tasks", message_id="text-3")
    assert any("1 pushups" in each for each in told)
    (schedule,) = scheduler.list_schedules()["Schedules"]
    assert schedule["Name"] == f"tasks-{people(cloud).behind(ADAS_PHONE)}"


def test_an_errand_that_finds_something_unfinished_comes_again_soon(cloud: Cloud, job: str) -> None:
    ceased = people(cloud).behind(BABBAGES_PHONE)
    cloud.dynamodb.update_item(
        TableName=CONVERSATIONS,
        Key={"pk": {"S": f"CONV#private-{ceased}"}, "sk": {"S": "STATE"}},
        UpdateExpression="SET holder = :somebody",
        ExpressionAttributeValues={":somebody": {"S": "worker"}},
    )
    cloud.sqs.send_message(QueueUrl=cloud.errands_queue, MessageBody=job)
    receipt = cloud.sqs.receive_message(QueueUrl=cloud.errands_queue)["Messages"][0]["ReceiptHandle"]
    assert failed(run_errand.handler(sqs(job, receipts=(receipt,)), None)) == ["record-0"]


def test_an_errand_of_no_kind_fails(cloud: Cloud) -> None:
    nonsense = {"kind": "dance", "id": "1", "person": "p", "address": {"channel": "sms", "value": "x"}}
    assert failed(run_errand.handler(sqs(json.dumps(nonsense | {"detail": ""})), None)) == ["record-0"]


def test_a_ticket_that_was_made_before_a_link_opens_the_socket_of_who_one_is_now(cloud: Cloud) -> None:
    now = people(cloud).behind(ADAS_PAGE)
    stale = Principal(people(cloud).behind(ADAS_PHONE), ADAS_PAGE)
    DynamoTickets(cloud.dynamodb, PEOPLE).issue("t-1", stale, expires=4_000_000_000)
    assert authorize_web.handler(connect({"ticket": "t-1"}), None)["context"]["person"] == now
