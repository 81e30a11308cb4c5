"""What core asks of the world around it; adapters answer, tests have fakes."""

from typing import Protocol

from switchboard.core.messages.message import Reply
from switchboard.core.people.address import ConversationId


class Clock(Protocol):
    """Wall time for records, monotonic time for pacing."""

    def now_ms(self) -> int: ...
    def monotonic(self) -> float: ...


class Signals(Protocol):
    """The turns topic: "something waits for this conversation"."""

    def signal(self, conversation: ConversationId) -> None: ...


class Replies(Protocol):
    """The replies topic; each channel's delivery queue listens to its own."""

    def publish(self, reply: Reply) -> None: ...
