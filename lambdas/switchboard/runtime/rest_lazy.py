"""Wires what few requests need, with the modules and clients that only those need: made when one comes."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import boto3

from switchboard.adapters.dynamo.people.directory import DynamoPeopleDirectory
from switchboard.adapters.queues import SqsJobQueue
from switchboard.channels import ACCOUNTS
from switchboard.core.operations.stuck import OperatorConsole
from switchboard.core.people.address import Address
from switchboard.core.people.directory import PeopleDirectory
from switchboard.platform.aws import QUICK
from switchboard.platform.clock import SystemClock
from switchboard.platform.tables import Tables
from switchboard.rest.ports import Erasures, Exports, Links
from switchboard.runtime.linking import link_service
from switchboard.runtime.operator_repairs import workshop
from switchboard.runtime.rest_links import RestLinks
from switchboard.runtime.rest_personal_data import rest_erasures, rest_exports
from switchboard.skills import SKILLS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from mypy_boto3_dynamodb import DynamoDBClient

    from switchboard.platform.skills import Given


@dataclass(frozen=True)
class LazyPorts:
    dynamodb: DynamoDBClient
    people_table: str
    conversations_table: str
    turns_topic: str
    replies_topic: str
    dead_letters: str
    errands_queue_url: str
    connections_url: str
    exports_bucket: str
    skills: Mapping[str, Given]

    @cached_property
    def roster(self) -> PeopleDirectory:
        return DynamoPeopleDirectory(self.dynamodb, self.people_table)

    @cached_property
    def links(self) -> Links:
        desk = link_service(
            self.dynamodb,
            people_table=self.people_table,
            conversations_table=self.conversations_table,
            turns_topic=self.turns_topic,
            jobs=self._jobs,
        )
        return RestLinks(desk, SystemClock())

    @cached_property
    def signed_out(self) -> Callable[[str], None]:
        from switchboard.runtime.signing_out import signing_out  # noqa: PLC0415 - few requests sign out

        sign_out = signing_out(self._tables, self.connections_url)
        return lambda subject: sign_out(Address(ACCOUNTS, subject))

    @cached_property
    def exports(self) -> Exports:
        return rest_exports(self._tables, self._jobs, bucket=self.exports_bucket)

    @cached_property
    def erasures(self) -> Erasures:
        return rest_erasures(self._tables, self._jobs)

    def served(self, skill: str) -> Any:  # noqa: ANN401 - whatever its routes work with
        serves = SKILLS[skill].serves
        return serves(self._tables, self.skills[skill]) if serves else None

    @cached_property
    def workshop(self) -> OperatorConsole:
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
    def _jobs(self) -> SqsJobQueue:
        return SqsJobQueue(boto3.client("sqs", config=QUICK), self.errands_queue_url)
