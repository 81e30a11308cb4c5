"""Wires the skills: each is given the store that it keeps its records in, and may wish to be woken."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

import boto3

from switchboard.adapters.dynamo.records_store import DynamoRecords
from switchboard.adapters.wakeups import Schedules
from switchboard.core.people import PersonId
from switchboard.core.records import NO_RECORDS
from switchboard.core.skill import Join, Means, Toolbox
from switchboard.runtime.aws import QUICK
from switchboard.skills import SKILLS

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient


def toolboxes(tables: str, *, wakeups: str, client: DynamoDBClient) -> dict[str, Toolbox]:
    """Both texts are JSON that the stacks write: each skill's table, and where schedules go."""
    schedules = schedules_of(wakeups)
    stores = {skill: DynamoRecords(client, table) for skill, table in json.loads(tables).items()}
    return {
        name: spec.load(Means(records=stores.get(name, NO_RECORDS), wakeups=schedules))
        for name, spec in SKILLS.items()
    }


def joiner(skills: Callable[[], Mapping[str, Toolbox]], schedules: Schedules) -> Join:
    """What every skill keeps of whoever ceased, and when it wakes them, is their heir's."""

    def join(ceased: PersonId, heir: PersonId) -> None:
        for name, skill in skills().items():
            schedules.pass_on(ceased, heir, name)
            if skill.join:
                skill.join(ceased, heir)

    return join


def schedules_of(wakeups: str) -> Schedules:
    given = json.loads(wakeups)
    return Schedules(boto3.client("scheduler", config=QUICK), given["group"], given["queue"], given["role"])
