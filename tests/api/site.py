"""The app as people reach it: on tables in memory, with a pool of passwords, and time that tests move."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import count
from typing import TYPE_CHECKING, Any

from starlette.testclient import TestClient
from switchboard.adapters.blobs import S3Blobs
from switchboard.adapters.dynamo.conversation.conversations import DynamoConversations
from switchboard.adapters.dynamo.conversation.mailbox import DynamoMailbox
from switchboard.adapters.dynamo.conversation.timeline import DynamoTimeline
from switchboard.adapters.dynamo.idempotency import DynamoIdempotency
from switchboard.adapters.dynamo.people.directory import DynamoPeopleDirectory
from switchboard.adapters.dynamo.people.people import DynamoPeople
from switchboard.adapters.dynamo.people.profiles import DynamoProfiles
from switchboard.adapters.dynamo.people.throttle import DynamoThrottle
from switchboard.adapters.dynamo.people.tickets import DynamoTickets
from switchboard.adapters.dynamo.skill_records import DynamoRecords
from switchboard.adapters.dynamo.spend.daily_totals import DynamoDays
from switchboard.adapters.dynamo.spend.ledger import DynamoLedger
from switchboard.adapters.s3 import make_client
from switchboard.api.app import create_app
from switchboard.core.people.address import Address, PersonId
from switchboard.core.people.login import LoginThrottle
from switchboard.core.people.throttle import Rate, Throttle
from switchboard.core.spend.ledger import SpendCaps, SpendLimits
from switchboard.rest.ports import Account, Ports
from switchboard.skills import SKILLS
from switchboard.skills.calls.api.ports import Served
from switchboard.skills.calls.api.profile_service import RestProfiles
from switchboard.skills.calls.api.service import RestCalls
from switchboard.skills.calls.store.repository import CallBook
from switchboard.skills.calls.uploads.quota import Quota
from switchboard.skills.tasks.api.board import TaskBoard
from switchboard.skills.tasks.api.service import RestTasks

from tests.fakes.clock import ManualClock
from tests.fakes.own_data import FakeErasures, FakeExports, FakeLinks
from tests.fakes.pool import FakePool
from tests.tables import CALLS, CONVERSATIONS, PEOPLE, RECORDINGS, TASKS

if TYPE_CHECKING:
    from fastapi import Request
    from mypy_boto3_dynamodb import DynamoDBClient
    from switchboard.core.operations.repairs import AuditStamp
    from switchboard.core.operations.stuck import Action, StuckItem
    from switchboard.skills.calls.workflow.reanalyze import Again

ORIGIN = "https://switchboard.example"
MODELS = ("small-1", "large-1")
SOCKET = "wss://socket.example/prod"
LIMITS = SpendLimits(person=SpendCaps(1_000_000, 10_000_000), deployment=SpendCaps(20_000_000, 200_000_000))


def account_of(request: Request) -> Account | None:
    """A token is its account's name, and of an operator with a plus behind it."""
    token = request.headers.get("authorization", "").removeprefix("Bearer ")
    if not token.startswith("account-"):
        return None
    groups = frozenset({"operators"}) if token.endswith("+") else frozenset()
    return Account(Address("web", token.rstrip("+")), groups)


@dataclass
class FakeWorkshop:
    found: list[StuckItem] = field(default_factory=list)
    repaired: list[tuple[str, Action, str]] = field(default_factory=list)
    refusal: Exception | None = None

    def stuck(self, *, now_ms: int) -> list[StuckItem]:
        return self.found

    def repair(self, name: str, action: Action, hand: AuditStamp) -> str:
        if self.refusal:
            raise self.refusal
        self.repaired.append((name, action, hand.who))
        return "is closed"


