"""A worker's desk, all of it fake but the rules."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import count

from switchboard.core.actor import Desk, work
from switchboard.core.answering import Limits, Mind
from switchboard.core.channel import ChannelSpec, Page
from switchboard.core.messages import Inbound
from switchboard.core.prices import PriceBook, TokenPrice
from switchboard.core.skill import SkillSpec
from switchboard.core.tools import Tools
from switchboard.core.turns import Turn
from switchboard.core.voice import Listener, Silence

from tests.examples import CONVERSATION
from tests.fakes.clock import ManualClock
from tests.fakes.conversations import Box, FakeConversations
from tests.fakes.listener import FakeListener
from tests.fakes.model import FakeModel
from tests.fakes.topics import FakeReplies, FakeSignals

DOLLAR = TokenPrice(prompt=Decimal(1), cached=Decimal(1), completion=Decimal(1))
BOOK = PriceBook({}, unknown=DOLLAR)


def two_words(text: str) -> Page:
    """The pagination of a channel that shows two words at a time."""
    words = text.split()
    return Page(" ".join(words[:2]), " ".join(words[2:]))


SMS = ChannelSpec("sms", "topic", streams=False, max_chars=160, markdown=False, initiates=True)
PAGED = ChannelSpec(
    "sms", "topic", streams=False, max_chars=160, markdown=False, initiates=True, paginate=two_words
)
WEB = ChannelSpec("web", "socket", streams=True, max_chars=100_000, markdown=True, initiates=False)


@dataclass
class Office:
    """Everything around one conversation; `pages` are the listeners, by socket."""

    model: FakeModel = field(default_factory=FakeModel)
    skills: Sequence[SkillSpec] = ()
    limits: Limits = field(default_factory=Limits)
    sms: ChannelSpec = SMS
    clock: ManualClock = field(default_factory=ManualClock)
    conversations: FakeConversations = field(default_factory=FakeConversations)
    signals: FakeSignals = field(default_factory=FakeSignals)
    replies: FakeReplies = field(default_factory=FakeReplies)
    pages: dict[str, FakeListener] = field(default_factory=dict)
    _tokens: "count[int]" = field(default_factory=count)

    @property
    def box(self) -> Box:
        return self.conversations.box(CONVERSATION)

    @property
    def mind(self) -> Mind:
        return Mind(self.model, Tools(self.skills), BOOK, self.clock, self.limits)

    @property
    def desk(self) -> Desk:
        return Desk(
            conversations=self.conversations,
            signals=self.signals,
            replies=self.replies,
            channels={"sms": self.sms, "web": WEB},
            listen=self.listen,
            mind=self.mind,
            new_token=lambda: f"worker-{next(self._tokens)}",
        )

    def listen(self, turn: Turn) -> Listener:
        return self.page(turn.stream) if turn.stream else Silence()

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
