"""Several people in one town: their phones and pages, the tables, workers, errands, and what befalls them."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from itertools import count
from typing import TYPE_CHECKING, Any

from switchboard.adapters.dynamo.conversation.connections import DynamoConnections
from switchboard.adapters.dynamo.conversation.conversations import DynamoConversations
from switchboard.adapters.dynamo.conversation.mailbox import DynamoMailbox
from switchboard.adapters.dynamo.linking.codes import DynamoLinks
from switchboard.adapters.dynamo.linking.merge import DynamoMergeStore
from switchboard.adapters.dynamo.linking.requests import DynamoLinkRequests
from switchboard.adapters.dynamo.linking.separation import DynamoSeparation
from switchboard.adapters.dynamo.people.people import DynamoPeople
from switchboard.adapters.dynamo.people.profiles import DynamoProfiles
from switchboard.adapters.dynamo.spend.ledger import DynamoLedger
from switchboard.adapters.dynamo.table.items import Item, unpack
from switchboard.core.conversation.budget import BudgetDeps
from switchboard.core.conversation.notifier import Notifier
from switchboard.core.conversation.receive import InboundDeps, receive
from switchboard.core.conversation.reply import Limits, ReplyEngine
from switchboard.core.conversation.reply_stream import Listener, NullListener
from switchboard.core.conversation.store import Busy, StoredMessage
from switchboard.core.conversation.worker import LEASE_MS, WorkerDeps, work
from switchboard.core.linking.commands import house
from switchboard.core.linking.merge import ConversationBusy, Merger
from switchboard.core.linking.requests import NotDue
from switchboard.core.linking.separation import SEPARATE, Separator
from switchboard.core.linking.service import Confirming, Linker, LinkService
from switchboard.core.messages.message import Inbound
from switchboard.core.people.address import Address, ConversationId, PersonId, private_conversation
from switchboard.core.people.sockets import Socket
from switchboard.core.skills.commands import Commands
from switchboard.core.skills.tools import Tools
from switchboard.core.spend.budget_pool import BudgetPool
from switchboard.core.spend.usage_texts import usage_command

from tests.fakes.clock import ManualClock
from tests.fakes.desk import AMPLE, BOOK, SMS, WEB
from tests.fakes.interruptions import Interruptions, Killed
from tests.fakes.ledger import FakeLedger
from tests.fakes.listener import FakeListener
from tests.fakes.model import FakeModel
from tests.fakes.records import FakeRecords
from tests.fakes.throttle import FakeThrottle
from tests.fakes.topics import FakeReplies
from tests.links.keepsakes import Keepsakes
from tests.tables import CONVERSATIONS, PEOPLE

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient
    from switchboard.core.conversation.turn import Turn
    from switchboard.core.jobs import Job
    from switchboard.core.spend.ledger import SpendLimits

WRITES = frozenset({"transact_write_items", "update_item", "put_item", "delete_item", "batch_write_item"})
ROUNDS = 80
SECOND = 1.0
TEXTED = replace(SMS, parts=lambda _page: 1, page_parts=1)


@dataclass
class Watched:
    """A client whose every write has a step before and a step after it."""

    client: DynamoDBClient
    interruptions: Interruptions

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - it looks like the client
        call = getattr(self.client, name)
        return (lambda **asked: self.interruptions.around(call, **asked)) if name in WRITES else call


@dataclass
class Town:
    dynamodb: DynamoDBClient
    limits: SpendLimits = AMPLE
    clock: ManualClock = field(default_factory=ManualClock)
    replies: FakeReplies = field(default_factory=FakeReplies)
    pages: dict[str, FakeListener] = field(default_factory=dict)
    parse_signal: deque[ConversationId] = field(default_factory=deque)
    jobs: deque[Job] = field(default_factory=deque)
    interruptions: Interruptions = field(default_factory=Interruptions)
    later: deque[Job] = field(default_factory=deque)
    codes: list[str] = field(default_factory=list)
    wait_ms: int = 0
    records: FakeRecords = field(default_factory=FakeRecords)
    _numbers: count[int] = field(default_factory=lambda: count(1))

    def __post_init__(self) -> None:
        self.model = FakeModel([[f"Answer {number}."] for number in range(ROUNDS)])
        self.client: Any = Watched(self.dynamodb, self.interruptions)

    def signal(self, conversation: ConversationId) -> None:
        self.interruptions.around(self.parse_signal.append, conversation)

    def at(self, job: Job, *, at_ms: int) -> None:
        """An errand whose time has not come yet waits aside."""
        due = at_ms <= self.clock.now_ms()
        self.interruptions.around((self.jobs if due else self.later).append, job)

    def hand_over(self, job: Job) -> None:
        self.interruptions.around(self.jobs.append, job)

    @property
    def people(self) -> DynamoPeople:
        return DynamoPeople(
            self.client, PEOPLE, CONVERSATIONS, lambda: f"person-{next(self._numbers)}", self.clock.now_ms
        )

    @property
    def mailbox(self) -> DynamoMailbox:
        return DynamoMailbox(self.client, CONVERSATIONS)

    @property
    def links(self) -> LinkService:
        return LinkService(
            links=DynamoLinks(self.client, PEOPLE, CONVERSATIONS),
            requests=DynamoLinkRequests(self.client, PEOPLE, CONVERSATIONS),
            people=self.people,
            profiles=DynamoProfiles(self.client, PEOPLE, CONVERSATIONS),
            notifier=Notifier(self.mailbox, self),
            jobs=self,
            new_code=self._new_code,
        )

    @property
    def confirming(self) -> Confirming:
        return Confirming(self.links.requests, self.links.notices, self, self.wait_ms)

    @property
    def linker(self) -> Linker:
        return Linker(self.links.requests, self.links.notices, self._merger, self.clock)

    @property
    def separator(self) -> Separator:
        separation = DynamoSeparation(self.client, PEOPLE, CONVERSATIONS)
        return Separator(self._merger, separation, Keepsakes(self.records, self.interruptions).separate)

    @property
    def _merger(self) -> Merger:
        removal = DynamoMergeStore(self.client, PEOPLE, CONVERSATIONS)
        return Merger(removal, Keepsakes(self.records, self.interruptions).join)

    @property
    def desk(self) -> WorkerDeps:
        ledger, everybodys = DynamoLedger(self.client, PEOPLE), FakeLedger()
        return WorkerDeps(
            conversations=DynamoConversations(self.client, CONVERSATIONS, PEOPLE),
            signals=self,
            replies=self.replies,
            channels={"sms": TEXTED, "web": WEB},
            listen=self._listen,
            engine=ReplyEngine(self.model, Tools({}), BOOK, self.clock, Limits()),
            commands=Commands(
                {"usage": usage_command(self.limits, ledger), **house(self.links, self.confirming)}, {}
            ),
            new_token=lambda: f"worker-{next(self._numbers)}",
            spending=BudgetDeps(
                self.limits, ledger, BudgetPool(everybodys, self.limits.deployment), FakeThrottle()
            ),
            report=lambda _turn: None,
        )

    def text(self, address: Address, words: str, *, name: str = "") -> StoredMessage | None:
        """Somebody texts; a text of the same name is the same one, delivered again."""
        self.clock.advance(SECOND)
        message = Inbound(address, name or f"text-{next(self._numbers)}", words, self.clock.now_ms())
        lobby = InboundDeps(TEXTED.policy, self.people, self.mailbox, self, self.replies, lambda *_: True)
        return receive(message, lobby)

    def prompt(self, person: PersonId, address: Address, words: str, *, name: str) -> StoredMessage:
        """A page whose socket was opened by that person says something."""
        self.clock.advance(SECOND)
        message = Inbound(address, name, words, self.clock.now_ms(), stream=f"socket-{name}", person=person)
        kept = self.mailbox.keep(private_conversation(person), message)
        self.signal(kept.conversation)
        return kept

    def open_page(self, person: PersonId, address: Address, connection: str) -> None:
        connections = DynamoConnections(self.dynamodb, CONVERSATIONS)
        socket = Socket(connection, private_conversation(person), address)
        connections.opened(socket, at_ms=self.clock.now_ms())

    def say(self, address: Address, words: str) -> str:
        """What is answered, once everything has come to rest."""
        before = len(self.heard(address))
        self.text(address, words)
        self.rest()
        return self.heard(address)[before]

    def code(self, address: Address) -> str:
        self.say(address, "/link")
        return self.codes[-1]

    def link(self, address: Address, *, to: Address) -> PersonId:
        """A code is made, entered and confirmed, and the link is made."""
        self.confirm(address, to=to)
        assert self.people.behind(address) == self.people.behind(to)
        return self.people.behind(to)

    def confirm(self, address: Address, *, to: Address) -> str:
        """What is answered to whoever confirms."""
        self.say(address, f"/link {self.code(to)}")
        return self.say(address, f"/confirm {self.codes[-1]}")

    def link_page(self, page: Address, *, to: Address) -> PersonId:
        """The same, on a page whose socket was opened by whoever it was then."""
        before = self.people.behind(page)
        for word, code in (("link", self.code(to)), ("confirm", "")):
            self.prompt(before, page, f"/{word} {code or self.codes[-1]}", name=f"{word}-{code}")
            self.rest()
        return self.people.behind(page)

    def wait(self, milliseconds: int) -> None:
        """What is planned until then happens."""
        self.clock.advance(milliseconds / 1000)
        self.jobs += self.later
        self.later.clear()
        self.rest()

    def heard(self, address: Address) -> list[str]:
        """What an address was sent, each reply once."""
        sent = {reply.turn: reply.text for reply in self.replies.published if reply.address == address}
        return [text.removeprefix(f"{TEXTED.policy.disclosure}\n\n") for text in sent.values()]

    def befall(self, happens: Mapping[int, Callable[[], None]]) -> None:
        """Counted from now on."""
        self.interruptions.step, self.interruptions.happens = 0, dict(happens)

    def step(self, *, jobs: bool = True) -> None:
        """One signal and one errand."""
        if self.parse_signal:
            conversation = self.parse_signal.popleft()
            self._survive(lambda: self._work(conversation), lambda: self.parse_signal.append(conversation))
        if self.jobs and jobs:
            job = self.jobs.popleft()
            run = self.separator.run if job.kind == SEPARATE else self.linker.run
            self._survive(lambda: run(job), lambda: self.jobs.append(job))

    def rest(self) -> int:
        """Every signal and errand is worked off; how many steps that took."""
        for _ in range(ROUNDS):
            if not (self.parse_signal or self.jobs):
                return self.interruptions.step
            self.step()
        raise AssertionError("the town never comes to rest")

    def _work(self, conversation: ConversationId) -> None:
        work(conversation, desk=self.desk, time_left=lambda: 1_000)

    def _survive(self, act: Callable[[], object], again: Callable[[], None]) -> None:
        try:
            act()
        except Busy as busy:
            self.clock.advance((busy.until_ms + 1 - self.clock.now_ms()) / 1000)
            again()
        except (ConversationBusy, NotDue):
            again()
        except Killed:
            self.clock.advance(LEASE_MS / 1000 + 1)
            again()

    def _new_code(self) -> str:
        self.codes.append(f"{next(self._numbers):08d}")
        return self.codes[-1]

    def _listen(self, turn: Turn) -> Listener:
        return self.pages.setdefault(turn.stream, FakeListener()) if turn.stream else NullListener()

    def items(self, table: str, pk: str, prefix: str = "") -> list[Item]:
        found = (unpack(item) for item in self.dynamodb.scan(TableName=table)["Items"])
        theirs = (item for item in found if item["pk"] == pk and item["sk"].startswith(prefix))
        return sorted(theirs, key=lambda item: str(item["sk"]))

    def said(self, person: PersonId, prefix: str) -> list[Item]:
        return self.items(CONVERSATIONS, f"CONV#{private_conversation(person)}", prefix)

    def items_moved(self, address: Address) -> list[Item]:
        """Turns that a link or an unlink has brought to whoever is behind that address."""
        return [turn for turn in self.said(self.people.behind(address), "TURN#") if turn["home"]]

    def asked(self, person: PersonId) -> list[str]:
        return [turn["asked"] for turn in self.said(person, "TURN#")]

    def state(self, person: PersonId) -> Item:
        (state,) = self.said(person, "STATE")
        return state

    def spent(self, person: PersonId) -> tuple[int, int]:
        """Committed and settled this month."""
        (sheet,) = self.items(PEOPLE, f"PERSON#{person}", "SPEND#")
        return sheet["committed"], sheet["settled"]
