"""Telling somebody something by ourselves: it takes its place in their conversation, once."""

from dataclasses import dataclass

from switchboard.core.conversation.store import Mailbox
from switchboard.core.messages.message import Inbound, Origin
from switchboard.core.messages.ports import Signals
from switchboard.core.people.address import Address, PersonId, private_conversation


@dataclass(frozen=True, slots=True)
class Notifier:
    """Where news goes in."""

    mailbox: Mailbox
    signals: Signals

    def tell(
        self,
        text: str,
        *,
        person: PersonId,
        address: Address,
        key: str,
        at_ms: int,
        origin: Origin = Origin.NEWS,
        quoted: str = "",
    ) -> None:
        """Tell somebody what became of a thing they asked for, or a PUSH; under one `key` it is said once.

        `quoted` names where words in it came from that are neither theirs nor ours.

        Consent, spend, order and delivery are those of every reply. A page hears it on every open socket.
        """
        news = Inbound(
            address=address,
            message_id=f"news-{key}",
            text=text,
            at_ms=at_ms,
            person=person,
            origin=origin,
            quoted=quoted,
        )
        conversation = private_conversation(person)
        kept = self.mailbox.keep(conversation, news)
        self.signals.signal(kept.conversation)