@dataclass
class Site:
    """`caller` is the address that requests come from; `reported` are errors that nobody foresaw.

    `started` is what the machine of calls was to analyse again; the throttle is the table's if none is given.
    """

    dynamodb: DynamoDBClient
    clock: ManualClock = field(default_factory=ManualClock)
    pool: FakePool = field(default_factory=FakePool)
    links: FakeLinks = field(default_factory=FakeLinks)
    exports: FakeExports = field(default_factory=FakeExports)
    erasures: FakeErasures = field(default_factory=FakeErasures)
    workshop: FakeWorkshop = field(default_factory=FakeWorkshop)
    caller: str = "192.0.2.1"
    reported: list[Exception] = field(default_factory=list)
    signed_out: list[Address] = field(default_factory=list)
    started: list[Again] = field(default_factory=list)
    limits: SpendLimits = LIMITS
    throttle: Throttle | None = None

    def __post_init__(self) -> None:
        ids = (f"person-{number}" for number in count(1))
        self.people = DynamoPeople(self.dynamodb, PEOPLE, CONVERSATIONS, lambda: next(ids), self.clock.now_ms)
        self.mailbox = DynamoMailbox(self.dynamodb, CONVERSATIONS)
        self.desk = DynamoConversations(self.dynamodb, CONVERSATIONS, PEOPLE)
        self.ledger = DynamoLedger(self.dynamodb, PEOPLE)
        profiles = DynamoProfiles(self.dynamodb, PEOPLE, CONVERSATIONS)
        self.tasks = RestTasks(TaskBoard(DynamoRecords(self.dynamodb, TASKS)), profiles, self.clock)
        self.book, self.blobs = (
            CallBook(DynamoRecords(self.dynamodb, CALLS)),
            S3Blobs(make_client(), RECORDINGS),
        )
        self.calls = RestCalls(
            self.book,
            self.blobs,
            self.started.append,
            self.clock,
            Quota(bytes_a_day=4 * 10**9, at_once=5),
            MODELS,
        )
        self.call_profiles = RestProfiles(self.book, self.started.append, MODELS)
        self.app = create_app(self.ports(), SKILLS)

    def ports(self) -> Ports:
        tickets = (f"ticket-{number}" for number in count(1))
        days = DynamoDays(self.dynamodb, PEOPLE)
        return Ports(
            sign_in=self.pool,
            signed_out=lambda: lambda subject: self.signed_out.append(Address("web", subject)),
            door=LoginThrottle(
                throttle=self.throttle or DynamoThrottle(self.dynamodb, PEOPLE),
                address=Rate(20),
                guesses=Rate(5),
                name=Rate(60),
            ),
            people=self.people,
            profiles=DynamoProfiles(self.dynamodb, PEOPLE, CONVERSATIONS),
            timeline=lambda: DynamoTimeline(self.dynamodb, CONVERSATIONS),
            tickets=DynamoTickets(self.dynamodb, PEOPLE),
            ledger=self.ledger,
            limits=self.limits,
            days=days,
            everybodys_days=days,
            roster=lambda: DynamoPeopleDirectory(self.dynamodb, PEOPLE),
            workshop=lambda: self.workshop,
            answers=DynamoIdempotency(self.dynamodb, PEOPLE),
            account=account_of,
            caller=lambda _request: self.caller,
            shown=lambda address: "" if address.channel == "web" else address.value,
            now_ms=self.clock.now_ms,
            new_ticket=lambda: next(tickets),
            socket_url=SOCKET,
            report=self.reported.append,
            links=lambda: self.links,
            exports=lambda: self.exports,
            erasures=lambda: self.erasures,
            served={"tasks": self.tasks, "calls": Served(self.calls, self.call_profiles)}.__getitem__,
        )

    def signed_in(self, name: str) -> Caller:
        return Caller(self, name)

    def browser(self) -> TestClient:
        """Keeps cookies, as the page's own does."""
        return TestClient(self.app, base_url=ORIGIN)


@dataclass
class Caller:
    """Somebody with a good token; a name that ends in a plus is an operator's."""

    site: Site
    name: str

    def __post_init__(self) -> None:
        self.http = TestClient(
            self.site.app, base_url=ORIGIN, headers={"authorization": f"Bearer account-{self.name}"}
        )

    @property
    def address(self) -> Address:
        return Address("web", f"account-{self.name.rstrip('+')}")

    @property
    def person(self) -> PersonId:
        return self.site.people.behind(self.address)

    def get(self, path: str, **query: object) -> Any:  # noqa: ANN401 - JSON
        return self.http.get(path, params={name: str(value) for name, value in query.items()}).json()
