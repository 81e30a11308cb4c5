"""Wires the skills: each is given the stores that it keeps things in, and may wish to be woken."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any, cast

import boto3

from switchboard.adapters.blobs import S3Blobs
from switchboard.adapters.dynamo.skill_records import DynamoRecords
from switchboard.adapters.s3 import make_client
from switchboard.adapters.schedules import EventBridgeReminders
from switchboard.core.people.address import PersonId
from switchboard.core.skills.blobs import NO_BLOBS
from switchboard.core.skills.records import NO_RECORDS
from switchboard.core.skills.spec import MergePeople, SeparatePeople, SkillDeps, Toolbox
from switchboard.platform.aws import QUICK
from switchboard.platform.skills import given
from switchboard.skills import SKILLS

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient
    from mypy_boto3_s3 import S3Client


class Later:
    """A client that is made when it is first used: few turns want anything of a bucket."""

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - any method of the client
        return getattr(self._made, name)

    @cached_property
    def _made(self) -> S3Client:
        return make_client()


def bucket_of(name: str) -> S3Blobs:
    return S3Blobs(cast("S3Client", Later()), name)


def toolboxes(
    skills: str, *, wakeups: str, client: DynamoDBClient, models: Collection[str] = ()
) -> dict[str, Toolbox]:
    """Both texts are JSON that the stacks write: what is each skill's own, and where schedules go.

    `models` are for whoever runs commands.
    """
    schedules, own = schedules_of(wakeups), given(skills)
    return {
        name: spec.load(
            SkillDeps(
                records=DynamoRecords(client, own[name]["records"]) if spec.keeps else NO_RECORDS,
                blobs=bucket_of(own[name]["files"]) if spec.files else NO_BLOBS,
                wakeups=schedules,
                models=models,
            )
        )
        for name, spec in SKILLS.items()
    }


def joiner(skills: Callable[[], Mapping[str, Toolbox]], schedules: EventBridgeReminders) -> MergePeople:
    """What every skill keeps of whoever ceased, and when it wakes them, is their heir's."""

    def join(ceased: PersonId, heir: PersonId) -> None:
        for name, skill in skills().items():
            schedules.pass_on(ceased, heir, name)
            if skill.join:
                skill.join(ceased, heir)

    return join


def separator(skills: Callable[[], Mapping[str, Toolbox]]) -> SeparatePeople:
    """What every skill keeps of whoever ceased; hours at which somebody is woken stay."""

    def separate(ceased: PersonId, holder: PersonId, newcomer: PersonId) -> None:
        for skill in skills().values():
            if skill.separate:
                skill.separate(ceased, holder, newcomer)

    return separate


def schedules_of(wakeups: str) -> EventBridgeReminders:
    given = json.loads(wakeups)
    return EventBridgeReminders(
        boto3.client("scheduler", config=QUICK), given["group"], given["queue"], given["role"]
    )
