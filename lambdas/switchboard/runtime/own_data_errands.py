"""Wires the errands that make exports and erase people."""

from __future__ import annotations

import json
import secrets
from collections.abc import Sequence
from dataclasses import dataclass

import boto3

from switchboard.adapters.accounts import UserPoolAccounts
from switchboard.adapters.archives import Bucket
from switchboard.adapters.dynamo.belongings import DynamoBelongings
from switchboard.adapters.dynamo.connections import DynamoConnections
from switchboard.adapters.dynamo.erasures import DynamoErasures
from switchboard.adapters.dynamo.estate import DynamoEstate
from switchboard.adapters.dynamo.exports import DynamoExports
from switchboard.adapters.dynamo.farewells import DynamoFarewells
from switchboard.adapters.dynamo.records_store import DynamoRecords
from switchboard.adapters.dynamo.skill_records import SkillRecords
from switchboard.adapters.s3 import make_client
from switchboard.adapters.wishes import Wishes
from switchboard.channels.web import SPEC as WEB
from switchboard.channels.web.outbound import Bulletin, Sockets
from switchboard.core.belongings import Scope, Stores
from switchboard.core.erasing import Eraser
from switchboard.core.exporting import Exporter
from switchboard.core.messages import Reply
from switchboard.core.model import Usage
from switchboard.core.news import Herald
from switchboard.core.people import Address, private_conversation
from switchboard.core.ports import Replies
from switchboard.core.sockets import Socket
from switchboard.runtime.aws import QUICK
from switchboard.runtime.call_files import CallFiles
from switchboard.runtime.clock import SystemClock
from switchboard.runtime.own_data import Tables
from switchboard.runtime.skills import bucket_of, schedules_of
from switchboard.skills import SKILLS
from switchboard.skills.calls.store import CallBook

FAREWELL = "farewell"


def stores_of(
    tables: Tables, *, bucket: str, user_pool: str, skills: str, recordings: str, wakeups: str
) -> Stores:
    """`skills` and `wakeups` are JSON that the stacks write: each skill's table, and where schedules go.

    What leads to a file goes after the file.
    """
    accounts = UserPoolAccounts(boto3.client("cognito-idp", config=QUICK), user_pool, WEB.name)
    belongings = DynamoBelongings(tables.client, tables.people, tables.conversations)
    kept = json.loads(skills)
    calls = CallFiles(CallBook(DynamoRecords(tables.client, kept["calls"])), bucket_of(recordings))
    records = (SkillRecords(tables.client, table, skill) for skill, table in kept.items())
    wishes = Wishes(schedules_of(wakeups), tuple(SKILLS))
    return Stores(belongings, (calls, *records, wishes, accounts, Bucket(make_client(), bucket)))


def exporter(tables: Tables, stores: Stores, *, bucket: str, downloads_url: str, herald: Herald) -> Exporter:
    return Exporter(
        exports=DynamoExports(tables.client, tables.people),
        stores=stores,
        archives=Bucket(make_client(), bucket),
        herald=herald,
        clock=SystemClock(),
        new_token=lambda: secrets.token_urlsafe(16),
        downloads=downloads_url,
    )


def eraser(tables: Tables, stores: Stores, replies: Replies, sockets: Sockets) -> Eraser:
    return Eraser(
        stores=stores,
        estate=DynamoEstate(tables.client, tables.people, tables.conversations, WEB.name),
        receipts=DynamoErasures(tables.client, tables.people),
        farewell=LastWords(tables, replies, sockets),
        clock=SystemClock(),
    )


@dataclass(frozen=True, slots=True)
class LastWords:
    """Goes out as a reply of a conversation that holds nothing else, and nothing of whose it is."""

    tables: Tables
    replies: Replies
    sockets: Sockets

    def pages(self, scope: Scope) -> Sequence[Socket]:
        connections = DynamoConnections(self.tables.client, self.tables.conversations)
        now_ms = SystemClock().now_ms()
        each = (connections.open(private_conversation(person), now_ms=now_ms) for person in scope.persons)
        return [page for found in each for page in found]

    def say(self, address: Address, text: str, *, erasure: str) -> None:
        now_ms = SystemClock().now_ms()
        farewells = DynamoFarewells(self.tables.client, self.tables.conversations)
        conversation = farewells.make_room(erasure, FAREWELL, now_ms=now_ms)
        self.replies.publish(Reply(conversation, FAREWELL, address, text, asked_ms=now_ms))

    def show(self, pages: Sequence[Socket], text: str, *, erasure: str) -> None:
        Bulletin(self.sockets, pages, f"{FAREWELL}-{erasure}").done(0, text=text, usage=Usage(), cost="")
