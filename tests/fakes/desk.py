"""A worker's desk, all of it fake but the rules."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import count

from switchboard.core.channels.policy import Policy
from switchboard.core.channels.spec import ChannelSpec, OutgoingPage
from switchboard.core.conversation.budget import BudgetDeps
from switchboard.core.conversation.reply import Limits, ReplyEngine
from switchboard.core.conversation.reply_stream import Listener, NullListener
from switchboard.core.conversation.turn import Turn
from switchboard.core.conversation.worker import WorkerDeps, work
from switchboard.core.messages.message import Inbound
from switchboard.core.skills.commands import Commands
from switchboard.core.skills.spec import Toolbox
from switchboard.core.skills.tools import Tools
from switchboard.core.spend.budget_pool import BudgetPool
from switchboard.core.spend.ledger import MICRO, Ledger, SpendCaps, SpendLimits
from switchboard.core.spend.prices import PartPrice, PriceBook, TokenPrice
from switchboard.core.spend.usage_texts import usage_command

from tests.examples import ADAS_PHONE, CONVERSATION
from tests.fakes.clock import ManualClock
from tests.fakes.conversations import Box, FakeConversations
from tests.fakes.ledger import FakeLedger
from tests.fakes.listener import FakeListener, Watched
from tests.fakes.model import FakeModel
from tests.fakes.throttle import FakeThrottle
from tests.fakes.topics import FakeReplies, FakeSignals

DOLLAR = TokenPrice(prompt=Decimal(1), cached=Decimal(1), completion=Decimal(1))
PENNY = PartPrice(prefixes=(), part=Decimal("0.01"), carrier_fee=Decimal(0))
BOOK = PriceBook({}, unknown=DOLLAR, parts={"sms": {"default": PENNY}})
AMPLE = SpendLimits(
    person=SpendCaps(10 * MICRO, 100 * MICRO), deployment=SpendCaps(100 * MICRO, 1_000 * MICRO)
)


def two_words(text: str) -> OutgoingPage:
    """The pagination of a channel that shows two words at a time."""
    words = text.split()
    return OutgoingPage(" ".join(words[:2]), " ".join(words[2:]))


OFFERED = frozenset({"test"})
TEXTING = Policy(private=OFFERED, initiates=True, consents=True, disclosure="automated, STOP")
CHATTING = Policy(private=OFFERED, disclosure="automated")
SMS = ChannelSpec("sms", "topic", streams=False, max_chars=160, markdown=False, policy=TEXTING)
PAGED = ChannelSpec(
    "sms", "topic", streams=False, max_chars=160, markdown=False, policy=TEXTING, paginate=two_words
)
WEB = ChannelSpec("web", "socket", streams=True, max_chars=100_000, markdown=True, policy=CHATTING)

BILLED = replace(SMS, parts=lambda page: len(page.split()), page_parts=2, paginate=two_words)


@dataclass
class Office:
    """Everything around one conversation; `pages` are the listeners, by socket."""

    model: FakeModel = field(default_factory=FakeModel)
    skills: Mapping[str, Toolbox] = field(default_factory=dict)
    limits: Limits = field(default_factory=Limits)
    sms: ChannelSpec = SMS
    spend: SpendLimits = AMPLE
    clock: ManualClock = field(default_factory=ManualClock)
    conversations: FakeConversations = field(default_factory=FakeConversations)
    signals: FakeSignals = field(default_factory=FakeSignals)
    replies: FakeReplies = field(default_factory=FakeReplies)
    pages: dict[str, FakeListener] = field(default_factory=dict)
    reported: list[Turn] = field(default_factory=list)
    throttle: FakeThrottle = field(default_factory=FakeThrottle)
    _tokens: "count[int]" = field(default_factory=count)

    def __post_init__(self) -> None:
        """Ada has been greeted: few tests are about first contact."""
        self.box.greeted.add(str(ADAS_PHONE))

    @property
    def box(self) -> Box:
        return self.conversations.box(CONVERSATION)

    @property
    def engine(self) -> ReplyEngine:
        return ReplyEngine(self.model, Tools(self.skills), BOOK, self.clock, self.limits)

    @property
    def desk(self) -> WorkerDeps:
        return WorkerDeps(
            conversations=self.conversations,
            signals=self.signals,
            replies=self.replies,
            channels={"sms": self.sms, "web": WEB},
            listen=self.listen,
            engine=self.engine,
            commands=Commands({"usage": usage_command(self.spend, self.ledger)}, self.skills),
            new_token=lambda: f"worker-{next(self._tokens)}",
            spending=self.spending(self.ledger),
            report=self.reported.append,
        )

    @property
    def ledger(self) -> FakeLedger:
        return self.conversations.ledger

    def spending(self, ledger: Ledger) -> BudgetDeps:
        """Of a process that has just begun: its purse is empty."""
        return BudgetDeps(self.spend, ledger, BudgetPool(ledger, self.spend.deployment), self.throttle)

    def listen(self, turn: Turn) -> Listener:
        return self.page(turn.stream) if turn.stream else NullListener()

    def page(self, socket: str = "socket-1") -> FakeListener:
        return self.pages.setdefault(socket, FakeListener())

    def keep(self, *messages: Inbound) -> None:
        for message in messages:
            self.conversations.keep(CONVERSATION, message)

    def work(self, *, seconds: float = 1_000) -> int:
        return work(CONVERSATION, desk=self.desk, time_left=lambda: seconds)

    @property
    def turns(self) -> list[Turn]:
        """Oldest first."""
        return [self.box.turns[key] for key in sorted(self.box.turns)]


def watched(office: Office, **on: Callable[[], object]) -> Watched:
    page = office.pages["socket-1"] = Watched(on=dict(on))
    return page


def talking(*script: str) -> Office:
    """Every delta leaves on its own: time passes between them."""
    return Office(FakeModel([script]), clock=ManualClock(step=0.1))
