"""Wires what few requests need, with the modules and clients that only those need: made when one comes."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import boto3

from switchboard.adapters.dynamo.people.directory import DynamoRoster
from switchboard.adapters.queues import ErrandsQueue
from switchboard.core.operations.stuck import Workshop
from switchboard.core.people.directory import Roster
from switchboard.platform.aws import QUICK
from switchboard.platform.clock import SystemClock
from switchboard.platform.tables import Tables
from switchboard.rest.ports import Erasures, Exports, Links, Tasks
from switchboard.runtime.linking import link_desk
from switchboard.runtime.operator_repairs import workshop
from switchboard.runtime.rest_links import RestLinks
from switchboard.runtime.rest_personal_data import rest_erasures, rest_exports
from switchboard.skills.calls.api.ports import CallProfiles, Calls

if TYPE_CHECKING:
    from collections.abc import Callable

    from mypy_boto3_dynamodb import DynamoDBClient

    from switchboard.core.people.address import Address
    from switchboard.skills.calls.wiring.rest import CallDesks


@dataclass(frozen=True)
class Aside:
    dynamodb: DynamoDBClient
    people_table: str
    conversations_table: str
    turns_topic: str
    replies_topic: str
    dead_letters: str
    errands_queue_url: str
    connections_url: str
    exports_bucket: str
    tasks_table: str
    calls_table: str
    recordings_bucket: str
    calls_machine: str
    calls_quota: str
    model_names: str

    @cached_property
    def roster(self) -> Roster:
        return DynamoRoster(self.dynamodb, self.people_table)

    @cached_property
    def links(self) -> Links:
        desk = link_desk(
            self.dynamodb,
            people_table=self.people_table,
            conversations_table=self.conversations_table,
            turns_topic=self.turns_topic,
            errands=self._errands,
        )
        return RestLinks(desk, SystemClock())

    @cached_property
    def signed_out(self) -> Callable[[Address], None]:
        from switchboard.runtime.signing_out import signing_out  # noqa: PLC0415 - with it a channel

        return signing_out(self._tables, self.connections_url)

    @cached_property
    def exports(self) -> Exports:
        return rest_exports(self._tables, self._errands, bucket=self.exports_bucket)

    @cached_property
    def erasures(self) -> Erasures:
        return rest_erasures(self._tables, self._errands)

    @cached_property
    def tasks(self) -> Tasks:
        from switchboard.skills.tasks.wiring.rest import rest_tasks  # noqa: PLC0415 - with it a whole skill

        return rest_tasks(self._tables, self.tasks_table)

    @property
    def calls(self) -> Calls:
        return self._call_desks.calls

    @property
    def call_profiles(self) -> CallProfiles:
        return self._call_desks.profiles

    @cached_property
    def _call_desks(self) -> CallDesks:
        from switchboard.skills.calls.wiring.rest import call_desks  # noqa: PLC0415 - with them a whole skill

        return call_desks(
            self.dynamodb,
            table=self.calls_table,
            bucket=self.recordings_bucket,
            machine=self.calls_machine,
            quota=self.calls_quota,
            model_names=self.model_names,
        )

    @cached_property
    def workshop(self) -> Workshop:
        return workshop(
            conversations_table=self.conversations_table,
            turns_topic=self.turns_topic,
            replies_topic=self.replies_topic,
            dead_letters=self.dead_letters,
        )

    @cached_property
    def _tables(self) -> Tables:
        return Tables(self.dynamodb, self.people_table, self.conversations_table)

    @cached_property
    def _errands(self) -> ErrandsQueue:
        return ErrandsQueue(boto3.client("sqs", config=QUICK), self.errands_queue_url)
