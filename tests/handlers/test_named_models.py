"""A profile names only models that the settings list: over REST, in chat, and where a call is planned."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import boto3
import pytest
from switchboard.adapters.blobs import S3Blobs
from switchboard.adapters.dynamo.people.people import DynamoPeople
from switchboard.adapters.dynamo.skill_records import DynamoRecords
from switchboard.adapters.s3 import make_client
from switchboard.core.people.address import Address, PersonId
from switchboard.skills.calls.domain.call import Call, Status
from switchboard.skills.calls.handlers import fail as fail_call
from switchboard.skills.calls.handlers import plan as plan_call
from switchboard.skills.calls.profiles.repository import ProfileBook
from switchboard.skills.calls.store.repository import CallBook

from tests.api.recorded import PROFILE, done, keep
from tests.examples import ADA
from tests.handlers.cloud import LARGE, SMALL
from tests.handlers.test_api import ask, is_problem
from tests.handlers.test_calls_in_chat import answered
from tests.skills.calls.examples import GIST
from tests.tables import CALLS, CONVERSATIONS, PEOPLE, RECORDINGS

if TYPE_CHECKING:
    from tests.handlers.cloud import Cloud

DEAREST = "gpt-6.1-sol"
ACCOUNT = "sub-1"


def records() -> DynamoRecords:
    return DynamoRecords(boto3.client("dynamodb"), CALLS)


def saved_when_it_was_listed(person: PersonId, *, published: bool = False) -> None:
    """A profile of earlier settings, which listed the dearest model."""
    book = ProfileBook(records(), person, models=(DEAREST,))
    saved = book.save(replace(GIST, id="renewals", model=DEAREST))
    if published:
        book.publish(saved.id, saved.version)
        book.prefer(saved.id)


def whoever_asks(cloud: Cloud) -> PersonId:
    people = DynamoPeople(cloud.dynamodb, PEOPLE, CONVERSATIONS, lambda: "ada")
    return people.behind(Address("web", ACCOUNT))


def recorded(person: PersonId) -> Call:
    """An analysed call with its transcript, of which nobody said how to analyse it."""
    book = CallBook(records())
    made = replace(done(person, 1), wish=None)
    keep(made, book, S3Blobs(make_client(), RECORDINGS))
    return book.find(made.id)


def heard(person: PersonId) -> Call:
    """The same before its analysis began."""
    made = recorded(person)
    return CallBook(records()).change(made.id, lambda kept: replace(kept, history=kept.history[:-2]))


@pytest.mark.parametrize("model", ["small", "large", SMALL, LARGE])
def test_over_rest_a_model_of_the_settings_is_taken(cloud: Cloud, model: str) -> None:
    assert ask("POST", "/profiles", body={**PROFILE, "model": model}, account=ACCOUNT).status == 201
    assert ask("POST", "/profiles/renewals/publish", body={"version": 1}, account=ACCOUNT).status == 200


@pytest.mark.parametrize("model", [DEAREST, "no-such-model", "embeds-1", f"{SMALL} ", "", "Small"])
def test_over_rest_any_other_is_refused_with_those_that_may_be_named(cloud: Cloud, model: str) -> None:
    answer = ask("POST", "/profiles", body={**PROFILE, "model": model}, account=ACCOUNT)
    assert is_problem(answer, 422)
    assert f"small, large, {SMALL}, {LARGE}" in answer.body["detail"]
    checked = ask("POST", "/profiles/validate", body={**PROFILE, "model": model}, account=ACCOUNT)
    assert not checked.body["ok"]
    assert f"small, large, {SMALL}, {LARGE}" in checked.body["problems"][0]


def test_over_rest_what_earlier_settings_listed_is_not_published(cloud: Cloud) -> None:
    saved_when_it_was_listed(whoever_asks(cloud))
    answer = ask("POST", "/profiles/renewals/publish", body={"version": 1}, account=ACCOUNT)
    assert is_problem(answer, 409)
    assert LARGE in answer.body["detail"]


def test_over_rest_no_call_is_begun_or_analysed_again_with_it(cloud: Cloud) -> None:
    person = whoever_asks(cloud)
    saved_when_it_was_listed(person, published=True)
    made = recorded(person)
    new = {"file_name": "a.wav", "content_type": "audio/wav", "size": 9, "consent": True}
    for path, body, status in (
        ("/calls", new, 422),
        ("/calls", {**new, "profile": {"profile": "renewals"}}, 422),
        (f"/calls/{made.id}/reanalyze", {}, 409),
        ("/profiles/renewals/try", {"version": 1, "call": made.id}, 409),
    ):
        answer = ask("POST", path, body=body, account=ACCOUNT)
        assert is_problem(answer, status), path
        assert LARGE in answer.body["detail"]
    assert ask("GET", "/profiles", account=ACCOUNT).body["items"][1]["preferred"]


def test_in_chat_what_earlier_settings_listed_is_not_published(
    cloud: Cloud, monkeypatch: pytest.MonkeyPatch
) -> None:
    saved_when_it_was_listed(ADA)
    model = answered(cloud, monkeypatch, "/profiles publish renewals 1", ["never asked"])
    (reply,) = map(json.loads, cloud.replies())
    assert f"small, large, {SMALL}, {LARGE}" in reply["text"]
    assert model.requests == []
    assert ProfileBook(records(), ADA).shelved("renewals").published == 0


def test_a_call_is_not_planned_with_what_earlier_settings_listed_and_nothing_is_spent(cloud: Cloud) -> None:
    saved_when_it_was_listed(ADA, published=True)
    made = heard(ADA)
    before = cloud.dynamodb.scan(TableName=PEOPLE)["Items"]
    given = {"call": made.id, "analysis": "a2", "profile": "", "version": 0, "trial": False}
    told = plan_call.handler(given, None)
    assert (told["state"], told["reason"]) == ("failed", "MODEL_UNLISTED")
    assert cloud.dynamodb.scan(TableName=PEOPLE)["Items"] == before
    fail_call.handler({**given, "task": {}, "error": "MODEL_UNLISTED", "cause": ""}, None)
    failed = CallBook(records()).find(made.id)
    assert failed.status is Status.FAILED
    assert failed.reason
    assert "names a model" in failed.reason.sentence
