"""An account of AWS with people in it who have everything that a person can have."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import partial
from itertools import count
from typing import TYPE_CHECKING, Any

from switchboard.adapters.accounts import UserPoolAccounts
from switchboard.adapters.blobs import S3Blobs
from switchboard.adapters.dynamo.conversation.connections import DynamoConnections
from switchboard.adapters.dynamo.conversation.conversations import DynamoConversations
from switchboard.adapters.dynamo.conversation.deliveries import DynamoDeliveries
from switchboard.adapters.dynamo.conversation.mailbox import DynamoMailbox
from switchboard.adapters.dynamo.linking.codes import DynamoLinks
from switchboard.adapters.dynamo.linking.merge import DynamoMergeStore
from switchboard.adapters.dynamo.linking.requests import DynamoLinkRequests
from switchboard.adapters.dynamo.people.people import DynamoPeople
from switchboard.adapters.dynamo.personal_data.eraser import DynamoEraserStore
from switchboard.adapters.dynamo.personal_data.erasure_requests import DynamoErasures
from switchboard.adapters.dynamo.personal_data.export_requests import DynamoExports
from switchboard.adapters.dynamo.personal_data.reader import DynamoPersonalDataReader
from switchboard.adapters.dynamo.personal_data.skill_data import SkillDataStore
from switchboard.adapters.dynamo.skill_records import DynamoRecords
from switchboard.adapters.dynamo.table.items import unpack
from switchboard.adapters.export_bucket import ExportBucket
from switchboard.adapters.schedule_data import ScheduleDataStore
from switchboard.core.channels.delivery import DeliveryEvent, PartKey, PartState
from switchboard.core.conversation.notifier import Notifier
from switchboard.core.conversation.store import PACE_MS, Lease, LeaseState
from switchboard.core.conversation.turn import Turn, TurnState, turn_of
from switchboard.core.linking.merge import Merger
from switchboard.core.messages.keywords import keyword
from switchboard.core.messages.message import Inbound
from switchboard.core.people.address import Address, PersonId, private_conversation
from switchboard.core.personal_data.erasure_job import Eraser
from switchboard.core.personal_data.erasure_requests import ErasureService
from switchboard.core.personal_data.export_job import Exporter
from switchboard.core.personal_data.export_requests import ExportDownloads, ExportService
from switchboard.core.spend.ledger import Reservation, day_of
from switchboard.core.stored_data.reader import StoreSet
from switchboard.skills.calls.store.merge_people import join as pass_on_calls
from switchboard.skills.calls.store.repository import CallBook
from switchboard.skills.calls.wiring.personal_data import CallFiles
from switchboard.skills.tasks.store.merge_people import join

from tests.fakes.clock import ManualClock
from tests.fakes.topics import FakeSignals
from tests.own_data.jobs import FakeErrands, FakeFarewell
from tests.tables import (
    CALLS,
    CONVERSATIONS,
    PEOPLE,
    RECORDINGS,
)

if TYPE_CHECKING:
    from mypy_boto3_cognito_idp import CognitoIdentityProviderClient
    from mypy_boto3_dynamodb import DynamoDBClient
    from mypy_boto3_s3 import S3Client
    from switchboard.adapters.schedules import EventBridgeReminders
    from switchboard.core.jobs import Job

BUCKET, TASKS, DOWNLOADS = "exports", "tasks", "https://switchboard.example/downloads"
QUEUE, ROLE = "arn:aws:sqs:us-east-1:123456789012:errands", "arn:aws:iam::123456789012:role/wakeups"
Item = dict[str, Any]


@dataclass
class House:
    dynamodb: DynamoDBClient
    s3: S3Client
    users: CognitoIdentityProviderClient
    pool: str
    schedules: EventBridgeReminders
    clock: ManualClock = field(default_factory=ManualClock)
    jobs: FakeErrands = field(default_factory=FakeErrands)
    farewell: FakeFarewell = field(default_factory=FakeFarewell)
    numbers: count[int] = field(default_factory=lambda: count(1))

    def __post_init__(self) -> None:
        self.farewell.connections = DynamoConnections(self.dynamodb, CONVERSATIONS)

    def new_id(self) -> str:
        return f"{next(self.numbers):024x}"

    @property
    def people(self) -> DynamoPeople:
        return DynamoPeople(self.dynamodb, PEOPLE, CONVERSATIONS, self.new_id, self.clock.now_ms)

    @property
    def mailbox(self) -> DynamoMailbox:
        return DynamoMailbox(self.dynamodb, CONVERSATIONS)

    @property
    def conversations(self) -> DynamoConversations:
        return DynamoConversations(self.dynamodb, CONVERSATIONS, PEOPLE)

    @property
    def deliveries(self) -> DynamoDeliveries:
        return DynamoDeliveries(self.dynamodb, CONVERSATIONS, self.clock.now_ms)

    @property
    def exports(self) -> DynamoExports:
        return DynamoExports(self.dynamodb, PEOPLE)

    @property
    def erasures(self) -> DynamoErasures:
        return DynamoErasures(self.dynamodb, PEOPLE)

    @property
    def archives(self) -> ExportBucket:
        return ExportBucket(self.s3, BUCKET)

    @property
    def accounts(self) -> UserPoolAccounts:
        return UserPoolAccounts(self.users, self.pool, "web")

    @property
    def links(self) -> DynamoLinks:
        return DynamoLinks(self.dynamodb, PEOPLE, CONVERSATIONS)

    @property
    def link_requests(self) -> DynamoLinkRequests:
        return DynamoLinkRequests(self.dynamodb, PEOPLE, CONVERSATIONS)

    def stores(self, client: DynamoDBClient | None = None) -> StoreSet:
        belongings = DynamoPersonalDataReader(client or self.dynamodb, PEOPLE, CONVERSATIONS)
        calls = (self.call_files, self.calls)
        return StoreSet(belongings, (*calls, self.tasks, self.wishes, self.accounts, self.archives))

    @property
    def tasks(self) -> SkillDataStore:
        return SkillDataStore(self.dynamodb, TASKS, "tasks")

    @property
    def calls(self) -> SkillDataStore:
        return SkillDataStore(self.dynamodb, CALLS, "calls")

    @property
    def call_files(self) -> CallFiles:
        return CallFiles(CallBook(DynamoRecords(self.dynamodb, CALLS)), S3Blobs(self.s3, RECORDINGS))

    @property
    def wishes(self) -> ScheduleDataStore:
        return ScheduleDataStore(self.schedules, ("tasks",))

    @property
    def export_service(self) -> ExportService:
        return ExportService(self.exports, self.jobs, self.clock)

    @property
    def export_counter(self) -> ExportDownloads:
        return ExportDownloads(self.exports, self.archives, self.clock)

    @property
    def erasure_service(self) -> ErasureService:
        return ErasureService(self.erasures, self.jobs, self.clock, self.new_id, lambda: "K7QM3XPD")

    @property
    def exporter(self) -> Exporter:
        return Exporter(
            exports=self.exports,
            stores=self.stores(),
            archives=self.archives,
            notifier=Notifier(self.mailbox, FakeSignals()),
            clock=self.clock,
            new_token=lambda: f"token-{next(self.numbers)}",
            downloads=DOWNLOADS,
        )

    def eraser(self, client: DynamoDBClient | None = None) -> Eraser:
        """`client` may be one that dies."""
        used = client or self.dynamodb
        return Eraser(
            stores=self.stores(used),
            estate=DynamoEraserStore(used, PEOPLE, CONVERSATIONS, "web"),
            receipts=DynamoErasures(used, PEOPLE),
            farewell=self.farewell,
            clock=self.clock,
        )

    def sign_up(self, username: str) -> Address:
        made = self.users.admin_create_user(UserPoolId=self.pool, Username=username, MessageAction="SUPPRESS")
        attributes = {each["Name"]: each["Value"] for each in made["User"]["Attributes"]}
        return Address("web", attributes["sub"])

    def say(self, address: Address, words: str) -> Inbound:
        """Kept and not answered yet."""
        self.clock.advance(PACE_MS / 1000)
        person = self.people.behind(address)
        said = keyword(words) if address.channel == "sms" else None
        message = Inbound(
            address=address,
            message_id=f"said-{next(self.numbers)}",
            text=words,
            at_ms=self.clock.now_ms(),
            person=person,
            to="+12065550100",
            keyword=said,
        )
        self.mailbox.keep(private_conversation(person), message)
        return message

    def talk(self, address: Address, words: str, answer: str) -> Turn:
        """Said and answered, and paid for."""
        message = self.say(address, words)
        lease = self.hold(message.person)
        day = day_of(self.clock.now_ms())
        turn = replace(turn_of([message]), reservation=Reservation(day, 100), greets=True)
        assert self.conversations.begin(lease, turn, [message])
        done = replace(turn, state=TurnState.ANSWERED, text=answer, page=answer, cost="0.000042")
        self.conversations.finish(lease, done)
        assert self.conversations.release(lease) is None
        return turn

    def hold(self, person: PersonId) -> Lease:
        lease = Lease(private_conversation(person), f"worker-{next(self.numbers)}")
        now = self.clock.now_ms()
        assert self.conversations.acquire(lease, now_ms=now, until_ms=now + 30_000)
        return lease

    def merge(self, job: Job) -> None:
        removal = DynamoMergeStore(self.dynamodb, PEOPLE, CONVERSATIONS)
        for skill, table in ((join, TASKS), (pass_on_calls, CALLS)):
            Merger(removal, partial(skill, DynamoRecords(self.dynamodb, table))).run(job)

    def export(self, person: PersonId, address: Address, *, key: str = "k") -> str:
        """Asked for and made; its id."""
        export = self.export_service.request(person, address, key=key)
        self.exporter.run(self.jobs.waiting.pop())
        return export.id

    def archive(self, person: PersonId, export_id: str) -> Mapping[str, str]:
        """The files of an export."""
        body = self.s3.get_object(Bucket=BUCKET, Key=f"{person}/{export_id}.zip")["Body"].read()
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            return {name: archive.read(name).decode() for name in archive.namelist()}

    def forget(self, person: PersonId, address: Address) -> Job:
        """Asked for; the errand that will do it."""
        self.erasure_service.request(person, address)
        return self.jobs.waiting.pop()

    def held(self, lease: Lease) -> LeaseState:
        """What the holder of a lease knows."""
        held = self.conversations.acquire(lease, now_ms=0, until_ms=self.clock.now_ms() + 30_000)
        assert held
        return held

    def items(self) -> dict[tuple[str, str, str], Item]:
        """Everything in both tables, by table and key."""
        found = {}
        for table in (PEOPLE, CONVERSATIONS):
            for page in self.dynamodb.get_paginator("scan").paginate(TableName=table):
                for item in map(unpack, page["Items"]):
                    found[table, str(item["pk"]), str(item["sk"])] = item
        return found

    def objects(self, bucket: str = BUCKET) -> list[str]:
        found = self.s3.list_objects_v2(Bucket=bucket).get("Contents", [])
        return [each["Key"] for each in found]

    def read(self, bucket: str, key: str) -> bytes:
        return self.s3.get_object(Bucket=bucket, Key=key)["Body"].read()

    def everything(self) -> str:
        """All stores as one text, to look for traces in."""
        users = self.users.list_users(UserPoolId=self.pool)["Users"]
        records = [self.dynamodb.scan(TableName=table)["Items"] for table in (TASKS, CALLS)]
        schedules = self.schedules.client.list_schedules()["Schedules"]
        files = {key: self.read(RECORDINGS, key) for key in self.objects(RECORDINGS)}
        return repr((self.items(), self.objects(), users, records, schedules, files))

    def part(self, turn: Turn, *, doubt: bool) -> None:
        key = PartKey(private_conversation(turn.person), turn.id)
        self.deliveries.intend(key, unless_opted_out=turn.address)
        if doubt:
            self.deliveries.record(key, PartState.UNKNOWN_AFTER_SEND, detail="interrupted")
        else:
            self.deliveries.record(key, PartState.SENT, detail=f"receipt-{turn.id}")
            self.deliveries.settle(
                DeliveryEvent(key, "DELIVERED", final=True, parts=1, price=Decimal("0.01"))
            )
