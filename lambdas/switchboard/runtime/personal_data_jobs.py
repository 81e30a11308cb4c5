"""Wires the errands that make exports and erase people."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import boto3

from switchboard.adapters.accounts import UserPoolAccounts
from switchboard.adapters.dynamo.conversation.connections import DynamoConnections
from switchboard.adapters.dynamo.personal_data.eraser import DynamoEraserStore
from switchboard.adapters.dynamo.personal_data.erasure_requests import DynamoErasures
from switchboard.adapters.dynamo.personal_data.export_requests import DynamoExports
from switchboard.adapters.dynamo.personal_data.final_notices import DynamoFinalNotices
from switchboard.adapters.dynamo.personal_data.reader import DynamoPersonalDataReader
from switchboard.adapters.dynamo.personal_data.skill_data import SkillDataStore
from switchboard.adapters.export_bucket import ExportBucket
from switchboard.adapters.s3 import make_client
from switchboard.adapters.schedule_data import ScheduleDataStore
from switchboard.adapters.sockets import Bulletin, Sockets
from switchboard.channels import ACCOUNTS
from switchboard.core.conversation.notifier import Notifier
from switchboard.core.messages.message import Reply
from switchboard.core.messages.ports import Replies
from switchboard.core.model.types import Usage
from switchboard.core.people.address import Address, private_conversation
from switchboard.core.people.sockets import Socket
from switchboard.core.personal_data.erasure_job import Eraser
from switchboard.core.personal_data.export_job import Exporter
from switchboard.core.stored_data.reader import PersonScope, Store, StoreSet
from switchboard.platform.aws import QUICK
from switchboard.platform.clock import SystemClock
from switchboard.platform.skills import Given, given
from switchboard.platform.tables import Tables
from switchboard.runtime.toolboxes import schedules_of
from switchboard.skills import SKILLS

FAREWELL = "farewell"


def stores_of(tables: Tables, *, bucket: str, user_pool: str, skills: str, wakeups: str) -> StoreSet:
    """`skills` and `wakeups` are JSON that the stacks write: what is each skill's own, where schedules go.

    What leads to a file goes after the file.
    """
    accounts = UserPoolAccounts(boto3.client("cognito-idp", config=QUICK), user_pool, ACCOUNTS)
    belongings = DynamoPersonalDataReader(tables.client, tables.people, tables.conversations)
    wishes = ScheduleDataStore(schedules_of(wakeups), tuple(SKILLS))
    kept = _of_skills(tables, given(skills))
    about = {file: told for spec in SKILLS.values() for file, told in spec.files_about.items()}
    return StoreSet(belongings, (*kept, wishes, accounts, ExportBucket(make_client(), bucket)), about)


def _of_skills(tables: Tables, own: Mapping[str, Given]) -> Iterator[Store]:
    for name, spec in SKILLS.items():
        if spec.stores:
            yield from spec.stores(tables, own[name])
        if spec.keeps:
            yield SkillDataStore(tables.client, own[name]["records"], name)


def exporter(
    tables: Tables, stores: StoreSet, *, bucket: str, downloads_url: str, notifier: Notifier
) -> Exporter:
    return Exporter(
        exports=DynamoExports(tables.client, tables.people),
        stores=stores,
        archives=ExportBucket(make_client(), bucket),
        notifier=notifier,
        clock=SystemClock(),
        new_token=lambda: secrets.token_urlsafe(16),
        downloads=downloads_url,
    )


def eraser(tables: Tables, stores: StoreSet, replies: Replies, sockets: Sockets) -> Eraser:
    return Eraser(
        stores=stores,
        estate=DynamoEraserStore(tables.client, tables.people, tables.conversations, ACCOUNTS),
        receipts=DynamoErasures(tables.client, tables.people),
        farewell=FinalNotices(tables, replies, sockets),
        clock=SystemClock(),
    )


@dataclass(frozen=True, slots=True)
class FinalNotices:
    """Goes out as a reply of a conversation that holds nothing else, and nothing of whose it is."""

    tables: Tables
    replies: Replies
    sockets: Sockets

    def pages(self, scope: PersonScope) -> Sequence[Socket]:
        connections = DynamoConnections(self.tables.client, self.tables.conversations)
        now_ms = SystemClock().now_ms()
        each = (connections.open(private_conversation(person), now_ms=now_ms) for person in scope.persons)
        return [page for found in each for page in found]

    def say(self, address: Address, text: str, *, erasure: str) -> None:
        now_ms = SystemClock().now_ms()
        farewells = DynamoFinalNotices(self.tables.client, self.tables.conversations)
        conversation = farewells.make_room(erasure, FAREWELL, now_ms=now_ms)
        self.replies.publish(Reply(conversation, FAREWELL, address, text, asked_ms=now_ms))

    def show(self, pages: Sequence[Socket], text: str, *, erasure: str) -> None:
        Bulletin(self.sockets, pages, f"{FAREWELL}-{erasure}").done(0, text=text, usage=Usage(), cost="")
