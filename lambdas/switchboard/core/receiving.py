"""Bringing a message in: it is durable before anybody acknowledges it."""

from dataclasses import replace

from switchboard.core.conversations import Kept, Mailbox
from switchboard.core.messages import Inbound
from switchboard.core.people import People, private_conversation
from switchboard.core.ports import Signals


def receive(message: Inbound, *, people: People, mailbox: Mailbox, signals: Signals) -> Kept:
    """Keep what a person said in their private conversation and signal that it waits.

    A repeated delivery finds its claim and only repeats the signal.
    """
    person = people.behind(message.address)
    conversation = private_conversation(person)
    kept = mailbox.keep(conversation, replace(message, person=person))
    signals.signal(conversation)
    return kept
