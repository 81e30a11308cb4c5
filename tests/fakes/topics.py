"""The two topics, as lists."""

from dataclasses import dataclass, field

from switchboard.core.messages.message import Reply
from switchboard.core.people.address import ConversationId


@dataclass
class FakeSignals:
    sent: list[ConversationId] = field(default_factory=list)

    def signal(self, conversation: ConversationId) -> None:
        self.sent.append(conversation)


@dataclass
class FakeReplies:
    published: list[Reply] = field(default_factory=list)

    def publish(self, reply: Reply) -> None:
        self.published.append(reply)
