"""Bringing a message in: it is durable before anybody acknowledges it."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from switchboard.core.channels.policy import Policy
from switchboard.core.conversation.store import Mailbox, RateLimited, StoredMessage
from switchboard.core.messages.keywords import keyword
from switchboard.core.messages.message import Inbound, Reply
from switchboard.core.messages.ports import Replies, Signals
from switchboard.core.people.address import Address, ConversationId, People, private_conversation
from switchboard.core.spend.notices import TOLD_ONCE_IN_MS


@dataclass(frozen=True, slots=True)
class InboundDeps:
    """Where a channel's messages go; `policy` is the channel's own.

    `may_tell` answers whether an address may be told now (Unix milliseconds) that it writes too fast.
    """

    policy: Policy
    people: People
    mailbox: Mailbox
    signals: Signals
    replies: Replies
    may_tell: Callable[[Address, int], bool]


def receive(message: Inbound, at: InboundDeps) -> StoredMessage | None:
    """Keep what a person said in their private conversation and signal that it waits.

    A repeated delivery finds its claim and only repeats the signal. Somebody who writes too fast is
    told so, once in ten minutes, and the message is not kept: None.
    """
    person = at.people.behind(message.address)
    conversation = private_conversation(person)
    said = keyword(message.text) if at.policy.consents else None
    try:
        kept = at.mailbox.keep(conversation, replace(message, person=person, keyword=said))
    except RateLimited as error:
        if at.may_tell(message.address, message.at_ms):
            at.replies.publish(_told(conversation, message, str(error)))
        return None
    at.signals.signal(kept.conversation)
    return kept


def _told(conversation: ConversationId, message: Inbound, text: str) -> Reply:
    """Its turn is the span of time, so that delivery sends it once in that span."""
    span = message.at_ms // TOLD_ONCE_IN_MS
    return Reply(conversation, f"toofast-{span}", message.address, text, asked_ms=message.at_ms)
