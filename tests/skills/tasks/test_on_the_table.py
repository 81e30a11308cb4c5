"""A week of texts leaves in the table what it leaves in memory."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING

import boto3
import pytest
from moto import mock_aws
from switchboard.adapters.dynamo.skill_records import DynamoRecords
from switchboard.core.people.address import PersonId
from switchboard.skills.tasks.store.keys import owner_of
from switchboard.skills.tasks.store.merge_people import join

from tests.skills.tasks.talk import ADA, MONDAY, Talk
from tests.skills.tasks.test_a_week_of_texts import TEXTS
from tests.tables import PEOPLE, create_people

if TYPE_CHECKING:
    from switchboard.core.skills.records import Records

MORE = (
    (6, "read 25 pages of Dune every day"),
    (6, "/pick 0"),
    (6, "rename 5 to Dune Messiah"),
    (6, "pause 3"),
    (6, "archive 2"),
    (6, "undo"),
    (6, "undo"),
    (6, "resume 3"),
    (6, "did messiah"),
    (6, "learn C#"),
    (6, "/week starts sunday"),
    (6, "how am I doing"),
    (6, "did dun"),
)


@pytest.fixture
def table() -> Iterator[DynamoRecords]:
    with mock_aws():
        client = boto3.client("dynamodb")
        create_people(client)
        yield DynamoRecords(client, PEOPLE)


def bodies(records: Records, person: PersonId = ADA) -> dict[str, object]:
    return {
        record.key: dict(record.body) for record in records.find(owner_of(person), "", limit=1000).records
    }


def test_what_is_kept_is_the_same_in_both(table: DynamoRecords) -> None:
    told: list[list[str]] = []
    talks = Talk(), Talk()
    talks[1].box = talks[1].load(table)
    for talk in talks:
        told.append([])
        for ahead, text in (*((ahead, text) for ahead, text, _ in TEXTS), *MORE):
            talk.day = MONDAY + timedelta(days=ahead)
            told[-1].append(talk.say(text))
    assert told[0] == told[1]
    assert bodies(table) == bodies(talks[0].records)
    assert len(bodies(table)) > 150


def test_an_heir_has_the_same_in_both(table: DynamoRecords) -> None:
    heir = PersonId("heir")
    talks = Talk(), Talk()
    talks[1].box = talks[1].load(table)
    stores: tuple[Records, Records] = talks[0].records, table
    for talk, records in zip(talks, stores, strict=True):
        for ahead, text, _ in TEXTS:
            talk.day = MONDAY + timedelta(days=ahead)
            talk.say(text)
        join(records, ADA, heir)
    assert bodies(table, heir) == bodies(talks[0].records, heir)
    assert len(bodies(table, heir)) > 100
    assert {key.partition("#")[0] for key in bodies(table)} == {"MOVED"}
